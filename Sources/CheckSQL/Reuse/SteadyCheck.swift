import SuretyCore

/// Whether a check asks the same of the same rows whenever it is asked.
///
/// What it finds in rows that did not change needs no second look then.
enum SteadyCheck {
    static func holds(of check: Check, in terms: Terms) -> Bool {
        if let filter = check.filter, !SteadySQL.holds(of: filter, in: terms) { return false }
        switch check.body {
        case .metric(let metric, _), .relative(let metric, _), .cross(let metric, _, _):
            guard case .missing(let column, let sentinels) = metric, !sentinels.isEmpty else { return true }
            return isFixed(column, terms)
        case .row(let rule): return holds(of: rule, in: terms)
        case .schema, .fresh, .noGaps, .sql, .insideInterval: return true
        }
    }

    private static func holds(of rule: RowRule, in terms: Terms) -> Bool {
        switch rule {
        case .condition(let text): SteadySQL.holds(of: text, in: terms)
        case .compare(let column, let comparison), .length(let column, let comparison):
            isFixed(column, terms) && comparison.isSteady
        case .inList(let column, _), .notInList(let column, _): isFixed(column, terms)
        case .unique, .notNull, .matches, .doesNotMatch, .like, .notLike, .format, .references, .notInFuture,
            .increasing, .decreasing:
            true
        }
    }

    private static func isFixed(_ name: String, _ terms: Terms) -> Bool {
        (try? terms.column(name))?.kind.standsInItsRow == true
    }
}

extension Comparison {
    /// Whether it is made with what is always the same.
    fileprivate var isSteady: Bool {
        switch self {
        case .compare(_, let value): value.isSteady
        case .between(let low, let high), .notBetween(let low, let high): low.isSteady && high.isSteady
        }
    }
}

extension CheckValue {
    fileprivate var isSteady: Bool {
        switch self {
        case .literal, .percent, .period, .column: true
        case .intervalStart, .intervalEnd, .today, .yesterday, .now: false
        }
    }
}
