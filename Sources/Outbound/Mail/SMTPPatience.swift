import NIOCore

/// How long a mail server is waited for: for each step, and for all of them.
struct SMTPPatience: Sendable {
    /// It took longer than allowed.
    struct Exhausted: Error {
        /// What was allowed: `15 s`.
        let allowed: String
    }

    /// The longest time for one step.
    private let step: TimeAmount
    private let whole: TimeAmount
    /// When all of it must be over.
    private let end: NIODeadline

    /// Patience that begins now.
    init(step: TimeAmount, whole: TimeAmount) {
        self.step = step
        self.whole = whole
        end = .now() + whole
    }

    /// The end of a step that begins now.
    var deadline: NIODeadline { min(.now() + step, end) }

    /// The value when it is there in time; throws `Exhausted` when it is not, and ends with the task that waits.
    func value<Value: Sendable>(of future: EventLoopFuture<Value>) async throws -> Value {
        let promise = future.eventLoop.makePromise(of: Value.self)
        future.cascade(to: promise)
        let deadline = deadline
        let exhausted = Exhausted(allowed: deadline == end ? "\(words(whole)) for all of it" : words(step))
        let timer = future.eventLoop.scheduleTask(deadline: deadline) { promise.fail(exhausted) }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
        }
    }

    private func words(_ time: TimeAmount) -> String {
        let seconds = Double(time.nanoseconds) / 1_000_000_000
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
