public import Engine
public import SuretyCore
import Synchronization

/// A clock that stands still until time is let pass; who sleeps wakes when it has, or is woken by hand.
public final class StagedClock: WallClock {
    private struct Sleeper {
        let until: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Instant
        var next = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>
    private let asleep = AsyncStream.makeStream(of: Double.self)

    /// A clock that shows an instant: unless another is named, 09:00 in London on 20 November 2026, a Friday.
    public init(_ now: Instant = Make.instant("2026-11-20T09:00:00Z")) {
        state = Mutex(State(now: now))
    }

    /// None: it shows nobody's time.
    public var simulatedOffset: Int64? { nil }

    /// The instant that it shows.
    public func now() -> Instant { state.withLock { $0.now } }

    /// Shows another instant; nobody wakes from it.
    public func pass(seconds: Int64) { state.withLock { $0.now = $0.now.adding(seconds: seconds) } }

    /// Lets time pass, and wakes those who have slept long enough.
    public func advance(seconds: Int64) {
        pass(seconds: seconds)
        wake { $0 }
    }

    /// Wakes all who sleep.
    public func wake() { wake { _ in nil } }

    private func wake(until now: (Instant) -> Instant?) {
        let woken = state.withLock { state in
            let limit = now(state.now)
            let due = state.sleepers.filter { sleeper in limit.map { sleeper.value.until <= $0 } ?? true }
            for number in due.keys { state.sleepers[number] = nil }
            return due.sorted { $0.key < $1.key }.map(\.value.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// The lengths of sleep, as they begin.
    public var sleeps: AsyncStream<Double> { asleep.stream }

    /// Waits until so many sleep.
    public func sleeping(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isSo = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isSo { continuation.resume() }
        }
    }

    /// Sleeps until it is woken; throws `CancellationError` when cancelled.
    public func sleep(seconds: Double) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
                    if Task.isCancelled { return nil }
                    let until = state.now.adding(milliseconds: Int64(seconds * 1000))
                    state.sleepers[number] = Sleeper(until: until, continuation: continuation)
                    let count = state.sleepers.count
                    defer { state.watchers.removeAll { $0.count <= count } }
                    return state.watchers.filter { $0.count <= count }.map(\.continuation)
                }
                guard let watchers else { return continuation.resume(throwing: CancellationError()) }
                asleep.continuation.yield(seconds)
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation
                .resume(throwing: CancellationError())
        }
    }
}
