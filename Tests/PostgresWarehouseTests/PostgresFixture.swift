import Engine
import PostgresClient
import PostgresWarehouse
import SuretyTestKit

/// A prepared warehouse in a database of its own, and ways into it beside the ports.
struct PostgresFixture: WarehouseFixture {
    let settings: PostgresSettings
    let address: String
    let pool: PostgresPool
    let warehouse: any Warehouse
    private let beside: PostgresPool

    init() async throws {
        address = try await PostgresCluster.shared().freshAddress()
        settings = try PostgresSettings(address)
        pool = PostgresPool(settings, limit: 4)
        beside = PostgresPool(settings, limit: 4)
        warehouse = PostgresWarehouse(pool: pool)
        try await warehouse.prepare(clockOffset: 0)
    }

    func schema(_ name: String) async throws {
        try await run("CREATE SCHEMA \(PostgresStatement.quoted(identifier: name))")
    }

    func run(_ sql: String) async throws {
        _ = try await beside.perform { session in try session.script(unchecked: sql) }
    }

    func rows(_ sql: String) async throws -> [[String?]] {
        try await beside.perform { session in try session.query("\(unchecked: sql)").texts }
    }

    /// Makes a role of this database and returns a warehouse that connects as it.
    func role(_ rights: String...) async throws -> (name: String, warehouse: PostgresWarehouse) {
        let database = try await rows("SELECT current_database()")[0][0] ?? ""
        let name = "role_\(database)_\(rights.count)"
        try await run("CREATE ROLE \(name) LOGIN")
        for right in rights {
            try await run(
                "GRANT \(right.replacing("DATABASE", with: "CREATE ON DATABASE \(database)")) TO \(name)")
        }
        let settings = try PostgresSettings(address.replacing("user=postgres", with: "user=\(name)"))
        return (name, PostgresWarehouse(pool: PostgresPool(settings, limit: 2)))
    }
}
