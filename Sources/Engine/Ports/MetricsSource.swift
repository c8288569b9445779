public import SuretyCore

/// Counts what has happened since the state began, in numbers that only grow, and tells what was measured last.
public protocol MetricsSource: Sendable {
    /// How many occurrences of each promise were judged, by the outcome that stands.
    func occurrenceCounts() async throws(PortFailure) -> [PromiseID: [PromiseView.Outcome: Int64]]
    /// Seconds by which the newest judged occurrence of each promise was early; negative where it was late.
    func margins() async throws(PortFailure) -> [PromiseID: Double]
    /// How many runs of each promise or asset ended, by how they ended.
    func runCounts() async throws(PortFailure) -> [String: [RunState: Int64]]
    /// How long the ended runs of each promise or asset took.
    func runDurations() async throws(PortFailure) -> [String: RunDurations]
    /// What each check of each asset observed last, where that is a number.
    func checkValues() async throws(PortFailure) -> [AssetName: [CheckID: Double]]
    /// How many results each check of each asset had, by verdict.
    func checkCounts() async throws(PortFailure) -> [AssetName: [CheckID: [Verdict: Int64]]]
    /// How often each gate answered.
    func gateCounts() async throws(PortFailure) -> [ConsumerID: GateCounts]
    /// How many messages each channel had, by where they are; those that wait are left out.
    func messageCounts() async throws(PortFailure) -> [ChannelID: [MessageMemory.State: Int64]]
}
