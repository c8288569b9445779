import Engine
import SuretyCore

/// A database that holds the state's tables.
protocol StateDatabase: Sendable {
    /// Appends facts and makes what follows from them, all in one transaction, even when the task is cancelled.
    func append(_ facts: [Fact], at now: Instant) async throws(PortFailure)
    /// Makes changes of tables that are no facts and follow from none, all in one transaction.
    func change(_ statements: [StateStatement]) async throws(PortFailure)
    /// Answers a question from one snapshot.
    func answer<Answer: Sendable>(_ question: StateQuestion<Answer>) async throws(PortFailure) -> Answer
}
