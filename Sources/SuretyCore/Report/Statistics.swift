import Foundation

/// Figures over small samples, as the report's definitions say.
enum Statistics {
    /// The nearest-rank percentile: the smallest value that so many percent do not exceed.
    static func percentile(_ percent: Int, of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let rank = Int((Double(percent) / 100 * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank, 1), values.count) - 1]
    }

    /// The Theil–Sen slope for each step: the median of the slopes between all pairs; nil with fewer than two values.
    static func slope(_ values: [Double]) -> Double? {
        pairs(values).map { ($0.later - $0.earlier) / Double($0.distance) }.median
    }

    /// How likely values without any trend show Kendall's τ as large as these, by the normal approximation; 1 with fewer
    /// than four values.
    static func chance(_ values: [Double]) -> Double {
        guard values.count >= 4 else { return 1 }
        let n = Double(values.count)
        let score = pairs(values).map { pair -> Double in
            pair.later == pair.earlier ? 0 : pair.later > pair.earlier ? 1 : -1
        }.reduce(0, +)
        func weight(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
        let ties = Dictionary(grouping: values) { $0 }.values.map { weight(Double($0.count)) }.reduce(0, +)
        let variance = (weight(n) - ties) / 18
        guard variance > 0 else { return 1 }
        let distance: Double = max(0, abs(score) - 1) / variance.squareRoot()
        return erfc(distance / 2.0.squareRoot())
    }

    private static func pairs(_ values: [Double]) -> [(earlier: Double, later: Double, distance: Int)] {
        var pairs: [(earlier: Double, later: Double, distance: Int)] = []
        for (first, earlier) in values.enumerated() {
            for (second, later) in values.enumerated().dropFirst(first + 1) {
                pairs.append((earlier, later, second - first))
            }
        }
        return pairs
    }
}
