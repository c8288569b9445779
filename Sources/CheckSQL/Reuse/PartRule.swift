import SuretyCore

/// How the rows of a table fall into parts: by the calendar day of its interval column, in the asset's zone.
struct PartRule {
    let terms: Terms
    let column: CheckedColumn
    /// What rows are grouped by.
    private let day: Fragment

    /// Nil where there is no interval, or its column holds no time.
    init?(_ terms: Terms) {
        guard terms.dialect == .postgres, let rule = terms.asset.interval,
            let column = try? terms.column(rule.column), let day = IntervalDay.sql(rule, in: terms.table)
        else { return nil }
        self.terms = terms
        self.column = column
        self.day = "\(unchecked: day)"
    }

    /// The rule in words that are the same only for the same rule.
    var name: String { "\(column.name) \(column.type) \(terms.zone.identifier)" }

    private var value: Fragment { "\(identifier: column.name)" }

    /// The rows of days, and few others.
    private func rows(of days: ClosedRange<Int>) -> Fragment {
        // The server may know other rules of the zone: a day more on each side, of which those rows are not counted.
        let slack = column.kind == .date ? 0 : 1
        let low: Fragment = "\(value) >= \(bound(days.lowerBound - slack))"
        guard days.upperBound < PartRule.lastDay else { return low }
        return "(\(low) AND \(value) < \(bound(days.upperBound + 1 + slack)))"
    }

    private func bound(_ day: Int) -> Fragment {
        let date = "DATE '1970-01-01' + \(day)"
        return switch column.kind {
        case .date: "(\(unchecked: date))"
        case .timestamptz: "((\(unchecked: date))::timestamp AT TIME ZONE \(.text(terms.zone.identifier)))"
        default: "(\(unchecked: date))::timestamp"
        }
    }

    /// The day that stands for `infinity`, as `infinity` is later than every other.
    static let lastDay = Int(Int32.max)

    /// Each part's day, rows and values; of all days, or of ranges of them.
    func query(_ columns: [Fragment], days: [ClosedRange<Int>]?) -> Fragment {
        let values: Fragment = columns.isEmpty ? "" : ",\n  \(.joined(columns, by: ",\n  "))"
        let few: Fragment = days.map { "\nWHERE \(.joined($0.map(rows), by: "\n  OR "))" } ?? ""
        return """
            SELECT CASE \(day) WHEN 'infinity' THEN \(unchecked: String(Self.lastDay))
              WHEN '-infinity' THEN \(unchecked: String(-Self.lastDay)) ELSE \(day) - DATE '1970-01-01' END,
              count(*)\(values)
            FROM \(table: terms.table.name)\(few)
            GROUP BY \(day)
            """
    }

    /// Reads the parts of an answer, without those outside the days that were asked for.
    func parts(_ answer: Answer, days: [ClosedRange<Int>]?) throws(Misfit) -> [KeptParts.Part] {
        var parts: [KeptParts.Part] = []
        for row in answer {
            guard let rows = row[1].flatMap({ Int64($0) }) else {
                throw Misfit("a part without a count", nil)
            }
            let day = row[0].flatMap { Int($0) }
            if let days {
                guard let day, days.contains(where: { $0.contains(day) }) else { continue }
            }
            parts.append(KeptParts.Part(day: day, rows: rows, values: Array(row.dropFirst(2))))
        }
        return parts
    }
}
