import SuretyCore

extension Surroundings {
    /// Does something again, shortly and a few times, while its failure may pass by itself.
    func retrying<Value: Sendable>(
        _ body: () async throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        let policy = RetryPolicy.standard
        for attempt in 1...policy.times {
            do throws(PortFailure) {
                return try await body()
            } catch  where error.isRetryable {
                do {
                    try await clock.sleep(seconds: policy.seconds(after: attempt))
                } catch {
                    throw PortFailure(.cancelled, "interrupted while waiting to try again")
                }
            }
        }
        return try await body()
    }
}
