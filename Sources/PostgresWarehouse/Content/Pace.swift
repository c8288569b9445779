import SuretyCore
import Synchronization

/// How fast the statements of each asset's checks were lately, against what the planner said they cost.
///
/// It tells how long the next one will take: as long as the same statement took, or, of one that is not measured yet, as the
/// fastest of the others for its cost, so that nothing is refused that may fit; a statement that is slower is cut off in
/// time, and teaches that.
final class Pace: Sendable {
    private struct Measure {
        /// The statement; nil of all of them together.
        let statement: String?
        let cost: Double
        let milliseconds: Double
        let at: ContinuousClock.Instant
    }

    private let measures = Mutex<[AssetName: [Measure]]>([:])
    private let known = Mutex<Set<AssetName>>([])

    /// Milliseconds for one unit of the planner's cost, about a page of 8 kB read in sequence, where nothing is known.
    static let unmeasured = 0.005
    /// Below, a statement tells more of the way to the server than of its work.
    private static let shortest = 100.0
    private static let most = 20
    private static let memory = Duration.seconds(24 * 3600)

    /// How long a statement of this cost will take, in milliseconds.
    func milliseconds(
        for cost: Double, of asset: AssetName, _ statement: String? = nil,
        at now: ContinuousClock.Instant = .now
    ) -> Double {
        let known = measures.withLock { $0[asset] ?? [] }.filter { now - $0.at < Self.memory && $0.cost > 0 }
        let same = known.filter { $0.statement == statement }
        let total = same.reduce(0) { $0 + $1.cost }
        if total > 0 { return cost * same.reduce(0) { $0 + $1.milliseconds } / total }
        return cost * (known.map { $0.milliseconds / $0.cost }.min() ?? Self.unmeasured)
    }

    /// Whether this is the first time that somebody wants to know of an asset.
    func beginsToKnow(_ asset: AssetName) -> Bool { known.withLock { $0.insert(asset).inserted } }

    /// Learns from a statement that took, or was cut off after, so long.
    func learn(
        _ asset: AssetName, _ statement: String? = nil, cost: Double, milliseconds: Double,
        at now: ContinuousClock.Instant = .now
    ) {
        guard milliseconds >= Self.shortest else { return }
        measures.withLock {
            $0[asset, default: []].append(
                Measure(statement: statement, cost: cost, milliseconds: milliseconds, at: now))
            $0[asset] = $0[asset]?.suffix(Self.most)
        }
    }
}
