import SuretyCore

/// The rows from which the answers to a check follow, so that they stay the same as long as those do.
enum Basis: Hashable {
    /// Those of the slice.
    case slice
    /// All of the asset's table.
    case table
    /// Others too, or more than rows; or what is not to be kept.
    case elsewhere
}

extension Check {
    /// The rows from which its answers follow.
    func basis(in terms: Terms) -> Basis {
        guard terms.dialect == .postgres, SteadyCheck.holds(of: self, in: terms) else { return .elsewhere }
        if let column = body.columnOfValues, terms.asset.isPrivate(column) { return .elsewhere }
        switch body {
        case .metric(.duplicates, _) where scope == nil, .row(.unique) where scope == nil: return .table
        case .row(.references), .cross, .sql, .schema, .insideInterval: return .elsewhere
        case .relative, .fresh, .noGaps: return .table
        case .metric, .row:
            return (scope ?? .interval) == .interval && terms.slice != .whole ? .slice : .table
        }
    }
}

extension CheckBody {
    /// The column whose values, or what they make together, the answers hold; nil where they are counts.
    fileprivate var columnOfValues: String? {
        switch self {
        case .metric(let metric, _), .relative(let metric, _), .cross(let metric, _, _):
            switch metric {
            case .min(let column), .max(let column), .avg(let column), .sum(let column), .stddev(let column),
                .percentile(let column, _):
                column
            case .rows, .missing, .duplicates, .distinct: nil
            }
        case .fresh(let column, _), .noGaps(let column, _): column
        case .row, .schema, .sql, .insideInterval: nil
        }
    }
}
