import SuretyCore

extension ValueExpression {
    /// How the least or the greatest value of the whole follows from those of parts; nil where it does not, and where it is
    /// one row's value that is not to be kept.
    func mergeOfExtreme(_ sql: Fragment) -> Merge? {
        guard !isPrivate else { return nil }
        let order: Merge.Order
        switch column.kind {
        case .integer, .numeric, .date, .timestamp, .timestamptz: order = .number
        case .real, .double: order = .double
        case .text: order = .bytes
        case .boolean, .time, .length, .uuid, .other, .opaque, .untyped: return nil
        }
        return Merge([Merge.Column(sql, function == .min ? .least(order) : .greatest(order))])
    }

    /// Whether a value is not to be kept; what is measured of a day with one row is one.
    var isPrivate: Bool { terms.asset.privateColumns.hasExactly(column.name) }

    /// How a sum, a mean or a deviation follows from those of parts: of exact numbers only, because sums of floating-point
    /// numbers depend on the order in which they are added.
    func mergeOfMoments(rows: Fragment?) -> Merge? {
        guard !isPrivate else { return nil }
        switch column.kind {
        case .integer, .numeric: break
        case .real, .double, .text, .boolean, .date, .timestamp, .timestamptz, .time, .length, .uuid, .other,
            .opaque, .untyped:
            return nil
        }
        let filter: Fragment = rows.map { " FILTER (WHERE \($0))" } ?? ""
        let name: Fragment = "\(identifier: column.name)"
        // The server prints means and deviations without regard to a declared scale.
        let kind = ColumnKind.numeric(scale: nil)
        let sum = Merge.Column("sum(\(name))\(filter)", .added)
        let count = Merge.Column("count(\(name))\(filter)", .added)
        switch function {
        case .sum: return Merge([sum])
        case .avg: return Merge([count, sum], .moments(.avg, kind))
        case .stddev:
            let squares = Merge.Column("sum(\(name)::numeric * \(name))\(filter)", .added)
            return Merge([count, sum, squares], .moments(.stddev, kind))
        case .min, .max, .percentile: return nil
        }
    }

    /// The least or the greatest point in time as a whole number that grows with time, beyond all others where it is
    /// infinite; nil for other kinds of values.
    func moment(_ filter: Fragment?) -> Fragment? {
        let rows: Fragment = filter.map { " FILTER (WHERE \($0))" } ?? ""
        let extreme: Fragment = "\(unchecked: function.name)(\(identifier: column.name))\(rows)"
        let number: Fragment
        switch column.kind {
        case .date: number = "(\(extreme) - DATE '1970-01-01')::bigint"
        case .timestamp, .timestamptz: number = "(extract(epoch FROM \(extreme)) * 1000000)::bigint"
        case .integer, .numeric, .real, .double, .text, .boolean, .time, .length, .uuid, .other, .opaque,
            .untyped:
            return nil
        }
        return """
            CASE \(extreme) WHEN 'infinity' THEN \(unchecked: String(Int64.max))
              WHEN '-infinity' THEN \(unchecked: String(-Int64.max)) ELSE \(number) END
            """
    }

    /// The last moment that does not count as the future, in the form of `moment`.
    var latestMoment: Int64? {
        let latest = terms.latest
        switch column.kind {
        case .date: return Int64(terms.zone.civil(of: latest).date.dayNumber)
        case .timestamptz: return latest.milliseconds * 1000
        case .timestamp:
            // The same walls as the comparison of rows knows.
            let walls = terms.zone.walls(meaning: latest)
            return walls.last.map { $0 * 1000 } ?? walls.first * 1000 - 1
        case .integer, .numeric, .real, .double, .text, .boolean, .time, .length, .uuid, .other, .opaque,
            .untyped:
            return nil
        }
    }
}
