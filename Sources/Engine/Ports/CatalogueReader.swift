public import SuretyCore

/// Reads what tables there are.
public protocol CatalogueReader: Sendable {
    /// A table or view; nil if there is none.
    func table(_ name: AssetName) async throws(PortFailure) -> TableInfo?
    /// All tables and views outside the system's and Surety's own schemas.
    func tables() async throws(PortFailure) -> [TableInfo]
    /// What the warehouse is and whether this role may do what the assets need, for `doctor`.
    func examine(_ assets: [Asset]) async throws(PortFailure) -> WarehouseReport
    /// What whoever asks checks should know about the role that they are asked as; nil when there is nothing.
    func warningOfChecks() async throws(PortFailure) -> String?
}

extension CatalogueReader {
    /// There are no roles, so there is nothing to warn of.
    public func warningOfChecks() async throws(PortFailure) -> String? { nil }
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
    /// Statements that make a role which may only ask checks, in order; told when the connected one is a superuser.
    public var checkRole: [String]

    /// A report.
    public init(
        product: String, role: String, clock: Instant, warnings: [String], missingGrants: [String],
        checkRole: [String] = []
    ) {
        self.product = product
        self.role = role
        self.clock = clock
        self.warnings = warnings
        self.missingGrants = missingGrants
        self.checkRole = checkRole
    }
}

/// A whole warehouse.
public typealias Warehouse = Steps & Questions & CertificateBook & CatalogueReader
