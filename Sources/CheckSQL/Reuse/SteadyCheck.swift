import SuretyCore

/// Whether a check asks the same of the same rows whenever it is asked.
///
/// What it finds in rows that did not change needs no second look then.
enum SteadyCheck {
    static func holds(of check: Check, in terms: Terms) -> Bool {
        if let filter = check.filter, !SteadySQL.holds(of: filter, in: terms) { return false }
        guard case .row(let rule) = check.body else { return true }
        return switch rule {
        case .condition(let text): SteadySQL.holds(of: text, in: terms)
        case .compare(_, let comparison), .length(_, let comparison): comparison.isSteady
        case .unique, .notNull, .inList, .notInList, .matches, .doesNotMatch, .like, .notLike, .format,
            .references, .notInFuture, .increasing, .decreasing:
            true
        }
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
