public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: CatalogueReader {
    /// A table or view; nil if there is none.
    public func table(_ name: AssetName) async throws(PortFailure) -> TableInfo? {
        try await atDesk { session throws(PortFailure) in try TableQuery(session).table(name) }
    }

    /// All tables and views outside the system's and Surety's own schemas.
    public func tables() async throws(PortFailure) -> [TableInfo] {
        try await atDesk { session throws(PortFailure) in try TableQuery(session).tables() }
    }

    /// What the warehouse is and whether this role may do what the assets need.
    public func examine(_ assets: [Asset]) async throws(PortFailure) -> WarehouseReport {
        try await atDesk { session throws(PortFailure) in
            try Examination(session: session).report(on: assets)
        }
    }

    /// That checks are asked as a superuser, if they are.
    public func warningOfChecks() async throws(PortFailure) -> String? {
        try await atDesk { session throws(PortFailure) in
            try Examination(session: session).warningOfChecks()
        }
    }
}
