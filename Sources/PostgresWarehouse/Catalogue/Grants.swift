import Engine
import PostgresClient
import SuretyCore

/// The rights that this role lacks, as the statements that give them.
struct Grants {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// Those that a step, or for a source a question, needs on tables and schemas.
    func missing(for asset: Asset) throws(PortFailure) -> [String] {
        var statements: [String] = []
        for name in [asset.name] + asset.needs.map(\.asset) {
            let made = name == asset.name && makes(asset)
            for statement in try missing(on: name, rights(of: asset, on: name), made: made) {
                if !statements.contains(statement) { statements.append(statement) }
            }
        }
        if Publications.view(of: asset) != nil {
            statements += try missing(onSchema: "certified", ["USAGE", "CREATE"])
        }
        return statements
    }

    /// Those on Surety's own objects, or the one to make them.
    func missingForSurety() throws(PortFailure) -> [String] {
        guard try exists(table: AssetName(schema: "surety", table: "meta")) else {
            var statements: [String] = []
            for schema in ["surety", "certified"] {
                let lacking =
                    try exists(schema: schema)
                    ? missing(onSchema: schema, ["USAGE", "CREATE"]) : missingToMakeSchemas()
                for statement in lacking where !statements.contains(statement) {
                    statements.append(statement)
                }
            }
            return statements
        }
        var statements = try missing(onSchema: "surety", ["USAGE"])
        let tables = try session.rows(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'surety' AND c.relkind = 'r' ORDER BY c.relname
            """)
        for row in tables {
            statements += try missing(
                on: AssetName(schema: "surety", table: row[0] ?? ""),
                ["SELECT", "INSERT", "UPDATE", "DELETE"], made: false)
        }
        return statements
    }

    private func missingToMakeSchemas() throws(PortFailure) -> [String] {
        let row = try session.row(
            "SELECT current_database(), current_user, has_database_privilege(current_database(), 'CREATE')")
        guard let row, row[2] != "t" else { return [] }
        return ["GRANT CREATE ON DATABASE \(quoted(row[0] ?? "")) TO \(quoted(row[1] ?? ""));"]
    }

    /// Whether Surety makes the table or view of an asset where there is none.
    private func makes(_ asset: Asset) -> Bool {
        guard let build = asset.build else { return false }
        return switch build.work {
        case .command, .http, .manual: false
        case .sql, .load, .choose: build.write != .script
        }
    }

    private func rights(of asset: Asset, on name: AssetName) -> [String] {
        let guarding = name == asset.name && asset.guardedByTrigger ? ["TRIGGER"] : []
        return reading(asset, on: name) + guarding
    }

    private func reading(_ asset: Asset, on name: AssetName) -> [String] {
        guard name == asset.name, let build = asset.build else { return ["SELECT"] }
        switch build.work {
        case .command, .http, .manual: return ["SELECT"]
        case .sql, .load, .choose: break
        }
        switch build.write {
        case .replaceInterval, .replaceTable: return ["SELECT", "INSERT", "DELETE"]
        case .append: return ["SELECT", "INSERT"]
        case .merge: return ["SELECT", "INSERT", "UPDATE"]
        case .view, .script: return ["SELECT"]
        }
    }

    private func missing(
        on name: AssetName, _ rights: [String], made: Bool
    ) throws(PortFailure) -> [String] {
        guard try exists(schema: name.schema) else { return try made ? missingToMakeSchemas() : [] }
        let usage = try missing(onSchema: name.schema, ["USAGE"])
        let rows = try session.rows(
            """
            SELECT p, current_user FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                unnest(\(rights)) AS p
            WHERE n.nspname = \(name.schema) AND c.relname = \(name.table) AND NOT has_table_privilege(c.oid, p)
            """)
        let lacking = rights.filter { right in rows.contains { $0[0] == right } }
        guard let role = rows.first?[1], !lacking.isEmpty else {
            guard made, try !exists(table: name) else { return usage }
            return usage + (try missing(onSchema: name.schema, ["CREATE"]))
        }
        return usage + ["GRANT \(lacking.joined(separator: ", ")) ON \(name.quoted) TO \(quoted(role));"]
    }

    private func missing(onSchema schema: String, _ rights: [String]) throws(PortFailure) -> [String] {
        let rows = try session.rows(
            """
            SELECT p, current_user FROM pg_namespace n, unnest(\(rights)) AS p
            WHERE n.nspname = \(schema) AND NOT has_schema_privilege(n.oid, p)
            """)
        let lacking = rights.filter { right in rows.contains { $0[0] == right } }
        guard let role = rows.first?[1], !lacking.isEmpty else { return [] }
        return ["GRANT \(lacking.joined(separator: ", ")) ON SCHEMA \(quoted(schema)) TO \(quoted(role));"]
    }

    private func exists(table name: AssetName) throws(PortFailure) -> Bool {
        try session.row(
            """
            SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = \(name.schema) AND c.relname = \(name.table)
            """) != nil
    }

    private func exists(schema: String) throws(PortFailure) -> Bool {
        try session.row("SELECT 1 FROM pg_namespace WHERE nspname = \(schema)") != nil
    }
}
