import Engine
import SuretyCore

/// Reads tables and views from SQLite's catalogue.
struct CatalogueQuery {
    let connection: WarehouseConnection

    init(_ connection: WarehouseConnection) { self.connection = connection }

    /// A table or view; nil if there is none, or no file of its schema.
    func table(_ name: AssetName) throws(PortFailure) -> TableInfo? {
        guard try schemas().hasExactly(name.schema) else { return nil }
        let rows = try connection.rows(
            "SELECT type FROM \(quoted(name.schema)).sqlite_schema WHERE name = ?1 AND type IN ('table', 'view')",
            [.text(name.table)])
        guard let kind = rows.first?.first else { return nil }
        return try info(name, isView: kind == "view")
    }

    /// All tables and views of users' schemas, by name.
    func tables() throws(PortFailure) -> [TableInfo] {
        var tables: [TableInfo] = []
        for schema in try schemas().sorted() where !WarehouseFiles.own.contains(schema) {
            let rows = try connection.rows(
                """
                SELECT name, type FROM \(quoted(schema)).sqlite_schema
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
                """)
            for row in rows {
                guard let name = row[0] else { continue }
                tables.append(try info(AssetName(schema: schema, table: name), isView: row[1] == "view"))
            }
        }
        return tables
    }

    /// Columns that the table fills by itself when they are left out.
    func selfFilled(_ table: TableInfo) throws(PortFailure) -> Set<ExactText> {
        let rows = try columns(of: table.name)
        var names = rows.filter { $0[4] != nil || $0[6] != "0" }.compactMap { $0[1] }.exactly
        if let alias = rowidAlias(rows) { names.insert(ExactText(alias)) }
        return names
    }

    private func schemas() throws(PortFailure) -> [String] {
        try connection.rows("PRAGMA database_list").compactMap { $0[1] }
            .filter { $0 != "main" && $0 != "temp" }
    }

    private func columns(of name: AssetName) throws(PortFailure) -> [[String?]] {
        try connection.rows("PRAGMA \(quoted(name.schema)).table_xinfo(\(quoted(name.table)))")
    }

    private func info(_ name: AssetName, isView: Bool) throws(PortFailure) -> TableInfo {
        let rows = try columns(of: name)
        let alias = rowidAlias(rows)
        let keys = rows.compactMap { row in row[5].flatMap { Int($0) }.map { ($0, row[1] ?? "") } }
            .filter { $0.0 > 0 }.sorted { $0.0 < $1.0 }.map(\.1)
        return TableInfo(
            name: name,
            columns: rows.filter { $0[6] != "1" }.map { row in
                // SQLite lets NULL into a primary key, unless that is the row's own number.
                ColumnInfo(
                    name: row[1] ?? "", type: (row[2] ?? "").lowercased(),
                    nullable: row[3] == "0" && (alias == nil || row[5] == "0"), filling: row[4] ?? "")
            }, primaryKey: keys, isView: isView,
            guarantees: isView
                ? Guarantees() : try GuaranteesQuery(connection: connection, table: name).guarantees(rows))
    }
}
