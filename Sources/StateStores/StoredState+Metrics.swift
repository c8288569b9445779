public import Engine
public import SuretyCore

extension StoredState: MetricsSource {
    /// How many occurrences of each promise were judged, by the outcome that stands.
    public func occurrenceCounts() async throws(PortFailure) -> [PromiseID: [PromiseView.Outcome: Int64]] {
        try await database.answer(MetricsQuestions.occurrences())
    }

    /// Seconds by which the newest judged occurrence of each promise was early; negative where it was late.
    public func margins() async throws(PortFailure) -> [PromiseID: Double] {
        try await database.answer(MetricsQuestions.margins())
    }

    /// How many runs of each promise or asset ended, by how they ended.
    public func runCounts() async throws(PortFailure) -> [String: [RunState: Int64]] {
        try await database.answer(MetricsQuestions.runs())
    }

    /// How long the ended runs of each promise or asset took.
    public func runDurations() async throws(PortFailure) -> [String: RunDurations] {
        try await database.answer(MetricsQuestions.runDurations())
    }

    /// What each check of each asset observed last, where that is a number.
    public func checkValues() async throws(PortFailure) -> [AssetName: [CheckID: Double]] {
        try await database.answer(MetricsQuestions.checkValues())
    }

    /// How many results each check of each asset had, by verdict.
    public func checkCounts() async throws(PortFailure) -> [AssetName: [CheckID: [Verdict: Int64]]] {
        try await database.answer(MetricsQuestions.checks())
    }

    /// How often each gate answered.
    public func gateCounts() async throws(PortFailure) -> [ConsumerID: GateCounts] {
        try await database.answer(MetricsQuestions.gates())
    }

    /// How many messages each channel had, by where they are; those that wait are left out.
    public func messageCounts() async throws(PortFailure) -> [ChannelID: [MessageMemory.State: Int64]] {
        try await database.answer(MetricsQuestions.messages())
    }
}
