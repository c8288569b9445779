extension Measured {
    /// Whether this is equal to another value, or near enough; nil if they cannot be compared.
    func satisfies(_ comparison: CrossComparison, _ other: Measured, in zone: Zone) -> Bool? {
        switch comparison {
        case .equals:
            if let one = fraction, let two = other.fraction {
                return one == two
            }
            switch (self, other) {
            case (.root(let one, let divisor, _), .root(let two, let other, _)):
                return one * other == two * divisor
            case (_, .instant(let microseconds)):
                let (milliseconds, rest) = microseconds.floored(by: 1000)
                guard case .instant(let mine) = self else {
                    return order(against: .instant(Instant(milliseconds: milliseconds)), in: zone).map {
                        $0 == 0 && rest == 0
                    }
                }
                return mine == microseconds
            case (_, .date(let date)): return order(against: .date(date), in: zone).map { $0 == 0 }
            case (_, .text(let text)), (_, .timeOfDay(_, let text)):
                return order(against: .text(text), in: zone).map { $0 == 0 }
            case (_, .number(let number, _)), (_, .length(let number)):
                return order(against: .number(number), in: zone).map { $0 == 0 }
            case (_, .quotient), (_, .root): return nil
            }
        case .within(let percent):
            guard let one = ratio, let two = other.ratio, let share = ExactNumber(percent) else { return nil }
            let difference = (one.number * two.divisor - two.number * one.divisor).magnitude
            let allowed = share * (two.number * one.divisor).magnitude
            return difference * ExactNumber(100) <= allowed
        }
    }

    private var fraction: Ratio? {
        switch self {
        case .number(let number, _), .length(let number): Ratio(number: number, divisor: ExactNumber(1))
        case .quotient(let number, let divisor, _): Ratio(number: number, divisor: divisor)
        case .root, .instant, .date, .timeOfDay, .text: nil
        }
    }

    /// The same as a quotient, a root as it is printed; nil if it is no number and no length of time.
    var ratio: Ratio? {
        if case .root(_, _, let text) = self {
            return ExactNumber(text).map { Ratio(number: $0, divisor: ExactNumber(1)) }
        }
        return fraction
    }
}
