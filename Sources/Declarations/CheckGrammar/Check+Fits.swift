public import SuretyCore

extension Check {
    /// Whether asking it later about the same rows gives the same answer: false with `today`, `yesterday` or `now`.
    public var isRepeatable: Bool {
        !body.values.contains { value in
            switch value {
            case .today, .yesterday, .now: true
            case .literal, .percent, .period, .column, .intervalStart, .intervalEnd: false
            }
        }
    }

    /// Why it cannot stand in a list of an asset, without a final full stop, and what to do; nil if it can. The grain is
    /// that of the asset's intervals, where they could be read.
    public func misfit(hasInterval: Bool, grain: Grain? = nil) -> (message: String, hint: String)? {
        if case .last = scope, !hasInterval {
            return (
                "`over last` needs an interval column, and the asset has none",
                "Declare `interval`, or narrow the rows with `where`"
            )
        }
        let readsInterval = body.values.contains { $0 == .intervalStart || $0 == .intervalEnd }
        if readsInterval, !hasInterval {
            return (
                "`interval start` and `interval end` need an interval, and the asset has none",
                "Declare `interval`"
            )
        }
        if case .relative(_, .withinMedian(_, _, sameWeekday: true)) = body, grain == .week || grain == .month
        {
            return (
                "`same weekday` compares days or hours, and the asset has intervals of a "
                    + "\(grain?.rawValue ?? "week")",
                "Leave it out"
            )
        }
        if list == .stop, hasInterval, !isRepeatable {
            return (
                "`today`, `yesterday` and `now` cannot stand in `stop` of an asset with intervals: a backfill would"
                    + " ask something else",
                "Use `interval start` or `interval end`, or move the check to `warn`"
            )
        }
        return nil
    }
}

extension CheckBody {
    /// The values that it compares with.
    fileprivate var values: [CheckValue] {
        switch self {
        case .metric(_, let comparison), .row(.compare(_, let comparison)), .row(.length(_, let comparison)),
            .sql(_, .value(let comparison)):
            switch comparison {
            case .compare(_, let value): [value]
            case .between(let low, let high), .notBetween(let low, let high): [low, high]
            }
        case .row, .relative, .schema, .fresh, .noGaps, .cross, .sql(_, .noRows), .insideInterval: []
        }
    }
}
