/// How an occurrence of a promise ended, or stands after its deadline, as it was judged from what was recorded.
public struct OccurrenceRecord: Hashable, Codable, Sendable {
    /// The promise.
    public var promise: PromiseID
    /// The nominal deadline.
    public var deadline: Instant
    /// The last interval that it owes, as on the command line; nil when it owes whole tables only.
    public var through: String?
    /// How it ended; `late` and `unknown` may still change while it is open.
    public var outcome: PromiseView.Outcome
    /// Whether nothing can change the outcome any more.
    public var isFinal: Bool
    /// When the last of the sources that it is made from was there; nil: not yet.
    public var landedAt: Instant?
    /// When all that it owes was certified; nil: not yet.
    public var completeAt: Instant?
    /// When each consumer showed it too; nil: not yet.
    public var shownAt: Instant?
    /// When its outcome was found out, which is later than the deadline where nothing ran then.
    public var detectedAt: Instant
    /// When a certificate that it rests on was withdrawn after the judgement; the outcome stays.
    public var restatedAt: Instant?
    /// Why, where a person or a failure says so.
    public var reason: String?

    /// A judgement.
    public init(
        promise: PromiseID, deadline: Instant, through: String?, outcome: PromiseView.Outcome, isFinal: Bool,
        detectedAt: Instant
    ) {
        self.promise = promise
        self.deadline = deadline
        self.through = through
        self.outcome = outcome
        self.isFinal = isFinal
        self.detectedAt = detectedAt
    }

    /// What tells it apart.
    public var key: Occurrence.Key { Occurrence.Key(promise: promise, deadline: deadline) }

    /// Seconds between its consumers showing it and the deadline, negative after it; nil: they never did.
    public var marginSeconds: Double? {
        shownAt.map { Double(deadline.milliseconds(since: $0)) / 1000 }
    }

    /// Whether it counts as kept.
    public var isKept: Bool { outcome == .kept || outcome == .keptWithWarnings }
}
