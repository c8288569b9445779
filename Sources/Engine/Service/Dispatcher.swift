import SuretyCore

/// Decides which run begins when: at most so many at once, what matters most first, and never two of one target.
///
/// It only decides; whoever drives it makes the runs.
struct Dispatcher: Sendable {
    /// A run that was asked for.
    struct Job: Hashable, Sendable {
        let id: RunID
        let request: RunRequest
        /// The start that asked for it; nil: a person.
        let start: Timetable.Due?
        let tier: Tier
        /// When what it makes is due; nil: nothing is.
        let deadline: Instant?
        let askedAt: Instant
    }

    /// What became of a request.
    enum Answer: Hashable {
        /// It waits for its turn.
        case accepted
        /// A run of the target is under way.
        case running(RunID)
        /// It waits until the run of the target that is under way has been cancelled.
        case cancelling(RunID)
    }

    private var waiting: [Job] = []
    private(set) var running: [RunID: Job] = [:]
    var isDraining = false
    var limit: Int

    init(limit: Int) { self.limit = limit }

    /// Takes a request; `overlap` says what happens beside a run of the same target.
    mutating func ask(_ job: Job, overlap: Promise.Overlap) -> Answer {
        let present = running.values.first { $0.request.target == job.request.target }
        if let earlier = waiting.first(where: { $0.request == job.request }) { return .running(earlier.id) }
        guard let present else {
            waiting.append(job)
            return .accepted
        }
        switch overlap {
        // What is due is not left out for what only makes good what was.
        case .skip where job.start == nil || !present.request.makesGood: return .running(present.id)
        case .skip:
            waiting.append(job)
            return .accepted
        case .queue:
            waiting.append(job)
            return .accepted
        case .cancelPrevious:
            waiting.append(job)
            return .cancelling(present.id)
        }
    }

    /// The jobs that begin now; they are running from then on.
    ///
    /// - Parameter idle: How many of those that run only wait; they take nobody's place.
    mutating func begin(idle: Int = 0) -> [Job] {
        guard !isDraining else { return [] }
        var begun: [Job] = []
        for job in waiting.sorted(by: { $0.isBefore($1) }) {
            guard running.count - idle < limit else { break }
            guard !running.values.contains(where: { $0.request.target == job.request.target }) else {
                continue
            }
            running[job.id] = job
            begun.append(job)
        }
        waiting.removeAll { running[$0.id] != nil }
        return begun
    }

    /// A run has ended.
    mutating func ended(_ id: RunID) { running[id] = nil }

    /// Drops a request that waits; false if there is none with this id.
    mutating func drop(_ id: RunID) -> Bool {
        let before = waiting.count
        waiting.removeAll { $0.id == id }
        return waiting.count < before
    }

    /// The ids of those that wait for their turn, oldest first.
    var waitingRuns: [RunID] { waiting.map(\.id).sorted() }
    /// The ids of those that run, oldest first.
    var runs: [RunID] { running.keys.sorted() }
}

extension Dispatcher.Job {
    /// What makes good what was comes last; else what matters most comes first, then what is due first, then what has
    /// waited longest.
    fileprivate func isBefore(_ other: Self) -> Bool {
        let far = Instant(milliseconds: .max)
        guard request.makesGood == other.request.makesGood else { return other.request.makesGood }
        return (tier, deadline ?? far, askedAt, id) < (
            other.tier, other.deadline ?? far, other.askedAt, other.id
        )
    }
}
