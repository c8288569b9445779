/// A quotient of exact numbers, compared without dividing.
struct Ratio: Comparable {
    /// The number above.
    let number: ExactNumber
    /// The number below, more than zero.
    let divisor: ExactNumber

    static func == (left: Self, right: Self) -> Bool {
        left.number * right.divisor == right.number * left.divisor
    }

    static func < (left: Self, right: Self) -> Bool {
        left.number * right.divisor < right.number * left.divisor
    }

    /// The number half way to another.
    func middle(to other: Ratio) -> Ratio {
        Ratio(
            number: number * other.divisor + other.number * divisor,
            divisor: ExactNumber(2) * divisor * other.divisor)
    }
}

extension [Ratio] {
    /// The middle one, or half way between the middle two; nil if there are none.
    var median: Ratio? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        let middle = sorted[count / 2]
        return count.isMultiple(of: 2) ? sorted[count / 2 - 1].middle(to: middle) : middle
    }
}
