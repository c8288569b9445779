/// How a step builds an asset for one interval.
public struct Build: Hashable, Sendable {
    /// What it does.
    public let work: Work
    /// How the result gets into the table; meaningful for `sql`, `choose` and `load`.
    public var write: WriteMode
    /// The step's statement timeout.
    public var timeout: Period?
    /// How failures that can pass by themselves are tried again, if that is declared.
    public var retries: RetryPolicy?
    /// How its effect is taken back.
    public var undo: Undo?
    /// Whether an unknown end may simply be tried again.
    public var idempotent = false
    /// A command that decides after an unknown end: exit 0 = done, 1 = not done.
    public var verify: [String]?

    /// How failures that can pass by themselves are tried again: as declared, else shortly where the effect is ours to
    /// roll back, and never where another program made it.
    public var retryPolicy: RetryPolicy {
        if let retries { return retries }
        return switch work {
        case .sql, .load, .choose: .standard
        case .command, .http, .manual: .none
        }
    }

    /// A build that writes in a mode.
    public init(_ work: Work, write: WriteMode) {
        self.work = work
        self.write = write
    }

    /// What a step does.
    public enum Work: Hashable, Sendable {
        /// Runs SQL in the warehouse.
        case sql(SQLText)
        /// Runs a program, without a shell.
        case command([String])
        /// Loads a file.
        case load(LoadFile)
        /// Commands another system.
        case http(HTTPJob)
        /// Asks a person.
        case manual(ManualWork)
        /// Runs the first SQL whose condition holds.
        case choose([Choice])
    }

    /// A SQL text, from a declaration or a file.
    public struct SQLText: Hashable, Sendable {
        /// The text.
        public let text: String
        /// The file it came from, relative to the project; nil when written in place.
        public let file: String?
        /// The text, and where from.
        public init(_ text: String, file: String? = nil) {
            self.text = text
            self.file = file
        }
    }

    /// A way to take an effect back.
    public enum Undo: Hashable, Sendable {
        /// SQL, with the interval's parameters.
        case sql(SQLText)
        /// A program.
        case command([String])
    }

    /// One arm of `choose`.
    public struct Choice: Hashable, Sendable {
        /// A metric of another table and what it must be; nil: otherwise.
        public let condition: ChoiceCondition?
        /// The SQL of this arm.
        public let sql: SQLText
        /// An arm.
        public init(when condition: ChoiceCondition?, sql: SQLText) {
            self.condition = condition
            self.sql = sql
        }
    }

    /// `rows raw.orders > 5000000`: a metric of a table, over my interval if it has one.
    public struct ChoiceCondition: Hashable, Sendable {
        /// The text as written.
        public let text: String
        /// What is measured.
        public let metric: Metric
        /// Of which table.
        public let table: AssetName
        /// What it must be.
        public let comparison: Comparison
        /// A condition.
        public init(text: String, metric: Metric, table: AssetName, comparison: Comparison) {
            self.text = text
            self.metric = metric
            self.table = table
            self.comparison = comparison
        }
    }
}

/// How a build's result gets into the table.
public enum WriteMode: Hashable, Sendable {
    /// DELETE of the interval's rows, then INSERT.
    case replaceInterval
    /// DELETE of all rows, then INSERT.
    case replaceTable
    /// INSERT only.
    case append
    /// INSERT, updating rows with the same key.
    case merge(on: [String])
    /// A view of the SELECT.
    case view
    /// The statements do everything themselves.
    case script
}

/// How failures that can pass by themselves are tried again.
public struct RetryPolicy: Hashable, Sendable {
    /// Tries after the first.
    public var times: Int
    /// The wait before the first of them.
    public var wait: Period
    /// The factor between waits.
    public var backoff: Double
    /// The longest wait.
    public var atMost: Period
    /// The share of a wait that is random, 0 to 1.
    public var jitter: Double

    /// A policy; `times` are tries after the first.
    public init(
        times: Int, wait: Period = Period(30, .second), backoff: Double = 2,
        atMost: Period = Period(10, .minute), jitter: Double = 0.2
    ) {
        self.times = times
        self.wait = wait
        self.backoff = backoff
        self.atMost = atMost
        self.jitter = jitter
    }

    /// Seconds from the end of a try, counted from 1, to the next, jitter left aside.
    public func seconds(after attempt: Int) -> Double {
        var seconds = Double(wait.seconds)
        for _ in 1..<max(1, attempt) { seconds = min(seconds * backoff, Double(atMost.seconds)) }
        return seconds
    }

    /// Never again.
    public static let none = RetryPolicy(times: 0)

    /// What steps in the warehouse have without a declaration: three more tries within a quarter of a minute, enough
    /// for a lock that another holds or a connection that was cut.
    public static let standard = RetryPolicy(times: 3, wait: Period(2, .second))
}

/// A file that a step loads.
public struct LoadFile: Hashable, Sendable {
    /// The path relative to the project, which may hold `{{interval}}`.
    public let path: String
    /// The byte between fields.
    public var delimiter: Character
    /// An unquoted text that means NULL beside the empty one.
    public var null: String?

    /// A CSV file.
    public init(path: String, delimiter: Character = ",", null: String? = nil) {
        self.path = path
        self.delimiter = delimiter
        self.null = null
    }
}

/// Work that a person does.
public struct ManualWork: Hashable, Sendable {
    /// What is asked.
    public let ask: String
    /// Of whom.
    public let by: OwnerID
    /// For how long it is waited.
    public let within: Period?

    /// Work asked of a person.
    public init(ask: String, by: OwnerID, within: Period?) {
        self.ask = ask
        self.by = by
        self.within = within
    }
}
