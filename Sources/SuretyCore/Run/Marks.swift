/// One refresh of a consumer for one set of certificates; `key` makes it happen once.
public struct RefreshMark: Hashable, Codable, Sendable {
    /// Who is refreshed.
    public var consumer: ConsumerID
    /// The intervals that became certified, as on the command line.
    public var intervals: [String]
    /// The idempotency key: a hash of the consumer and the certificates.
    public var key: String
    /// The certificates.
    public var certificates: [CertificateID]

    /// A refresh.
    public init(consumer: ConsumerID, intervals: [String], key: String, certificates: [CertificateID] = []) {
        self.consumer = consumer
        self.intervals = intervals
        self.key = key
        self.certificates = certificates
    }
}

/// A step that waits for a person's yes.
public struct ApprovalRequest: Hashable, Codable, Sendable {
    /// Its id, for `approve` and `reject`.
    public var id: String
    /// The run.
    public var run: RunID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line.
    public var interval: String?
    /// The definition that is approved; another needs another yes.
    public var definition: DefinitionHash
    /// Who may answer.
    public var by: [OwnerID]
    /// When it was asked.
    public var askedAt: Instant
    /// Until when it may be answered; nil: at any time.
    public var expiresAt: Instant?

    /// A request.
    public init(
        id: String, run: RunID, asset: AssetName, interval: String?, definition: DefinitionHash,
        by: [OwnerID], askedAt: Instant, expiresAt: Instant?
    ) {
        self.id = id
        self.run = run
        self.asset = asset
        self.interval = interval
        self.definition = definition
        self.by = by
        self.askedAt = askedAt
        self.expiresAt = expiresAt
    }
}

/// A failing check that a person takes as it is.
public struct CheckAcceptance: Hashable, Codable, Sendable {
    /// The check's id.
    public var check: CheckID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line; nil: the whole table.
    public var interval: String?
    /// Why.
    public var reason: String
    /// The last day on which it counts; nil: for good.
    public var until: CivilDate?
    /// Who.
    public var by: String
    /// The columns that become what `columns unchanged` compares with; nil for other checks.
    public var baseline: Baseline?

    /// Columns as they were taken.
    public struct Baseline: Hashable, Codable, Sendable {
        /// The columns in order.
        public let columns: [ColumnInfo]
        /// When they were.
        public let at: Instant
        /// The table's number then; nil where tables are known by name alone.
        public let number: Int64?

        /// Columns at an instant.
        public init(columns: [ColumnInfo], at: Instant, number: Int64? = nil) {
            self.columns = columns
            self.at = at
            self.number = number
        }
    }

    /// An acceptance.
    public init(
        check: CheckID, asset: AssetName, interval: String?, reason: String, until: CivilDate?, by: String
    ) {
        self.check = check
        self.asset = asset
        self.interval = interval
        self.reason = reason
        self.until = until
        self.by = by
    }
}

/// A step whose effect is outside the warehouse's transaction.
public struct EffectMark: Hashable, Codable, Sendable {
    /// The run.
    public var run: RunID
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line.
    public var interval: String?
    /// The idempotency key that it was handed.
    public var key: String
    /// The process that makes it.
    public var holder: String
    /// When it was intended.
    public var intendedAt: Instant

    /// A mark.
    public init(
        run: RunID, asset: AssetName, interval: String?, key: String, holder: String, intendedAt: Instant
    ) {
        self.run = run
        self.asset = asset
        self.interval = interval
        self.key = key
        self.holder = holder
        self.intendedAt = intendedAt
    }
}

/// The report of one week on its way to one recipient.
public struct ReportMark: Hashable, Codable, Sendable {
    /// The week, `2026-W47`.
    public var week: String
    /// The owner or channel that it goes to.
    public var recipient: String

    /// A report for somebody.
    public init(week: String, recipient: String) {
        self.week = week
        self.recipient = recipient
    }
}

/// A start of a promise that came due, and what became of it.
public struct StartFiring: Hashable, Codable, Sendable {
    /// What became of it.
    public enum End: Hashable, Codable, Sendable {
        /// A run began.
        case began(RunID)
        /// Nothing was owed and not certified.
        case nothingOwed
        /// A run of the promise was under way, and the promise does not start another beside it.
        case skipped
        /// The service was down then, and it is not made up for.
        case missed
    }

    /// The promise.
    public var promise: PromiseID
    /// The start as declared: `at 05:30 on business`.
    public var start: String
    /// When it came due.
    public var dueAt: Instant
    /// What became of it.
    public var end: End

    /// A start that came due.
    public init(promise: PromiseID, start: String, dueAt: Instant, end: End) {
        self.promise = promise
        self.start = start
        self.dueAt = dueAt
        self.end = end
    }
}

/// How often a gate gave one answer within a second.
public struct GateTally: Hashable, Codable, Sendable {
    /// Who asked.
    public var consumer: ConsumerID
    /// Whether it was told to go on.
    public var isOpen: Bool
    /// The second in which it was asked.
    public var second: Instant
    /// How often.
    public var count: Int

    /// Answers within the second of an instant.
    public init(consumer: ConsumerID, isOpen: Bool, at instant: Instant, count: Int) {
        self.consumer = consumer
        self.isOpen = isOpen
        self.second = Instant(seconds: instant.milliseconds.floored(by: 1000).quotient)
        self.count = count
    }
}
