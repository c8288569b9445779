public import Engine
public import SuretyCore

/// The state in a database, whichever it is.
public struct StoredState: StateStore {
    let database: any StateDatabase

    /// Appends facts and updates what follows from them, in one transaction, even when the task is cancelled.
    public func record(_ facts: [Fact], at now: Instant) async throws(PortFailure) {
        guard !facts.isEmpty else { return }
        try await database.append(facts, at: now)
    }

    /// A run; nil if there is none with this id.
    public func run(_ id: RunID) async throws(PortFailure) -> RunRecord? {
        try await database.answer(StateQuestions.run(id))
    }

    /// The runs that were begun and have not ended, oldest first.
    public func openRuns() async throws(PortFailure) -> [RunRecord] {
        try await database.answer(StateQuestions.openRuns())
    }

    /// The newest runs first; when a promise or asset is named, those of it and those with a step for it.
    public func runs(of target: String?, limit: Int) async throws(PortFailure) -> [RunRecord] {
        try await database.answer(StateQuestions.runs(of: target, limit: limit))
    }

    /// What the steps of a run said, oldest first; only one asset's when named.
    public func log(of run: RunID, asset: AssetName?) async throws(PortFailure) -> [LogLine] {
        try await database.answer(StateQuestions.log(of: run, asset: asset))
    }

    /// For each slice of these assets, the newest step that ended or waits, newest first; rehearsals do not count.
    public func newestSteps(of assets: [AssetName]) async throws(PortFailure) -> [StepMemory] {
        try await database.answer(StateQuestions.newestSteps(of: assets))
    }

    /// How long the newest steps of these assets took that went well, in seconds, at most `limit` of each.
    public func durations(
        of assets: [AssetName], limit: Int
    ) async throws(PortFailure) -> [AssetName: [Double]] {
        try await database.answer(StateQuestions.durations(of: assets, limit: limit))
    }

    /// When each promise was first seen.
    public func promisesSeen() async throws(PortFailure) -> [PromiseID: Instant] {
        try await database.answer(StateQuestions.promisesSeen())
    }

    /// The refreshes intended for a consumer, newest first, one for each key, with whether and how it ended.
    public func refreshes(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [RefreshMemory] {
        try await database.answer(StateQuestions.refreshes(of: consumer, limit: limit))
    }

    /// Approvals that wait for an answer, then those answered, each newest first.
    public func approvals(limit: Int) async throws(PortFailure) -> [ApprovalMemory] {
        try await database.answer(StateQuestions.approvals(limit: limit))
    }

    /// When manual work of a slice was last said to be done; nil: never.
    public func manualDone(_ asset: AssetName, interval: String?) async throws(PortFailure) -> Instant? {
        try await database.answer(StateQuestions.manualDone(asset, interval: interval))
    }

    /// The acceptances of an asset's checks, oldest first.
    public func acceptances(of asset: AssetName) async throws(PortFailure) -> [CheckAcceptance] {
        try await database.answer(StateQuestions.acceptances(of: asset))
    }

    /// Whether an effect was made: intended, ended, and ended well.
    public func isMade(_ key: String, of asset: AssetName) async throws(PortFailure) -> Bool {
        try await database.answer(StateQuestions.isMade(key, of: asset))
    }

    /// Effects that were intended and whose end is not known, oldest first.
    public func openEffects(of asset: AssetName) async throws(PortFailure) -> [EffectMark] {
        try await database.answer(StateQuestions.openEffects(of: asset))
    }

    /// The waivers of a promise's occurrences, by the last interval that these owe; one that is given again keeps the
    /// time of the first.
    public func waivers(of promise: PromiseID) async throws(PortFailure) -> [String: Waiver] {
        try await database.answer(StateQuestions.waivers(of: promise))
    }

    /// The incidents that are open, and those that ended since an instant, oldest first.
    public func incidents(endedSince instant: Instant) async throws(PortFailure) -> [Incident] {
        try await database.answer(IncidentQuestions.incidents(endedSince: instant))
    }

    /// An incident; nil if there is none with this id.
    public func incident(_ id: IncidentID) async throws(PortFailure) -> Incident? {
        try await database.answer(IncidentQuestions.incident(id))
    }

    /// The messages that are due and that nobody is sending, oldest first.
    public func messages(dueAt now: Instant, limit: Int) async throws(PortFailure) -> [MessageMemory] {
        try await database.answer(IncidentQuestions.messages(dueAt: now, limit: limit))
    }

    /// The messages about an incident, oldest first.
    public func messages(about incident: IncidentID) async throws(PortFailure) -> [MessageMemory] {
        try await database.answer(IncidentQuestions.messages(about: incident))
    }

    /// The newest answers of a gate, newest first.
    public func gateAnswers(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [GateMemory] {
        try await database.answer(StateQuestions.gateAnswers(of: consumer, limit: limit))
    }

    /// The last answer of a gate before an instant; nil: there was none.
    public func gateAnswer(of consumer: ConsumerID, before instant: Instant) async throws(PortFailure)
        -> GateMemory?
    {
        try await database.answer(StateQuestions.gateAnswer(of: consumer, before: instant))
    }

    /// Adds to how often gates gave an answer within a second, in one transaction.
    public func tally(_ answers: [GateTally]) async throws(PortFailure) {
        guard !answers.isEmpty else { return }
        try await database.change(answers.map(ReportQuestions.tally))
    }

    /// How often gates gave an answer in the seconds of `[from, to)`, oldest first.
    public func tallies(from: Instant, to: Instant) async throws(PortFailure) -> [GateTally] {
        try await database.answer(ReportQuestions.tallies(from: from, to: to))
    }

    /// The facts of some kinds that were recorded in `[from, to)`, oldest first.
    public func facts(
        of kinds: [Fact.Kind], from: Instant, to: Instant
    ) async throws(PortFailure) -> [FactMemory] {
        guard !kinds.isEmpty else { return [] }
        return try await database.answer(ReportQuestions.facts(of: kinds, from: from, to: to))
    }

    /// The runs that were begun in `[from, to)`, oldest first, without their steps.
    public func runs(from: Instant, to: Instant) async throws(PortFailure) -> [RunRecord] {
        try await database.answer(ReportQuestions.runs(from: from, to: to))
    }

    /// The judged occurrences with a deadline in `[from, to)`, oldest first.
    public func occurrences(from: Instant, to: Instant) async throws(PortFailure) -> [OccurrenceRecord] {
        try await database.answer(ReportQuestions.occurrences(from: from, to: to))
    }

    /// The judged occurrences whose outcome may still change, oldest first.
    public func openOccurrences() async throws(PortFailure) -> [OccurrenceRecord] {
        try await database.answer(ReportQuestions.openOccurrences())
    }

    /// The newest deadline of each promise that was judged.
    public func newestJudged() async throws(PortFailure) -> [PromiseID: Instant] {
        try await database.answer(ReportQuestions.newestJudged())
    }

    /// The refreshes that ended well since an instant, oldest first.
    public func showings(since instant: Instant) async throws(PortFailure) -> [RefreshMemory] {
        try await database.answer(ReportQuestions.showings(since: instant))
    }

    /// The silences that have not ended at an instant, oldest first.
    public func silences(at now: Instant) async throws(PortFailure) -> [Silence] {
        try await database.answer(IncidentQuestions.silences(at: now))
    }

    /// When each start of a promise came due last.
    public func startsFired() async throws(PortFailure) -> [PromiseID: [String: Instant]] {
        try await database.answer(StateQuestions.startsFired())
    }

    /// Those to whom a message failed that is tried again later.
    public func recipientsResting(at now: Instant) async throws(PortFailure) -> Set<AlertRecipient> {
        try await database.answer(IncidentQuestions.recipientsResting(at: now))
    }

    /// Notes that a service is alive, and says when one was alive before; nil: there was none.
    public func beat(at now: Instant) async throws(PortFailure) -> Instant? {
        let before = try await database.answer(StateQuestions.beat())
        try await database.change([StateQuestions.beating(at: now)])
        return before
    }

    /// How many messages wait to be sent.
    public func backlog() async throws(PortFailure) -> Int {
        try await database.answer(IncidentQuestions.backlog())
    }
}
