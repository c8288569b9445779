import Engine
import Foundation
import Synchronization

/// How long the present piece of work may wait and run, and whether it was cancelled.
///
/// SQLite asks it from the thread that owns the connection: each few thousand steps of a statement, and while a file
/// is locked by another process.
final class Watch: Sendable {
    /// Why a statement was stopped.
    enum Stop: Sendable {
        case cancelled
        case tooLong
    }

    private struct State {
        var lockDeadline: ContinuousClock.Instant
        var deadline: ContinuousClock.Instant?
        var isCancelled = false
        var stop: Stop?
    }

    private let state: Mutex<State>

    /// A watch over work that waits so long for locks.
    init(lockWait: Duration) {
        state = Mutex(State(lockDeadline: .now + lockWait))
    }

    /// Stops what is running, and lets nothing else begin.
    func cancel() { state.withLock { $0.isCancelled = true } }

    /// Whether it was cancelled.
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Why the last statement was stopped; nil if it was not.
    var stop: Stop? { state.withLock { $0.stop } }

    /// Lets the next statement run so long; nil: for ever.
    func allow(_ length: Duration?) {
        state.withLock {
            $0.deadline = length.map { ContinuousClock.now + $0 }
            $0.stop = nil
        }
    }

    /// Waits so long for locks from now on.
    func wait(_ length: Duration) { state.withLock { $0.lockDeadline = .now + length } }

    /// Whether the running statement is to stop.
    func mustStop() -> Bool {
        state.withLock { state in
            if state.isCancelled {
                state.stop = .cancelled
            } else if let deadline = state.deadline, deadline < .now {
                state.stop = .tooLong
            }
            return state.stop != nil
        }
    }

    /// Waits a little for a lock; false when it is not to be waited for any longer.
    func waitForLock() -> Bool {
        let goesOn = state.withLock { state in
            if state.isCancelled {
                state.stop = .cancelled
                return false
            }
            return ContinuousClock.now < state.lockDeadline
        }
        if goesOn { Thread.sleep(forTimeInterval: 0.01) }
        return goesOn
    }
}

/// The watch over the work that a connection does at present.
final class WatchSlot: Sendable {
    private let watch = Mutex<Watch?>(nil)
    /// The watch; nil between pieces of work.
    var current: Watch? {
        get { watch.withLock { $0 } }
        set { watch.withLock { $0 = newValue } }
    }
}
