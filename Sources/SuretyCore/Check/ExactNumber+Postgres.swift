extension ExactNumber {
    /// How many places PostgreSQL prints of the quotient of two of its `numeric`s: at least 16 significant digits.
    public func placesOfQuotient(by divisor: ExactNumber) -> Int {
        let (weight, first) = leadingGroup
        let (otherWeight, otherFirst) = divisor.leadingGroup
        let quotientWeight = weight - otherWeight - (first <= otherFirst ? 1 : 0)
        return min(1000, max(16 - quotientWeight * 4, scale, divisor.scale, 0))
    }

    /// The power of 10 000 of the first group of four digits, counted from the point, and that group.
    private var leadingGroup: (weight: Int, group: Int) {
        guard !isZero else { return (0, 0) }
        let exponent = leadingExponent
        let weight = Int(Int64(exponent).floored(by: 4).quotient)
        let length = exponent - weight * 4 + 1
        let padded = digits.prefix(length) + repeatElement(0, count: max(0, length - digits.count))
        return (weight, padded.reduce(0) { $0 * 10 + Int($1) })
    }
}
