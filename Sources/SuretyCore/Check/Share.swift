/// A part of a number of rows, as `part/all (p%)`.
public struct Share: Hashable, Sendable {
    /// The part.
    public let part: Int64
    /// All; more than none.
    public let all: Int64

    /// A part of a number that is more than 0.
    public init(_ part: Int64, of all: Int64) {
        self.part = part
        self.all = all
    }

    /// The nearest floating-point percentage.
    public var percent: Double { Double(part) * 100 / Double(all) }

    /// `3/1860000 (0.00016129%)`, with at most six significant digits.
    public var text: String { "\(part)/\(all) (\(percentText)%)" }

    private var percentText: String {
        let hundredfold = ExactNumber(part) * ExactNumber(100)
        // A generous first quotient tells where its first digit stands; the second is rounded once, from the fraction.
        let rough = hundredfold.divided(by: ExactNumber(all), places: 30)
        let places = max(0, 5 - rough.leadingExponent)
        return hundredfold.divided(by: ExactNumber(all), places: places).withoutTrailingZeros.description
    }
}
