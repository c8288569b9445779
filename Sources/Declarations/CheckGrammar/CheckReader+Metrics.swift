import SuretyCore

extension CheckReader {
    /// A metric and what it must be: a value, its own history, or a metric of another table.
    mutating func metricBody() throws(CheckSyntaxError) -> [CheckBody] {
        guard let word = scanner.takeWord(), let kind = MetricWord(word) else { throw scanner.unexpected() }
        let metrics = try metrics(kind)
        let hint = kind == .rows ? CheckReader.quotingHint("rows") : ""
        if let comparison = try comparison(kind.context) {
            return metrics.map { .metric($0, comparison) }
        }
        if scanner.take("like") {
            guard scanner.take("usual") else { throw scanner.unexpected() }
            return metrics.map { .relative($0, .likeUsual) }
        }
        if scanner.take("equals") {
            let other = try crossMetric()
            return metrics.map { .cross($0, .equals, other) }
        }
        guard scanner.take("within") else { throw scanner.unexpected(hint: hint) }
        let percent = try percentage()
        guard scanner.take("of") else { throw scanner.unexpected() }
        if let relative = try relative(percent) { return metrics.map { .relative($0, relative) } }
        let other = try crossMetric()
        return metrics.map { .cross($0, .within(percent: percent), other) }
    }

    private mutating func metrics(_ kind: MetricWord) throws(CheckSyntaxError) -> [Metric] {
        switch kind {
        case .rows: return [.rows]
        case .missing:
            let start = scanner.position
            let (names, places) = try columns()
            if names.count > 1, let last = places.last { split = (start..<last.upperBound, places) }
            let sentinels = scanner.take("as") ? try list() : []
            return names.map { .missing(column: $0, sentinels: sentinels) }
        case .duplicates: return [.duplicates(try columns().names)]
        case .distinct: return [.distinct(try columns().names)]
        case .min, .max, .avg, .sum, .stddev, .percentile:
            return [kind.metric(of: try column())].compactMap { $0 }
        }
    }

    /// After `within P% of`: `previous`, or `median of last N [same weekday]`; nil: neither.
    private mutating func relative(_ percent: String) throws(CheckSyntaxError) -> Relative? {
        if scanner.take("previous") { return .withinPrevious(percent: percent) }
        let start = scanner.position
        guard scanner.take("median"), scanner.take("of") else {
            scanner.move(to: start)
            scanner.want("`previous`")
            scanner.want("`median of last N`")
            return nil
        }
        guard scanner.take("last") else { throw scanner.unexpected() }
        let count = try count(1...1000, what: "a number of points")
        guard scanner.take("same") else {
            return .withinMedian(percent: percent, count: count, sameWeekday: false)
        }
        guard scanner.take("weekday") else { throw scanner.unexpected() }
        return .withinMedian(percent: percent, count: count, sameWeekday: true)
    }

    /// `sum raw.payments.amount`, `rows raw.orders`.
    mutating func crossMetric() throws(CheckSyntaxError) -> CrossMetric {
        scanner.want("a metric of another table")
        guard let word = scanner.peekWord(), let kind = MetricWord(word) else { throw scanner.unexpected() }
        _ = scanner.takeWord()
        let start = scanner.position
        let (table, column) = try dotted()
        guard kind != .rows else {
            guard column == nil else {
                throw scanner.error("`rows` counts a table and takes no column", at: start)
            }
            return CrossMetric(.rows, of: table)
        }
        guard let column, let metric = kind.metric(of: column) else {
            throw scanner.error(
                "`\(word)` needs a column of another table", hint: "Write \(word) schema.table.column",
                at: start)
        }
        return CrossMetric(metric, of: table)
    }
}

extension MetricWord {
    /// The metric of one column; nil for `rows`, which takes none.
    func metric(of column: String) -> Metric? {
        switch self {
        case .rows: nil
        case .missing: .missing(column: column, sentinels: [])
        case .duplicates: .duplicates([column])
        case .distinct: .distinct([column])
        case .min: .min(column)
        case .max: .max(column)
        case .avg: .avg(column)
        case .sum: .sum(column)
        case .stddev: .stddev(column)
        case .percentile(let percentile): .percentile(column, percentile)
        }
    }

    /// What the metric can be compared with.
    var context: ValueContext {
        switch self {
        case .rows: .count
        case .missing, .duplicates, .distinct: .share
        case .min, .max, .avg, .sum, .stddev, .percentile: .result
        }
    }
}
