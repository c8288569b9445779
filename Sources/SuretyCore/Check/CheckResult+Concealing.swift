extension Metric {
    /// The column of which it is one row's value; nil for counts and for what many rows make together.
    var columnOfOneRow: String? {
        switch self {
        case .min(let column), .max(let column), .percentile(let column, _): column
        case .rows, .missing, .duplicates, .distinct, .avg, .sum, .stddev: nil
        }
    }
}

extension CheckBody {
    /// The private column, of the asset or of the other table, of which the check would show one row's value.
    public func concealed(of asset: Asset, elsewhere: [AssetName: [String]]) -> String? {
        func own(_ metric: Metric) -> String? {
            metric.columnOfOneRow.flatMap { asset.isPrivate($0) ? $0 : nil }
        }
        switch self {
        case .metric(let metric, _), .relative(let metric, _): return own(metric)
        case .cross(let metric, _, let other):
            let column = other.metric.columnOfOneRow
            let theirs = column.flatMap { elsewhere[other.table, default: []].hasExactly($0) ? $0 : nil }
            return own(metric) ?? theirs.map { "\(other.table).\($0)" }
        case .row, .schema, .fresh, .noGaps, .sql, .insideInterval: return nil
        }
    }
}

extension CheckResult {
    /// The same without the value of one row of a private column, and without what that was compared with where it tells
    /// of it; what later checks are compared with stays in `concealed`.
    public func concealing(_ column: String, of body: CheckBody) -> CheckResult {
        guard observed != nil || observedNumber != nil || expected != nil else { return self }
        var result = self
        (result.observed, result.observedNumber) = (nil, nil)
        switch body {
        case .relative(_, let relative):
            result.concealed =
                observed.flatMap { ExactNumber($0) == nil ? nil : $0 } ?? observedNumber.map { "\($0)" }
            guard expected != nil else { return result }
            result.expected = relative.expectation
            if verdict == .pass || verdict == .fail { result.why = "" }
        case .cross(_, let comparison, let other):
            guard expected != nil else { return result }
            result.expected = comparison.expectation(of: other.table)
        case .metric, .row, .schema, .fresh, .noGaps, .sql, .insideInterval: break
        }
        guard result.verdict == .pass || result.verdict == .fail else { return result }
        result.why += (result.why.isEmpty ? "" : "; ") + "not shown: \(column) is private"
        return result
    }

    /// The same without the number that only certificates keep.
    public var withoutConcealed: CheckResult {
        var result = self
        result.concealed = nil
        return result
    }
}

extension Relative {
    /// What it expects, without a value.
    fileprivate var expectation: String {
        switch self {
        case .withinPrevious(let percent): "within \(percent)% of the value before"
        case .withinMedian(let percent, let count, _): "within \(percent)% of the median of the last \(count)"
        case .likeUsual: "a usual value"
        }
    }
}

extension CrossComparison {
    /// What it expects, without a value.
    fileprivate func expectation(of table: AssetName) -> String {
        switch self {
        case .equals: "= that of \(table)"
        case .within(let percent): "within \(percent)% of that of \(table)"
        }
    }
}
