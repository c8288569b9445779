/// How long what is still to be done usually takes at most, judged by how long it took before.
public struct Forecast: Sendable {
    /// How many earlier steps of an asset are enough to judge by.
    public static let enough = 8

    /// What is left to do.
    public struct Remaining: Hashable, Sendable {
        /// The 90th percentile of the longest chain of work, in seconds.
        public let seconds: Double
        /// The asset whose work takes longest.
        public let slowest: AssetName
        /// How long that takes, in seconds.
        public let slowestSeconds: Double
    }

    private let durations: [AssetName: Double]

    /// A forecast from how long the newest steps of each asset took, in seconds.
    public init(_ durations: [AssetName: [Double]]) {
        self.durations = durations.compactMapValues {
            $0.count < Self.enough ? nil : Statistics.percentile(90, of: $0)
        }
    }

    /// What is left of some slices; nil where there is nothing left, or not enough to judge by.
    ///
    /// Slices of one asset are made one after another.
    ///
    /// - Parameter elapsed: For how many seconds a slice has been worked at; nil: nobody is at it.
    public func remaining(
        _ open: [StepKey], among assets: [AssetName: Asset], elapsed: (StepKey) -> Double?
    ) -> Remaining? {
        var work: [AssetName: Double] = [:]
        for key in open {
            guard let usual = durations[key.asset] else { return nil }
            work[key.asset, default: 0] += max(0, usual - (elapsed(key) ?? 0))
        }
        guard let slowest = work.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        var chains: [AssetName: Double] = [:]
        func chain(_ name: AssetName) -> Double {
            if let known = chains[name] { return known }
            chains[name] = 0
            let before = (assets[name]?.needs ?? []).map { chain($0.asset) }.max() ?? 0
            let whole = before + (work[name] ?? 0)
            chains[name] = whole
            return whole
        }
        return Remaining(
            seconds: work.keys.map(chain).max() ?? 0, slowest: slowest.key, slowestSeconds: slowest.value)
    }
}
