/// One root cause over time, and what was done about it.
public struct Incident: Hashable, Codable, Sendable {
    /// Where it is in its life.
    public enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        /// It is told.
        case firing
        /// A person has it in hand.
        case acknowledged
        /// What is at its root is being run again.
        case recovering
        /// It is over.
        case resolved

        /// Whether it is over.
        public var isOpen: Bool { self != .resolved }
    }

    /// Its id, `inc_` and letters and digits.
    public let id: IncidentID
    /// What it is about: the root as far up as it was found.
    public var root: IncidentRoot
    /// Where it is in its life.
    public var status: Status
    /// How bad it is, or was at its worst since it opened.
    public var severity: Severity
    /// What happened at the root, as it was seen last.
    public var cause: Cause
    /// The intervals at the root, ascending, as on the command line.
    public var intervals: [String]
    /// What it holds up, each `asset interval`.
    public var affects: [String]
    /// The promises concerned, those that matter most first.
    public var promises: [PromiseID]
    /// The consumers concerned.
    public var consumers: [ConsumerID]
    /// Whether it is only recorded, and nobody is disturbed: only experiments, or intervals that nobody owes, are concerned.
    public var isExperiment: Bool
    /// Which deadlines have passed because of it, each `promise instant`; nil where an earlier version wrote it down.
    public var overdue: Set<String>?
    /// What it was when it was last told, to see whether it has grown; nil where an earlier version told of it.
    public var told: Told?

    /// What was told of how far an incident reaches.
    public struct Told: Hashable, Codable, Sendable {
        let intervals: [String]
        let promises: [PromiseID]
    }
    /// When it opened.
    public let openedAt: Instant
    /// When what is wrong went wrong, as far as that is known.
    public var faultAt: Instant?
    /// When it was last told of.
    public var toldAt: Instant?
    /// When it ended.
    public var resolvedAt: Instant?
    /// When it was opened again after it had ended, oldest first.
    public var reopenings: [Instant]
    /// Who has it in hand, and since when.
    public var acknowledgement: Acknowledgement?
    /// How many times it changed, from 1.
    public var sequence: Int

    /// A person's word that they have it in hand.
    public struct Acknowledgement: Hashable, Codable, Sendable {
        /// Who.
        public let by: String
        /// When.
        public let at: Instant
        /// What they say of the alert, if anything.
        public let rating: Rating?

        /// A word.
        public init(by: String, at: Instant, rating: Rating?) {
            self.by = by
            self.at = at
            self.rating = rating
        }
    }

    /// Whether an alert was worth sending.
    public enum Rating: String, Hashable, Codable, Sendable, CaseIterable {
        /// It was not.
        case noise
        /// Somebody acted on it.
        case acted
    }

    /// An incident that opens.
    public init(id: IncidentID, trouble: Trouble, at now: Instant) {
        self.id = id
        self.root = trouble.root
        self.status = .firing
        self.severity = trouble.severity
        self.cause = trouble.cause
        self.intervals = trouble.intervals
        self.affects = trouble.affects
        self.promises = trouble.promises
        self.consumers = trouble.consumers
        self.isExperiment = trouble.isExperiment
        self.overdue = trouble.overdue
        self.openedAt = now
        self.faultAt = trouble.faultAt
        self.toldAt = nil
        self.resolvedAt = nil
        self.reopenings = []
        self.acknowledgement = nil
        self.sequence = 1
    }

    /// Notes that what it is now is told.
    mutating func tell(at now: Instant) {
        toldAt = now
        told = Told(intervals: intervals, promises: promises)
    }

    /// Whether a deadline has passed because of it.
    public var isOverdue: Bool { overdue.map { !$0.isEmpty } ?? false }

    /// Whether it reaches further than was told.
    var hasGrown: Bool { told.map { $0 != Told(intervals: intervals, promises: promises) } ?? false }

    /// Whether it was opened again so often within a day that it is only said once more.
    public func isFlapping(at now: Instant) -> Bool {
        reopenings.count { now.milliseconds(since: $0) < 86_400_000 } >= 3
    }
}
