/// A comparison whose values are known: `now` is an instant, a literal what it says.
public enum BoundComparison: Hashable, Sendable {
    /// With one value.
    case compare(Comparator, Bound)
    /// With a range that includes both ends.
    case between(Bound, Bound)
    /// With all outside a range.
    case notBetween(Bound, Bound)

    /// As people see it.
    public func text(in zone: Zone) -> String {
        switch self {
        case .compare(let comparator, let bound): "\(comparator.rawValue) \(bound.text(in: zone))"
        case .between(let low, let high): "between \(low.text(in: zone)) and \(high.text(in: zone))"
        case .notBetween(let low, let high): "not between \(low.text(in: zone)) and \(high.text(in: zone))"
        }
    }

    /// Whether a value compares so; nil if it cannot be compared.
    public func holds(for value: Measured, in zone: Zone) -> Bool? {
        holds { value.order(against: $0, in: zone) }
    }

    /// Whether a share of a number, which is not zero, compares so as a percentage.
    func holds(forShare part: Int64, of all: Int64) -> Bool? {
        holds { bound in
            guard case .percent(let percent) = bound else { return nil }
            let (one, other) = (ExactNumber(part) * ExactNumber(100), percent * ExactNumber(all))
            return one < other ? -1 : one == other ? 0 : 1
        }
    }

    private func holds(_ order: (Bound) -> Int?) -> Bool? {
        switch self {
        case .compare(let comparator, let bound): order(bound).map(comparator.holds)
        case .between(let low, let high):
            order(low).flatMap { above in order(high).map { above >= 0 && $0 <= 0 } }
        case .notBetween(let low, let high):
            order(low).flatMap { above in order(high).map { above < 0 || $0 > 0 } }
        }
    }

    /// Whether its values are percentages.
    public var isPercent: Bool {
        switch self {
        case .compare(_, .percent), .between(.percent, _), .notBetween(.percent, _): true
        case .compare, .between, .notBetween: false
        }
    }
}

extension Comparator {
    /// Whether it holds of two values, given -1, 0 or 1 as the first is less, the same or more.
    public func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .notEqual: order != 0
        case .less: order < 0
        case .atMost: order <= 0
        case .greater: order > 0
        case .atLeast: order >= 0
        }
    }
}

extension BoundComparison {
    /// What kind of value it compares with.
    public enum Kind: Hashable, Sendable {
        case number
        case text
        case time
        case length
    }

    /// What kind of value it compares with; percentages are numbers.
    public var kind: Kind {
        switch self {
        case .compare(_, let bound), .between(let bound, _), .notBetween(let bound, _):
            switch bound {
            case .number, .percent: .number
            case .text: .text
            case .instant, .date: .time
            case .length: .length
            }
        }
    }

    /// Whether it compares with numbers.
    public var isNumber: Bool { kind == .number }
}
