import SuretyCore

/// Intervals of a table, numbered from the oldest, and how SQL tells which of them a row lies in.
struct IntervalSlots {
    let terms: Terms
    /// The interval column.
    let column: CheckedColumn
    /// In order, one at least.
    let intervals: [DataInterval]

    /// The condition that a row lies in or between them.
    func window() throws(Misfit) -> Fragment? {
        try terms.within(intervals.first?.start, intervals.last?.end, of: column)
    }

    /// The number of the interval that a row of the window lies in; NULL between two.
    func number() throws(Misfit) -> Fragment {
        // No row of the window lies after the last of them.
        try place(intervals.indices.dropLast()) { index throws(Misfit) in
            let interval = intervals[index]
            guard index > 0, intervals[index - 1].end != interval.start else {
                return "\(unchecked: String(index))"
            }
            let begun = try terms.compare(column, .atLeast, instant: interval.start)
            return "CASE WHEN \(begun) THEN \(unchecked: String(index)) END"
        }
    }

    /// Asks for the number of the first interval that ends after the table's first row; how many there are if none does.
    func firstQuery() throws(Misfit) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let isFinite = terms.dialect == .postgres && column.kind.isTemporal
        let present: Fragment = .all(["\(name) IS NOT NULL", isFinite ? "isfinite(\(name))" : nil])
        let number = try place(intervals.indices) { index throws(Misfit) in "\(unchecked: String(index))" }
        // Told outside: PostgreSQL would tell it of every row before it sorts.
        return """
            SELECT \(number)
            FROM (SELECT \(name) FROM \(table: terms.table.name) WHERE \(present) ORDER BY \(name) LIMIT 1) AS s
            """
    }

    /// What `firstQuery` answered.
    func first(_ answer: Answer) throws(Misfit) -> Int {
        guard let row = answer.first else { return intervals.count }
        guard let number = row.first.flatMap(\.self).flatMap({ Int($0) }), number >= 0 else {
            throw Misfit("the warehouse did not say where \(terms.table.name) begins", "22P02")
        }
        return number
    }

    /// Halves the intervals until one is left, so that a row is compared as seldom as can be.
    private func place(
        _ range: Range<Int>, _ leaf: (Int) throws(Misfit) -> Fragment
    ) throws(Misfit) -> Fragment {
        guard !range.isEmpty else { return try leaf(range.lowerBound) }
        let middle = (range.lowerBound + range.upperBound) / 2
        let isBefore = try terms.compare(column, .less, instant: intervals[middle].end)
        let before = try place(range.lowerBound..<middle, leaf)
        let after = try place(middle + 1..<range.upperBound, leaf)
        return "CASE WHEN \(isBefore) THEN \(before) ELSE \(after) END"
    }
}
