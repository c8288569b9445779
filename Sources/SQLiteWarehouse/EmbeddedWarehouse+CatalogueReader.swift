public import Engine
import Foundation
import GRDBSQLite
public import SuretyCore

extension EmbeddedWarehouse: CatalogueReader {
    /// A table or view; nil if there is none.
    public func table(_ name: AssetName) async throws(PortFailure) -> TableInfo? {
        try await onConnection { connection, _ throws(PortFailure) in
            try CatalogueQuery(connection).table(name)
        }
    }

    /// All tables and views of users' schemas, by name.
    public func tables() async throws(PortFailure) -> [TableInfo] {
        try await onConnection { connection, _ throws(PortFailure) in try CatalogueQuery(connection).tables()
        }
    }

    /// SQLite's version, the clock, and the sources whose tables are missing.
    public func examine(_ assets: [Asset]) async throws(PortFailure) -> WarehouseReport {
        let clockOffset = self.clockOffset
        return try await onConnection { connection, _ throws(PortFailure) in
            var warnings: [String] = []
            for asset in assets where asset.build == nil {
                guard try CatalogueQuery(connection).table(asset.name) == nil else { continue }
                warnings.append("There is no table \(asset.name); whoever loads this source must make it.")
            }
            let now = Int64((Date().timeIntervalSince1970 * 1000).rounded())
            return WarehouseReport(
                product: "SQLite \(String(cString: sqlite3_libversion())) (embedded warehouse)", role: "",
                clock: Instant(milliseconds: now + clockOffset), warnings: warnings, missingGrants: [])
        }
    }
}
