/// One root cause as it is seen at an instant, with everything that it affects.
public struct Trouble: Hashable, Sendable {
    /// What happened at the root, as it was seen for its last interval.
    public var cause: Cause
    /// The intervals at the root, ascending, as on the command line; none for a whole table.
    public var intervals: [String]
    /// What it holds up, the root included, each `asset interval`, in order.
    public var affects: [String]
    /// The promises that it keeps from being kept, those that matter most first.
    public var promises: [PromiseID]
    /// The consumers that may not refresh, in order.
    public var consumers: [ConsumerID]
    /// How bad it is now.
    public var severity: Severity
    /// Whether it is only recorded, and nobody is disturbed: only experiments, or intervals that nobody owes, are concerned.
    public var isExperiment: Bool
    /// The deadlines that have passed because of it, each `promise instant`.
    public var overdue: Set<String> = []
    /// When it went wrong: when the step ended, or the deadline passed; nil: not known.
    public var faultAt: Instant?

    /// A root cause and what it affects.
    public init(
        cause: Cause, intervals: [String], affects: [String], promises: [PromiseID],
        consumers: [ConsumerID], severity: Severity, isExperiment: Bool = false
    ) {
        self.cause = cause
        self.intervals = intervals
        self.affects = affects
        self.promises = promises
        self.consumers = consumers
        self.severity = severity
        self.isExperiment = isExperiment
    }

    /// What tells it apart: its root and the class of its cause.
    public var root: IncidentRoot { IncidentRoot(asset: cause.asset, causeClass: CauseClass(cause)) }
}

/// What an incident is about: a root, and the class of its cause. Consecutive intervals of one root join.
public struct IncidentRoot: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The asset at the root.
    public let asset: AssetName
    /// The class of the cause.
    public let causeClass: CauseClass

    /// A root and a class.
    public init(asset: AssetName, causeClass: CauseClass) {
        self.asset = asset
        self.causeClass = causeClass
    }

    /// `raw.billing_export|check`.
    public var description: String { "\(asset)|\(causeClass.rawValue)" }

    /// Orders by asset, then by class.
    public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}
