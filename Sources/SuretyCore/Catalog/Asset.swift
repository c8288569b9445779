/// A table or view in a warehouse: built by a step, or a source that is only watched.
public struct Asset: Hashable, Sendable {
    /// Its name, `schema.table`.
    public var name: AssetName
    /// Where it is declared.
    public let location: SourceLocation
    /// The person who owns recovery; nil: the owner of the promise concerned.
    public var owner: OwnerID?
    /// How its rows fall into intervals; nil: the whole table each time.
    public var interval: IntervalRule?
    /// How it comes to be.
    public var origin: Origin = .source(SourceWatch())
    /// The assets that it is made from.
    public var needs: [Need] = []
    /// The columns that name a row in samples and fingerprints.
    public var key: [String] = []
    /// Columns whose values are never shown.
    public var privateColumns: [String] = []
    /// The first interval that exists; earlier ones are neither asked for nor needed.
    public var since: CivilDate?
    /// When an interval without rows may certify.
    public var empty: EmptyRule = .refused
    /// Whether a trigger notes every other writer.
    public var guardedByTrigger = false
    /// What happens when rows arrive for certified intervals.
    public var lateRows: LateRows = .tell
    /// Values for `:name` in SQL.
    public var params: [String: SQLValue] = [:]
    /// Whether checks run before or after the step's commit; nil: before for `sql` and `load`, after otherwise.
    public var audit: AuditTime?
    /// How readers come to see certified rows.
    public var publish: Publication = .inPlace
    /// Who must approve, and when.
    public var approval: Approval?
    /// Who may backfill, how far back, and what to know.
    public var backfill: BackfillPolicy?
    /// How long its checks may take in all.
    public var budget: Period?
    /// Free labels.
    public var tags: [String] = []
    /// The pool that its steps and checks use.
    public var pool: PoolID?
    /// What a person does to recover.
    public var recovery: [String] = []
    /// Checks that are waited for.
    public var ready: [Check] = []
    /// Checks that block.
    public var stop: [Check] = []
    /// Checks that are told.
    public var warn: [Check] = []

    /// A source with defaults for all the rest.
    public init(name: AssetName, location: SourceLocation) {
        self.name = name
        self.location = location
    }

    /// How an asset comes to be.
    public enum Origin: Hashable, Sendable {
        /// Someone else loads it; it is only watched.
        case source(SourceWatch)
        /// A step builds it.
        case built(Build)
    }

    /// The build, unless it is a source.
    public var build: Build? {
        switch origin {
        case .source: nil
        case .built(let build): build
        }
    }

    /// When the checks of its steps run.
    public var auditTime: AuditTime {
        if let audit { return audit }
        switch build?.work {
        case .sql, .load, .choose: return .beforeCommit
        case .command, .http, .manual, nil: return .afterCommit
        }
    }
}

/// How rows fall into intervals: `day of invoice_date on business in Europe/London`.
public struct IntervalRule: Hashable, Sendable {
    /// Which intervals there are.
    public let cadence: Cadence
    /// The column that says to which one a row belongs.
    public let column: String

    /// Intervals of a cadence by a column.
    public init(cadence: Cadence, column: String) {
        self.cadence = cadence
        self.column = column
    }
}

/// How a source is watched.
public struct SourceWatch: Hashable, Sendable {
    /// When its rows are expected, `05:00 on business`.
    public var expectedBy: DeadlineRule?
    /// How often readiness is asked for again.
    public var poll: Period

    /// A source that is asked again each `poll`.
    public init(expectedBy: DeadlineRule? = nil, poll: Period = Period(1, .minute)) {
        self.expectedBy = expectedBy
        self.poll = poll
    }
}

/// When an interval without rows may certify.
public enum EmptyRule: Hashable, Sendable {
    /// Never.
    case refused
    /// Always.
    case allowed
    /// When the interval's first day is one of these.
    case allowedOn(DaySet)
    /// Unless the interval's first day is one of these.
    case allowedExceptOn(DaySet)
}

/// What happens when rows arrive for certified intervals of a source.
public enum LateRows: Hashable, Sendable {
    /// The owner is told.
    case tell
    /// Intervals that ended within the period are rebuilt.
    case rebuild(within: Period)
    /// Nothing.
    case ignore
}

/// When a step's checks run.
public enum AuditTime: String, Hashable, Codable, Sendable {
    /// Inside the step's transaction.
    case beforeCommit = "before commit"
    /// After its effect is there.
    case afterCommit = "after commit"
}

/// How readers come to see certified rows.
public enum Publication: Hashable, Sendable {
    /// In the table itself.
    case inPlace
    /// Through the view `certified.<name>`, re-pointed to a table built beside it.
    case view(as: String?)
    /// Through the view `certified.<name>`, which shows certified intervals only.
    case certifiedIntervals(as: String?)
}

/// A person's yes that a step waits for.
public struct Approval: Hashable, Sendable {
    /// The point before which it is asked for.
    public enum Point: String, Hashable, Codable, Sendable {
        /// Before the step starts.
        case start
        /// Before its result is published.
        case publish
    }

    /// Who may give it.
    public let by: [OwnerID]
    /// What it is given for.
    public let before: Point
    /// How long it is waited for.
    public let within: Period?

    /// An approval by certain people before a point.
    public init(by: [OwnerID], before: Point, within: Period?) {
        self.by = by
        self.before = before
        self.within = within
    }
}

/// Who may backfill, how far back, and what to know before doing so.
public struct BackfillPolicy: Hashable, Sendable {
    /// How far back.
    public let upTo: Period?
    /// Who may; empty: anyone.
    public let by: [OwnerID]
    /// What to know, shown in the preview.
    public let note: String?

    /// A policy; nil and empty allow all.
    public init(upTo: Period?, by: [OwnerID], note: String?) {
        self.upTo = upTo
        self.by = by
        self.note = note
    }
}
