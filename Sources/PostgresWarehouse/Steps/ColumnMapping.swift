import Engine
import PostgresClient
import SuretyCore

/// How the columns of a query get into a table: by their names.
struct ColumnMapping {
    /// The columns in SQL, in the order of the query.
    let list: String

    /// Maps; throws where a column is surplus, missing or given twice. Columns that the table fills itself may be left
    /// out.
    init(_ names: [String], into table: TableInfo, session: WarehouseSession) throws(PortFailure) {
        let twice = names.filter { name in names.count { $0.isExactly(name) } > 1 }
        if let name = twice.first {
            throw PortFailure(.refused, "the column \(name) is given twice for \(table.name)")
        }
        let surplus = names.filter { table.column($0) == nil }
        let given = names.exactly
        var missing = table.columns.map(\.name).filter { !given.contains(ExactText($0)) }
        if !missing.isEmpty {
            let filled = try session.rows(
                """
                SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = \(table.name.schema) AND c.relname = \(table.name.table) AND a.attnum > 0
                    AND (a.atthasdef OR a.attidentity <> '')
                """)
            missing.removeAll { name in filled.contains { $0[0]?.isExactly(name) == true } }
        }
        guard surplus.isEmpty, missing.isEmpty else {
            var parts: [String] = []
            if !missing.isEmpty { parts.append("missing \(missing.joined(separator: ", "))") }
            if !surplus.isEmpty { parts.append("surplus \(surplus.joined(separator: ", "))") }
            throw PortFailure(
                .refused, "\(Cause.misfit) \(table.name): \(parts.joined(separator: "; "))",
                hint: "Columns are mapped by name.")
        }
        list = names.map(quoted).joined(separator: ", ")
    }
}
