/// What a round of checks must know beside the rows.
public struct CheckContext: Sendable {
    /// The instant that `now`, `today` and freshness are reckoned from.
    public var now: Instant
    /// Whether the slice is the newest owed one, which is when `fresh` is asked.
    public var isNewest: Bool
    /// Why `fresh` is not asked when it is not.
    public var notNewestWhy: String
    /// The table as it was recorded with the newest certificate or accepted by a person; nil: not yet.
    public var baseline: TableShape?
    /// What checks that compare with history observed when earlier slices were certified, by the check's id.
    public var recorded: [CheckID: [RecordedObservation]] = [:]
    /// The intervals of other assets, for comparisons across tables.
    public var intervals: [AssetName: IntervalRule]
    /// The columns of other assets whose values are never shown.
    public var privateColumns: [AssetName: [String]] = [:]
    /// Texts or ids of checks whose failure a person took as it is, with the reason.
    public var accepted: [CheckID: String]
    /// The columns that a person accepted with a check about columns: other differences are not accepted.
    public var acceptedColumns: [CheckID: TableShape] = [:]
    /// The zone of assets without an interval; those with one use its zone.
    public var zone: Zone

    /// A context.
    public init(
        now: Instant, isNewest: Bool = true, notNewestWhy: String = "not the newest interval",
        baseline: TableShape? = nil, intervals: [AssetName: IntervalRule] = [:],
        accepted: [CheckID: String] = [:], zone: Zone = .utc
    ) {
        self.now = now
        self.isNewest = isNewest
        self.notNewestWhy = notNewestWhy
        self.baseline = baseline
        self.intervals = intervals
        self.accepted = accepted
        self.zone = zone
    }
}
