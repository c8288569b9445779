import Foundation

/// What earlier values make likely for the next one: a two-sided Student-t prediction interval.
///
/// It is reckoned on log(1+x), so that it is about shares and not amounts; on x itself if a value is negative.
public struct UsualRange: Hashable, Sendable {
    /// The value in the middle.
    public let usual: Double
    /// The lowest likely value.
    public let low: Double
    /// The highest likely value; infinite where it is too large to tell.
    public let high: Double
    /// Whether it was reckoned on log(1+x).
    public let isOfShares: Bool

    /// The chance with which the next value of the same kind lies inside.
    public static let chance = 0.99
    /// How many earlier values it takes.
    public static let fewest = 4

    /// The range that finite earlier values give; nil if there are fewer than `fewest`.
    public init?(_ values: [Double]) {
        guard values.count >= Self.fewest, values.allSatisfy(\.isFinite) else { return nil }
        isOfShares = values.allSatisfy { $0 >= 0 }
        let points = isOfShares ? values.map { log1p($0) } : values
        let count = Double(points.count)
        let mean = points.reduce(0, +) / count
        let variance = points.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let reach =
            StudentT(degrees: points.count - 1).quantile(chance: Self.chance)
            * (variance * (1 + 1 / count)).squareRoot()
        usual = isOfShares ? expm1(mean) : mean
        low = isOfShares ? expm1(mean - reach) : mean - reach
        high = isOfShares ? expm1(mean + reach) : mean + reach
    }

    /// The bounds as people read them, which are the bounds that are judged by.
    ///
    /// Counts have whole ones, the lowest and the highest likely count; others six significant digits, rounded
    /// outwards. A bound that cannot be told is nil.
    public func bounds(ofCounts: Bool) -> (low: ExactNumber?, high: ExactNumber?) {
        guard !ofCounts else {
            // A hair of floating-point error must not make the same count unlikely.
            let least = (low - max(1e-9, 1e-12 * low.magnitude)).rounded(.up)
            let most = (high + max(1e-9, 1e-12 * high.magnitude)).rounded(.down)
            return (Self.exact(max(0, least))?.rounded(to: 0), Self.exact(most)?.rounded(to: 0))
        }
        return (
            Self.exact(low - 1e-12 * max(1, low.magnitude))?.readable(.down),
            Self.exact(high + 1e-12 * max(1, high.magnitude))?.readable(.up)
        )
    }

    /// The middle as people read it.
    public func usualText(ofCounts: Bool) -> String {
        let exact = Self.exact(usual) ?? .zero
        return (ofCounts ? exact.rounded(to: 0) : exact.readable(.toNearestOrAwayFromZero)).description
    }

    private static func exact(_ number: Double) -> ExactNumber? {
        number.isFinite ? ExactNumber("\(number)") : nil
    }
}

extension ExactNumber {
    /// With six significant digits, or none after the point where more stand before it.
    fileprivate func readable(_ rule: FloatingPointRoundingRule) -> ExactNumber {
        let places = min(12, max(0, 5 - leadingExponent))
        let nearest = rounded(to: places)
        let step = ExactNumber(isNegative: false, digits: [1], scale: places)
        let result =
            switch rule {
            case .down where nearest > self: nearest - step
            case .up where nearest < self: nearest + step
            default: nearest
            }
        return result.withoutTrailingZeros
    }
}
