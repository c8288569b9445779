import SuretyCore

/// Looks for what all rows that break a rule have in common and few others have: the narrowest slice that explains it.
struct CommonValue {
    private let terms: Terms
    /// The columns that may have a value in common, those of documents, measures and keys left out, and private ones.
    private let columns: [String]

    /// The most columns that are compared.
    private static let mostColumns = 24
    /// How many rows in scope tell whether others have the value too.
    private static let sample = 10_000
    /// The longest value that a person reads.
    private static let longest = 60

    init(_ terms: Terms) {
        self.terms = terms
        let key = (terms.asset.key + terms.table.primaryKey).exactly
        let columns = terms.table.columns.filter { column in
            guard !terms.asset.isPrivate(column.name) else { return false }
            switch ColumnKind(column, terms.dialect) {
            case .text, .integer, .boolean, .date, .other, .untyped:
                return key.count != 1 || !key.contains(ExactText(column.name))
            case .numeric, .real, .double, .timestamp, .timestamptz, .time, .length, .uuid, .opaque:
                return false
            }
        }
        self.columns = Array(columns.map(\.name).prefix(Self.mostColumns))
    }

    /// What is read of a row that breaks a rule, to compare it with the others.
    var values: [Fragment] { columns.map(text(of:)) }

    /// The column and its value that all of these rows have and the fewest others; nil where there is none, or all others
    /// have it too. One row has everything in common with itself, which tells nothing.
    func narrowest(
        of rows: [ArraySlice<String?>], in scope: Fragment?, on asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) -> (column: String, value: String)? {
        guard let first = rows.first, rows.count > 1 else { return nil }
        let common = zip(columns, first.enumerated()).compactMap { column, cell in
            let isCommon = rows.allSatisfy { $0[$0.startIndex + cell.offset] == cell.element }
            return isCommon ? cell.element.map { (column: column, value: $0) } : nil
        }.filter { $0.value.count <= Self.longest }
        guard !common.isEmpty else { return nil }
        let list: Fragment = .joined(common.map { "\(identifier: $0.column)" }, by: ", ")
        let counts: Fragment = .joined(
            common.map { "count(*) FILTER (WHERE \(text(of: $0.column)) = \(.text($0.value)))" }, by: ", ")
        let query: Fragment = """
            SELECT count(*), \(counts)
            FROM (SELECT \(list) FROM \(table: terms.table.name)
              WHERE \(.all([scope])) LIMIT \(unchecked: String(Self.sample))) AS few
            """
        guard case .success(let found) = try asking.reply(to: query).outcome,
            let numbers = found.first?.map({ $0.flatMap { Int64($0) } ?? .max }), let all = numbers.first
        else { return nil }
        let narrow = zip(common, numbers.dropFirst()).filter { $0.1 < all }
        return narrow.min { $0.1 < $1.1 }?.0
    }

    /// A column's values as texts that are equal only where they are the same.
    private func text(of column: String) -> Fragment {
        terms.dialect == .postgres
            ? "CAST(\(identifier: column) AS text) COLLATE \"C\""
            : "CAST(\(identifier: column) AS text) COLLATE BINARY"
    }

    /// `all 41 rows have source_file = 'x.csv'`.
    func words(_ found: (column: String, value: String), count: Int64) -> String {
        let isText = terms.table.column(found.column).map { ColumnKind($0, terms.dialect) } == .text
        let value = isText ? "'\(found.value.replacing("'", with: "''"))'" : found.value
        return "all \(count) rows have \(found.column) = \(value)"
    }
}

/// The rows that break a rule, each of which tells so by itself, without a look at others.
struct BrokenRows {
    /// The condition of the rows that are looked at; nil: all of the table.
    let scope: Fragment?
    /// The condition of those among them that break the rule.
    let condition: Fragment
}
