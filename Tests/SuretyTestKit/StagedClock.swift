import Engine
import SuretyCore
import Synchronization

/// A clock that stands still; who sleeps is woken by hand.
final class StagedClock: WallClock {
    private struct State {
        var now = Instant(rfc3339: "2026-11-20T09:00:00Z") ?? Instant(seconds: 0)
        var next = 0
        var sleepers: [Int: CheckedContinuation<Void, any Error>] = [:]
    }

    private let state = Mutex(State())
    private let asleep = AsyncStream.makeStream(of: Double.self)

    var simulatedOffset: Int64? { nil }

    func now() -> Instant { state.withLock { $0.now } }

    /// Lets time pass; nobody wakes from it.
    func pass(seconds: Int64) { state.withLock { $0.now = $0.now.adding(seconds: seconds) } }

    /// The lengths of sleep, as they begin.
    var sleeps: AsyncStream<Double> { asleep.stream }

    /// Wakes all who sleep.
    func wake() {
        let sleepers = state.withLock { state in
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    func sleep(seconds: Double) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.sleepers[number] = continuation
                    return false
                }
                if isOver { continuation.resume(throwing: CancellationError()) }
                asleep.continuation.yield(seconds)
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.resume(throwing: CancellationError())
        }
    }
}
