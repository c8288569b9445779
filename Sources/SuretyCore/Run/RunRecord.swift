/// A run as it is remembered: a promise or asset × a set of intervals, and what became of each step.
public struct RunRecord: Hashable, Codable, Sendable {
    /// Its id.
    public var id: RunID
    /// The promise's id or the asset's name.
    public var target: String
    /// The intervals asked for, as on the command line.
    public var intervals: [String]
    /// What began it: `person`, `schedule`, `backfill`, …
    public var trigger: String
    /// The hash of the text of the declarations that it is pinned to.
    public var definition: String
    /// The process that runs it; nil where that was not noted.
    public var holder: String?
    /// Where it is.
    public var state: RunState
    /// When it began.
    public var startedAt: Instant
    /// When it ended, or was found to have been killed; nil while it runs.
    public var endedAt: Instant?
    /// Its steps, in the order of the plan.
    public var steps: [StepRecord]

    /// A run that begins.
    public init(
        id: RunID, target: String, intervals: [String], trigger: String, definition: String,
        holder: String? = nil, startedAt: Instant, steps: [StepRecord]
    ) {
        self.id = id
        self.target = target
        self.intervals = intervals
        self.trigger = trigger
        self.definition = definition
        self.holder = holder
        self.state = .running
        self.startedAt = startedAt
        self.endedAt = nil
        self.steps = steps
    }
}

/// One step of a run as it is remembered.
public struct StepRecord: Hashable, Codable, Sendable {
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line; nil for the whole table.
    public var interval: String?
    /// What kind of work it is.
    public var kind: StepKind
    /// Where it is.
    public var state: StepState
    /// Tries so far.
    public var attempts: Int
    /// Why it is not certified, at the root.
    public var cause: Cause?
    /// The chain from this step to the root, nearest first, each `asset interval`.
    public var chain: [String]
    /// Rows written or looked at.
    public var rows: Int64?
    /// What the checks found out.
    public var checks: [CheckResult]
    /// When it began.
    public var startedAt: Instant?
    /// When it ended.
    public var endedAt: Instant?
    /// Whether it was kept as it is, nothing having been done.
    public var kept: Bool
    /// Whether the run's outcome depends on it; a candidate of a `latest` need is only tried.
    public var isRequired: Bool

    /// A step that has not begun.
    public init(asset: AssetName, interval: String?, kind: StepKind) {
        self.asset = asset
        self.interval = interval
        self.kind = kind
        self.state = .pending
        self.attempts = 0
        self.cause = nil
        self.chain = []
        self.rows = nil
        self.checks = []
        self.startedAt = nil
        self.endedAt = nil
        self.kept = false
        self.isRequired = true
    }
}
