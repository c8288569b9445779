import Engine
import SuretyCore
import Synchronization

/// An engine that says what a test tells it to, and remembers what it was asked.
final class StagedFront: ServiceFront {
    /// What it says.
    struct Script: Sendable {
        var health: ServiceHealth
        var isOpen = false
        /// What keeps it from doing what it is asked; nil: nothing.
        var failure: PortFailure?
        var runs: Set<RunID> = []
        var requests: [RunRequest] = []
        var plans: [String?] = []
        var waits: [Int64] = []
        var seen: [Int64?] = []
        var isDrained = false
    }

    let surroundings: Surroundings
    let script: Mutex<Script>
    /// What is told to those who listen; ended by hand.
    let events = AsyncStream.makeStream(of: NumberedEvent.self)
    /// The gates that are waited for, as the waits begin.
    let waiting = AsyncStream.makeStream(of: ConsumerID.self)
    /// Ends the waits for a gate.
    let opening = AsyncStream.makeStream(of: Bool.self)

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        let now = surroundings.clock.now()
        self.script = Mutex(
            Script(
                health: ServiceHealth(
                    startedAt: now, tickedAt: now, isReady: true, isDraining: false, problem: nil, runs: [],
                    backlog: 3)))
    }

    func change(_ body: (inout Script) -> Void) { script.withLock { body(&$0) } }
    func asked<Value: Sendable>(_ body: (Script) -> Value) -> Value { script.withLock { body($0) } }

    private func refuse() throws(PortFailure) {
        if let failure = asked(\.failure) { throw failure }
    }

    func health() async -> ServiceHealth { asked(\.health) }

    func begin(_ request: RunRequest) async throws(PortFailure) -> RunID {
        try refuse()
        change { $0.requests.append(request) }
        return "run000000007"
    }

    func backfill(_ request: RunRequest, plan hash: String?) async throws(PortFailure) -> RunID {
        try refuse()
        change {
            $0.requests.append(request)
            $0.plans.append(hash)
        }
        return "run000000008"
    }

    func cancel(_ run: RunID) async -> Bool { asked { $0.runs.contains(run) } }

    func drain() async {
        change {
            $0.isDrained = true
            $0.health.isDraining = true
        }
    }

    func gate(_ consumer: Consumer, slices: [AssetName: [Slice]]?, waiting period: Period)
        async throws(PortFailure)
        -> GateAnswer
    {
        try refuse()
        change { $0.waits.append(period.seconds) }
        guard period.seconds > 0 else { return answer(consumer, asked(\.isOpen), slices) }
        waiting.continuation.yield(consumer.id)
        for await isOpen in opening.stream { return answer(consumer, isOpen, slices) }
        throw PortFailure(.cancelled, "interrupted while waiting for the gate")
    }

    private func answer(_ consumer: Consumer, _ isOpen: Bool, _ slices: [AssetName: [Slice]]?) -> GateAnswer {
        let labels = slices?.values.flatMap { $0 }.compactMap(\.label).sorted()
        let reasons = consumer.uses.map {
            GateAnswer.Reason(asset: $0, interval: "2026-11-19", why: "it has not been run", cause: nil)
        }
        return GateAnswer(
            consumer: consumer.id, isOpen: isOpen, intervals: labels ?? ["2026-11-19"],
            certifiedThrough: ["mart.revenue": isOpen ? "2026-11-19" : nil], reasons: isOpen ? [] : reasons,
            certificates: isOpen ? ["cert1"] : [])
    }

    func events(after id: Int64?) async -> AsyncStream<NumberedEvent> {
        change { $0.seen.append(id) }
        return events.stream
    }
}
