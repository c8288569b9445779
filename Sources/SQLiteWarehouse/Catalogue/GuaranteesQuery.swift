import Engine
import SuretyCore

/// What SQLite makes sure of about the rows of a table: NOT NULL and unique keys, nothing else.
///
/// Foreign keys hold only on connections that ask for them, types hardly at all, and CHECK can be switched off.
struct GuaranteesQuery {
    let connection: WarehouseConnection
    let table: AssetName

    /// The guarantees of a table whose columns SQLite lists so.
    func guarantees(_ columns: [[String?]]) throws(PortFailure) -> Guarantees {
        let schema = quoted(table.schema)
        let written = try connection.rows(
            "SELECT lower(sql) FROM \(schema).sqlite_schema WHERE type = 'table' AND name = ?1",
            [.text(table.table)])
        // A virtual table's module does as it likes.
        guard let sql = written.first?.first.flatMap(\.self), !sql.hasPrefix("create virtual") else {
            return Guarantees()
        }
        let indices = try connection.rows("PRAGMA \(schema).index_list(\(quoted(table.table)))")
        var guarantees = Guarantees()
        guarantees.notNull = columns.filter { $0[3] != "0" }.map { Guarantees.NotNull(column: $0[1] ?? "") }
        if let rowid = rowidAlias(columns), !indices.contains(where: { $0[3] == "pk" }) {
            guarantees.notNull.append(Guarantees.NotNull(column: rowid))
            guarantees.keys.append(Guarantees.Key(columns: [rowid], kind: .primary, name: nil))
        }
        // Where collations are declared, values that differ to an index may be one to a query.
        guard !sql.contains("collate") else { return guarantees }
        for index in indices where index[2] == "1" && index[4] == "0" {
            if let key = try key(index) { guarantees.keys.append(key) }
        }
        return guarantees
    }

    /// A unique index of all rows by the bytes of plain columns; nil if it is another.
    private func key(_ index: [String?]) throws(PortFailure) -> Guarantees.Key? {
        let name = index[1] ?? ""
        let parts = try connection.rows("PRAGMA \(quoted(table.schema)).index_xinfo(\(quoted(name)))")
            .filter { $0[5] == "1" }
        let columns = parts.compactMap { $0[2] }
        guard columns.count == parts.count, parts.allSatisfy({ $0[4]?.lowercased() == "binary" }) else {
            return nil
        }
        return switch index[3] {
        case "pk": Guarantees.Key(columns: columns, kind: .primary, name: nil)
        case "u": Guarantees.Key(columns: columns, kind: .unique, name: nil)
        default: Guarantees.Key(columns: columns, kind: .index, name: name)
        }
    }
}

/// The column that is another name for the row's own number.
func rowidAlias(_ columns: [[String?]]) -> String? {
    let keys = columns.filter { $0[5] != "0" }
    guard keys.count == 1, keys[0][2]?.uppercased() == "INTEGER" else { return nil }
    return keys[0][1]
}
