public import SuretyCore

/// Remembers facts, and what follows from them.
public protocol StateStore: Sendable {
    /// Appends facts and updates what follows from them, in one transaction.
    func record(_ facts: [Fact], at now: Instant) async throws(PortFailure)

    /// A run; nil if there is none with this id.
    func run(_ id: RunID) async throws(PortFailure) -> RunRecord?
    /// The newest runs first; only those of a promise or asset when named.
    func runs(of target: String?, limit: Int) async throws(PortFailure) -> [RunRecord]
    /// The runs that were begun and have not ended, oldest first.
    func openRuns() async throws(PortFailure) -> [RunRecord]
    /// What the steps of a run said, oldest first; only one asset's when named.
    func log(of run: RunID, asset: AssetName?) async throws(PortFailure) -> [LogLine]
    /// For each slice of these assets, the newest step that ended or waits, newest first; none for a slice whose newest
    /// step was certified, of which the certificate tells all.
    func newestSteps(of assets: [AssetName]) async throws(PortFailure) -> [StepMemory]
    /// How long the newest steps of these assets took that went well, in seconds, at most `limit` of each.
    func durations(of assets: [AssetName], limit: Int) async throws(PortFailure) -> [AssetName: [Double]]
    /// When each promise was first seen.
    func promisesSeen() async throws(PortFailure) -> [PromiseID: Instant]
    /// The refreshes intended for a consumer, newest first, each with whether and how it ended.
    func refreshes(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [RefreshMemory]
    /// Approvals that were asked for and not yet answered, and those answered, newest first.
    func approvals(limit: Int) async throws(PortFailure) -> [ApprovalMemory]
    /// When manual work of a slice was last said to be done; nil: never.
    func manualDone(_ asset: AssetName, interval: String?) async throws(PortFailure) -> Instant?
    /// The acceptances of an asset's checks, oldest first.
    func acceptances(of asset: AssetName) async throws(PortFailure) -> [CheckAcceptance]
    /// Whether an effect was made: intended, ended, and ended well.
    func isMade(_ key: String, of asset: AssetName) async throws(PortFailure) -> Bool
    /// Effects that were intended and whose end is not known.
    func openEffects(of asset: AssetName) async throws(PortFailure) -> [EffectMark]
    /// The waivers of a promise's occurrences, by the last interval that these owe; one that is given again keeps the
    /// time of the first.
    func waivers(of promise: PromiseID) async throws(PortFailure) -> [String: Waiver]
    /// The incidents that are open, and those that ended since an instant, oldest first.
    func incidents(endedSince: Instant) async throws(PortFailure) -> [Incident]
    /// An incident; nil if there is none with this id.
    func incident(_ id: IncidentID) async throws(PortFailure) -> Incident?
    /// The messages that are due and that nobody is sending, oldest first.
    func messages(dueAt now: Instant, limit: Int) async throws(PortFailure) -> [MessageMemory]
    /// The messages about an incident, oldest first.
    func messages(about incident: IncidentID) async throws(PortFailure) -> [MessageMemory]
    /// The newest answers of a gate.
    func gateAnswers(of consumer: ConsumerID, limit: Int) async throws(PortFailure) -> [GateMemory]
    /// The last answer of a gate before an instant; nil: there was none.
    func gateAnswer(of consumer: ConsumerID, before instant: Instant) async throws(PortFailure) -> GateMemory?

    /// Adds to how often gates gave an answer within a second.
    func tally(_ answers: [GateTally]) async throws(PortFailure)
    /// How often gates gave an answer in the seconds of `[from, to)`, oldest first.
    func tallies(from: Instant, to: Instant) async throws(PortFailure) -> [GateTally]
    /// The facts of some kinds that were recorded in `[from, to)`, oldest first.
    func facts(of kinds: [Fact.Kind], from: Instant, to: Instant) async throws(PortFailure) -> [FactMemory]
    /// The runs that were begun in `[from, to)`, oldest first, without their steps.
    func runs(from: Instant, to: Instant) async throws(PortFailure) -> [RunRecord]
    /// The judged occurrences with a deadline in `[from, to)`, oldest first.
    func occurrences(from: Instant, to: Instant) async throws(PortFailure) -> [OccurrenceRecord]
    /// The judged occurrences whose outcome may still change, oldest first.
    func openOccurrences() async throws(PortFailure) -> [OccurrenceRecord]
    /// The newest deadline of each promise that was judged.
    func newestJudged() async throws(PortFailure) -> [PromiseID: Instant]
    /// The refreshes that ended well since an instant, oldest first.
    func showings(since instant: Instant) async throws(PortFailure) -> [RefreshMemory]
    /// The silences that have not ended at an instant, oldest first.
    func silences(at now: Instant) async throws(PortFailure) -> [Silence]
    /// When each start of a promise came due last.
    func startsFired() async throws(PortFailure) -> [PromiseID: [String: Instant]]
    /// Those to whom a message failed that is tried again later.
    func recipientsResting(at now: Instant) async throws(PortFailure) -> Set<AlertRecipient>
    /// Notes that a service is alive, and says when one was alive before; nil: there was none.
    func beat(at now: Instant) async throws(PortFailure) -> Instant?
    /// How many messages wait to be sent.
    func backlog() async throws(PortFailure) -> Int
}

/// A line that a step said.
public struct LogLine: Hashable, Sendable {
    /// When.
    public var at: Instant
    /// The asset.
    public var asset: AssetName
    /// The interval.
    public var interval: String?
    /// What.
    public var text: String
    /// A line.
    public init(at: Instant, asset: AssetName, interval: String?, text: String) {
        self.at = at
        self.asset = asset
        self.interval = interval
        self.text = text
    }
}

/// A step and the run that it belongs to.
public struct StepMemory: Hashable, Sendable {
    /// The run.
    public var run: RunID
    /// The step.
    public var step: StepRecord
    /// When the fact was recorded.
    public var at: Instant
    /// A memory.
    public init(run: RunID, step: StepRecord, at: Instant) {
        self.run = run
        self.step = step
        self.at = at
    }
}

/// A refresh and how it ended.
public struct RefreshMemory: Hashable, Sendable {
    /// The refresh.
    public var mark: RefreshMark
    /// When it was intended.
    public var intendedAt: Instant
    /// When it ended; nil: not known.
    public var endedAt: Instant?
    /// Why it failed; nil: it went well, or has not ended.
    public var failure: String?
    /// Whether it ended well.
    public var wentWell: Bool { endedAt != nil && failure == nil }
    /// A memory.
    public init(mark: RefreshMark, intendedAt: Instant, endedAt: Instant?, failure: String?) {
        self.mark = mark
        self.intendedAt = intendedAt
        self.endedAt = endedAt
        self.failure = failure
    }
}

/// An approval and its answer.
public struct ApprovalMemory: Hashable, Sendable {
    /// What was asked.
    public var request: ApprovalRequest
    /// The answer; nil: none yet.
    public var approved: Bool?
    /// Who answered.
    public var by: String?
    /// Why.
    public var reason: String?
    /// When.
    public var answeredAt: Instant?
    /// A memory.
    public init(
        request: ApprovalRequest, approved: Bool?, by: String?, reason: String?, answeredAt: Instant?
    ) {
        self.request = request
        self.approved = approved
        self.by = by
        self.reason = reason
        self.answeredAt = answeredAt
    }
}

/// An answer of a gate, and when.
public struct GateMemory: Hashable, Sendable {
    /// When.
    public var at: Instant
    /// What.
    public var answer: GateAnswer
    /// A memory.
    public init(at: Instant, answer: GateAnswer) {
        self.at = at
        self.answer = answer
    }
}
