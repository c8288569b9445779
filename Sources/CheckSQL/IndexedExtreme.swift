import SuretyCore

/// The smallest or largest value of a whole table, asked such that an index on its column answers.
///
/// Beside other aggregates, or under FILTER, PostgreSQL reads every row for it; alone it reads one entry of the index.
/// Rows are not counted then.
struct IndexedExtreme {
    let expression: ValueExpression

    /// Nil where no index of all rows is ordered by the column as checks compare it.
    init?(_ expression: ValueExpression, rows: Fragment?, filter: Fragment?) {
        let isOrdered =
            switch expression.column.kind {
            case .integer, .numeric, .real, .double, .date, .timestamp, .timestamptz: true
            case .text, .boolean, .time, .length, .uuid, .other, .opaque, .untyped: false
            }
        let terms = expression.terms
        guard terms.dialect == .postgres, isOrdered, rows == nil, filter == nil,
            terms.table.guarantees.indexed.hasExactly(expression.column.name)
        else { return nil }
        self.expression = expression
    }

    private var name: Fragment { "\(identifier: expression.column.name)" }
    private var table: Fragment { "\(table: expression.terms.table.name)" }

    /// Values that are not finite, and the extreme of those that are.
    func query() throws(Misfit) -> Fragment {
        let odd: Fragment
        let finite: Fragment
        switch expression.column.kind {
        case .numeric, .real, .double:
            // NaN is above Infinity.
            odd = count(["\(name) >= 'Infinity'", "\(name) = '-Infinity'"])
            finite = "\(name) > '-Infinity' AND \(name) < 'Infinity'"
        case .date, .timestamp, .timestamptz:
            odd = count(["\(name) = 'infinity'", "\(name) = '-infinity'"])
            finite = "\(name) > '-infinity' AND \(name) < 'infinity'"
        case .integer, .text, .boolean, .time, .length, .uuid, .other, .opaque, .untyped:
            odd = "0"
            finite = "\(name) IS NOT NULL"
        }
        return "SELECT NULL, \(odd), \(try extreme(of: finite))"
    }

    /// Values after an instant, and the newest of the others.
    func newest(before latest: Instant) throws(Misfit) -> Fragment {
        let terms = expression.terms
        let future = try terms.compare(expression.column, .greater, instant: latest)
        var bounds: [Fragment] = [future]
        if expression.column.kind == .timestamp {
            // What a wall time means cannot be looked up in the index; a bound that is surely below it can.
            let whole = latest.adding(milliseconds: -(latest.milliseconds % 1000)).adding(seconds: -172_800)
            bounds.append("\(name) > \(.civil(terms.zone.civil(of: whole)))")
        }
        let known: Fragment = "\(name) > '-infinity' AND \(name) < 'infinity' AND NOT (\(future))"
        return "SELECT NULL, \(count([.all(bounds)])), \(try extreme(of: known))"
    }

    private func count(_ conditions: [Fragment]) -> Fragment {
        .joined(conditions.map { "(SELECT count(*) FROM \(table) WHERE \($0))" }, by: " + ")
    }

    private func extreme(of rows: Fragment) throws(Misfit) -> Fragment {
        "(SELECT \(.joined(try expression.select(rows: nil).map(\.sql), by: ", ")) FROM \(table) WHERE \(rows))"
    }
}
