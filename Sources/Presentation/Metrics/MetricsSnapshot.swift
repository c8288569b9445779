public import SuretyCore

/// What the metrics tell, as it is at one instant. What is nil or missing could not be found out, and is left out.
public struct MetricsSnapshot: Hashable, Sendable {
    /// The version of the program.
    public var version: String
    /// When deadlines and schedules were last looked at.
    public var tickedAt: Instant?
    /// How many messages wait to be sent.
    public var backlog: Int?
    /// How promises stand.
    public var promises: [PromiseView] = []
    /// How assets stand.
    public var assets: [AssetView] = []
    /// How many incidents are open; nil: unknown.
    public var openIncidents: [Severity: Int]?
    /// Whether the newest answer of each gate was `open`.
    public var openGates: [ConsumerID: Bool] = [:]
    /// Seconds by which the newest judged occurrence of each promise was early; negative where it was late.
    public var margins: [PromiseID: Double] = [:]
    /// How many occurrences were judged, by outcome.
    public var occurrences: [PromiseID: [PromiseView.Outcome: Int64]] = [:]
    /// How many runs of a promise or asset ended, by how they ended.
    public var runs: [String: [RunState: Int64]] = [:]
    /// How long the ended runs of a promise or asset took.
    public var durations: [String: RunDurations] = [:]
    /// What checks observed last, where that is a number.
    public var observed: [AssetName: [CheckID: Double]] = [:]
    /// How many results checks had, by verdict.
    public var checks: [AssetName: [CheckID: [Verdict: Int64]]] = [:]
    /// How often gates answered.
    public var gates: [ConsumerID: GateCounts] = [:]
    /// How many messages each channel had, by where they are.
    public var messages: [ChannelID: [MessageMemory.State: Int64]] = [:]

    /// A snapshot of which nothing but the version is known.
    public init(version: String) { self.version = version }
}
