public import SuretyCore

/// Reads what tables there are.
public protocol CatalogueReader: Sendable {
    /// A table or view; nil if there is none.
    func table(_ name: AssetName) async throws(PortFailure) -> TableInfo?
    /// All tables and views outside the system's and Surety's own schemas.
    func tables() async throws(PortFailure) -> [TableInfo]
    /// What the warehouse is and whether this role may do what the assets need, for `doctor`.
    func examine(_ assets: [Asset]) async throws(PortFailure) -> WarehouseReport
}

/// What `doctor` says about a warehouse.
public struct WarehouseReport: Hashable, Sendable {
    /// The product and its version.
    public var product: String
    /// The role that is connected, empty where there are none.
    public var role: String
    /// Milliseconds by which the warehouse's clock is ahead of the instant handed in when connecting.
    public var clock: Instant
    /// Things a person should know, each with what to do.
    public var warnings: [String]
    /// Statements that give the rights that are missing, in order.
    public var missingGrants: [String]

    /// A report.
    public init(
        product: String, role: String, clock: Instant, warnings: [String], missingGrants: [String]
    ) {
        self.product = product
        self.role = role
        self.clock = clock
        self.warnings = warnings
        self.missingGrants = missingGrants
    }
}

/// A whole warehouse.
public typealias Warehouse = Steps & Questions & CertificateBook & CatalogueReader
