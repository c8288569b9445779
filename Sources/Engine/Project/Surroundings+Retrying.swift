import SuretyCore

extension Surroundings {
    /// Does something again, shortly and a few times, while its failure may pass by itself.
    func retrying<Value: Sendable>(
        _ body: () async throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        var wait = Double(RetryPolicy.standard.wait.seconds)
        for _ in 0..<RetryPolicy.standard.times {
            do throws(PortFailure) {
                return try await body()
            } catch  where error.isRetryable {
                do {
                    try await clock.sleep(seconds: wait)
                } catch {
                    throw PortFailure(.cancelled, "interrupted while waiting to try again")
                }
                wait *= RetryPolicy.standard.backoff
            }
        }
        return try await body()
    }
}
