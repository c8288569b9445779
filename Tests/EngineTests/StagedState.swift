import Engine
import SuretyCore
import Synchronization

/// A state store whose tallies a test can fail and count.
final class StagedState: StateStore {
    /// What it does when gates' answers are counted.
    struct Script: Sendable {
        var failure: PortFailure?
        /// The groups that were written.
        var groups: [[GateTally]] = []
    }

    private let store: any StateStore
    let script = Mutex(Script())

    init(_ store: any StateStore) { self.store = store }

    func tally(_ answers: [GateTally]) async throws(PortFailure) {
        let failure = script.withLock { script in
            if script.failure == nil { script.groups.append(answers) }
            return script.failure
        }
        if let failure { throw failure }
        try await store.tally(answers)
    }

    func record(_ facts: [Fact], at now: Instant) async throws(PortFailure) {
        try await store.record(facts, at: now)
    }
    func run(_ id: RunID) async throws(PortFailure) -> RunRecord? {
        try await store.run(id)
    }
    func runs(of target: String?, limit: Int) async throws(PortFailure) -> [RunRecord] {
        try await store.runs(of: target, limit: limit)
    }
    func openRuns() async throws(PortFailure) -> [RunRecord] {
        try await store.openRuns()
    }
    func log(of run: RunID, asset: AssetName?) async throws(PortFailure) -> [LogLine] {
        try await store.log(of: run, asset: asset)
    }
    func newestSteps(of assets: [AssetName]) async throws(PortFailure) -> [StepMemory] {
        try await store.newestSteps(of: assets)
    }
    func durations(of assets: [AssetName], limit: Int) async throws(PortFailure) -> [AssetName: [Double]] {
        try await store.durations(of: assets, limit: limit)
    }
    func promisesSeen() async throws(PortFailure) -> [PromiseID: Instant] {
        try await store.promisesSeen()
    }
    func refreshes(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [RefreshMemory] {
        try await store.refreshes(of: consumer, limit: limit)
    }
    func approvals(limit: Int) async throws(PortFailure) -> [ApprovalMemory] {
        try await store.approvals(limit: limit)
    }
    func manualDone(_ asset: AssetName, interval: String?) async throws(PortFailure) -> Instant? {
        try await store.manualDone(asset, interval: interval)
    }
    func acceptances(of asset: AssetName) async throws(PortFailure) -> [CheckAcceptance] {
        try await store.acceptances(of: asset)
    }
    func isMade(_ key: String, of asset: AssetName) async throws(PortFailure) -> Bool {
        try await store.isMade(key, of: asset)
    }
    func openEffects(of asset: AssetName) async throws(PortFailure) -> [EffectMark] {
        try await store.openEffects(of: asset)
    }
    func waivers(of promise: PromiseID) async throws(PortFailure) -> [String: Waiver] {
        try await store.waivers(of: promise)
    }
    func incidents(endedSince: Instant) async throws(PortFailure) -> [Incident] {
        try await store.incidents(endedSince: endedSince)
    }
    func incident(_ id: IncidentID) async throws(PortFailure) -> Incident? {
        try await store.incident(id)
    }
    func messages(dueAt now: Instant, limit: Int) async throws(PortFailure) -> [MessageMemory] {
        try await store.messages(dueAt: now, limit: limit)
    }
    func messages(about incident: IncidentID) async throws(PortFailure) -> [MessageMemory] {
        try await store.messages(about: incident)
    }
    func gateAnswers(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [GateMemory] {
        try await store.gateAnswers(of: consumer, limit: limit)
    }
    func gateAnswer(of consumer: ConsumerID, before instant: Instant) async throws(PortFailure)
        -> GateMemory?
    {
        try await store.gateAnswer(of: consumer, before: instant)
    }
    func tallies(from: Instant, to: Instant) async throws(PortFailure) -> [GateTally] {
        try await store.tallies(from: from, to: to)
    }
    func facts(of kinds: [Fact.Kind], from: Instant, to: Instant) async throws(PortFailure) -> [FactMemory] {
        try await store.facts(of: kinds, from: from, to: to)
    }
    func runs(from: Instant, to: Instant) async throws(PortFailure) -> [RunRecord] {
        try await store.runs(from: from, to: to)
    }
    func occurrences(from: Instant, to: Instant) async throws(PortFailure) -> [OccurrenceRecord] {
        try await store.occurrences(from: from, to: to)
    }
    func openOccurrences() async throws(PortFailure) -> [OccurrenceRecord] {
        try await store.openOccurrences()
    }
    func newestJudged() async throws(PortFailure) -> [PromiseID: Instant] {
        try await store.newestJudged()
    }
    func showings(since instant: Instant) async throws(PortFailure) -> [RefreshMemory] {
        try await store.showings(since: instant)
    }
    func silences(at now: Instant) async throws(PortFailure) -> [Silence] {
        try await store.silences(at: now)
    }
    func startsFired() async throws(PortFailure) -> [PromiseID: [String: Instant]] {
        try await store.startsFired()
    }
    func recipientsResting(at now: Instant) async throws(PortFailure) -> Set<AlertRecipient> {
        try await store.recipientsResting(at: now)
    }
    func beat(at now: Instant) async throws(PortFailure) -> Instant? {
        try await store.beat(at: now)
    }
    func backlog() async throws(PortFailure) -> Int {
        try await store.backlog()
    }
}
