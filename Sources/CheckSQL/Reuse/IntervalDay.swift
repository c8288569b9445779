public import SuretyCore

/// The calendar day that a row belongs to by its interval column, in the zone of the intervals, on PostgreSQL.
///
/// What is kept of days and what a guard notes of them is about the same days only because both ask here.
public enum IntervalDay {
    /// The day in SQL; nil where the column is missing or holds no time.
    public static func sql(_ rule: IntervalRule, in table: TableInfo) -> String? {
        guard let column = table.column(rule.column) else { return nil }
        let name = column.name.quoted
        return switch ColumnKind(column, .postgres) {
        case .date: name
        case .timestamp: "\(name)::date"
        case .timestamptz:
            "(\(name) AT TIME ZONE '\(rule.cadence.zone.identifier.replacing("'", with: "''"))')::date"
        case .integer, .numeric, .real, .double, .text, .boolean, .time, .length, .uuid, .other, .opaque,
            .untyped:
            nil
        }
    }
}
