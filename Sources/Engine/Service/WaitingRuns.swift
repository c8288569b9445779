import SuretyCore
import Synchronization

/// The runs of which no step is being worked at: they wait for data or people, and leave their place to others.
final class WaitingRuns: Sendable {
    private let working = Mutex<[RunID: Set<String>]>([:])

    /// Takes in that a step changed.
    func note(_ step: StepRecord, of run: RunID) {
        let place = "\(step.asset) \(step.interval ?? "")"
        working.withLock { working in
            if step.state == .running || step.state == .checking {
                working[run, default: []].insert(place)
            } else {
                working[run, default: []].remove(place)
            }
        }
    }

    /// Forgets a run that has ended.
    func forget(_ run: RunID) { working.withLock { _ = $0.removeValue(forKey: run) } }

    /// How many runs have begun and wait.
    var count: Int { working.withLock { working in working.values.count(where: \.isEmpty) } }
}
