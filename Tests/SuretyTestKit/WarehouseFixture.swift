public import Engine

/// An empty, prepared warehouse and a way into it beside the ports.
public protocol WarehouseFixture: Sendable {
    /// The warehouse.
    var warehouse: any Warehouse { get }
    /// Makes a schema.
    func schema(_ name: String) async throws
    /// Runs statements, one after another.
    func run(_ sql: String) async throws
    /// The rows of a query, each value as text, NULL being nil.
    func rows(_ sql: String) async throws -> [[String?]]
}
