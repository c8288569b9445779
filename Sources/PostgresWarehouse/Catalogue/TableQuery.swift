import Engine
import PostgresClient
import SuretyCore

/// Reads tables and views from the catalogue.
struct TableQuery {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// A table or view as checks need it; nil if there is none.
    func table(_ name: AssetName) throws(PortFailure) -> TableInfo? {
        try table(name, Self.columns(GuaranteesQuery.sql))
    }

    /// A table or view without what its constraints make sure of, which takes PostgreSQL longer to tell.
    func outline(_ name: AssetName) throws(PortFailure) -> TableInfo? {
        try table(name, Self.columns("NULL"))
    }

    private func table(_ name: AssetName, _ columns: String) throws(PortFailure) -> TableInfo? {
        let rows = try session.rows(
            """
            \(unchecked: columns)
            WHERE n.nspname = \(name.schema) AND c.relname = \(name.table)
                AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            ORDER BY a.attnum
            """)
        return try Self.tables(rows).first
    }

    /// All tables and views outside the system's and Surety's own schemas, by name.
    func tables() throws(PortFailure) -> [TableInfo] {
        try Self.tables(
            session.rows(
                """
                \(unchecked: Self.columns(GuaranteesQuery.sql))
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
                    AND n.nspname NOT IN ('information_schema', 'surety', 'certified')
                    AND n.nspname NOT LIKE 'pg\\_%'
                ORDER BY n.nspname, c.relname, a.attnum
                """))
    }

    /// Columns by table; `guarantees` is told once for each.
    private static func columns(_ guarantees: String) -> String {
        """
        SELECT n.nspname, c.relname, c.relkind IN ('v', 'm'), a.attname,
            format_type(a.atttypid, a.atttypmod),
            CASE WHEN t.typtype = 'd' THEN (
                WITH RECURSIVE below AS (
                    SELECT t.typbasetype AS base, t.typtypmod AS modifier, 1 AS depth
                    UNION ALL
                    SELECT d.typbasetype, d.typtypmod, depth + 1
                    FROM below JOIN pg_type d ON d.oid = below.base WHERE d.typtype = 'd')
                SELECT format_type(base, modifier) FROM below ORDER BY depth DESC LIMIT 1) END,
            NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)),
            array_position(k.conkey, a.attnum),
            CASE WHEN row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum) = 1 THEN \(guarantees) END
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
        """
    }

    private static func tables(_ rows: [[String?]]) throws(PortFailure) -> [TableInfo] {
        var tables: [TableInfo] = []
        var rest = rows[...]
        while let first = rest.first {
            let group = rest.prefix { $0[0] == first[0] && $0[1] == first[1] }
            rest = rest.dropFirst(group.count)
            let columns = group.compactMap { row -> ColumnInfo? in
                guard let name = row[3], let type = row[4] else { return nil }
                return ColumnInfo(name: name, type: type, baseType: row[5], nullable: row[6] == "t")
            }
            let key = group.compactMap { row in
                row[7].flatMap { Int($0) }.flatMap { place in row[3].map { (place, $0) } }
            }
            tables.append(
                TableInfo(
                    name: AssetName(schema: first[0] ?? "", table: first[1] ?? ""), columns: columns,
                    primaryKey: key.sorted { $0.0 < $1.0 }.map(\.1), isView: first[2] == "t",
                    guarantees: try guarantees(first[8])))
        }
        return tables
    }

    private static func guarantees(_ text: String?) throws(PortFailure) -> Guarantees {
        guard let text else { return Guarantees() }
        do { return try GuaranteesQuery.guarantees(text) } catch {
            throw PortFailure(.refused, "the catalogue gave constraints that cannot be read: \(error)")
        }
    }
}
