import Engine
import SuretyCore

/// Counts and fingerprints the rows of slices.
struct ContentReader {
    let connection: WarehouseConnection

    init(_ connection: WarehouseConnection) { self.connection = connection }

    /// What the rows of a slice are.
    func content(of asset: Asset, slice: Slice, in table: TableInfo) throws(PortFailure) -> ContentMark {
        var condition = "1"
        if let rule = asset.interval, slice.interval != nil {
            guard let column = table.column(rule.column) else {
                throw PortFailure(
                    .refused, "\(table.name) has no column \(rule.column), its interval column",
                    sqlState: "42703")
            }
            condition = SliceCondition(rule, type: column.type).sql(slice)
        }
        let row = try connection.rows(
            """
            SELECT count(*), surety_fingerprint(\(arguments(table)))
            FROM \(table.name.quoted) WHERE \(condition)
            """
        ).first
        return ContentMark(rows: row?[0].flatMap { Int64($0) } ?? 0, fingerprint: (row?[1] ?? nil) ?? "")
    }

    /// The columns by name, so that their order does not count; SQLite hands a function only so many.
    private func arguments(_ table: TableInfo) -> String {
        let names = table.columns.map { quoted($0.name) }.sorted()
        guard names.count > 100 else { return names.joined(separator: ", ") }
        let rest = names[100...].map { "quote(\($0))" }.joined(separator: " || ',' || ")
        return names[..<100].joined(separator: ", ") + ", " + rest
    }
}
