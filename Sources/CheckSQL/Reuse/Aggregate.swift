import SuretyCore

/// One aggregate of a scan, and how it follows from what parts of the rows gave, where it does.
struct Aggregate: Hashable {
    let sql: Fragment
    /// Nil where the whole has to be read.
    var merge: Merge?

    /// An aggregate that is only told by reading all rows.
    init(_ sql: Fragment, merge: Merge? = nil) {
        self.sql = sql
        self.merge = merge
    }

    /// The number of rows that meet all conditions.
    static func count(_ conditions: [Fragment?]) -> Aggregate {
        let sql = Fragment.count(conditions)
        return Aggregate(sql, merge: Merge([Merge.Column(sql, .added)]))
    }

    /// The number of values of a column that are not NULL, of rows that meet a condition.
    static func count(of column: String, _ filter: Fragment?) -> Aggregate {
        count(values: "\(identifier: column)", filter)
    }

    /// The same of values of an expression.
    static func count(values value: Fragment, _ filter: Fragment?) -> Aggregate {
        let sql: Fragment = "count(\(value))\(filter.map { " FILTER (WHERE \($0))" } ?? "")"
        return Aggregate(sql, merge: Merge([Merge.Column(sql, .added)]))
    }

    /// The number of rows that meet all conditions, the last of which is that a value is later than an instant that moves
    /// on; none as long as the greatest of those values is not.
    static func countLater(_ conditions: [Fragment?], greatest: Fragment, limit: Int64?) -> Aggregate {
        let merge = limit.map { Merge([Merge.Column(greatest, .greatest(.number))], .noneAbove($0)) }
        return Aggregate(.count(conditions), merge: merge)
    }
}
