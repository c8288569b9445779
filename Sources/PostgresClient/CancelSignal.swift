import CLibPQ
import Synchronization

/// Tells the thread that runs one body that the surrounding task was cancelled.
final class CancelSignal: Sendable {
    private let raised = Atomic<Bool>(false)
    private let pipe: WakePipe

    init(waking pipe: WakePipe) {
        self.pipe = pipe
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Raises the signal and wakes the thread if it waits for the server.
    func raise() {
        raised.store(true, ordering: .releasing)
        pipe.wake()
    }
}

/// A pipe that wakes a thread out of its wait for a socket.
final class WakePipe: Sendable {
    private let ends: (read: Int32, write: Int32)

    /// A pipe. Without file descriptors left it never wakes anybody, and waits end by their time-outs only.
    init() {
        var ends: [Int32] = [-1, -1]
        if clibpq_pipe(&ends) != 0 { ends = [-1, -1] }
        self.ends = (ends[0], ends[1])
    }

    deinit {
        if ends.read >= 0 { _ = close(ends.read) }
        if ends.write >= 0 { _ = close(ends.write) }
    }

    /// What to wait for besides the socket.
    var descriptor: Int32 { ends.read }

    func wake() { clibpq_wake(ends.write) }

    func drain() { clibpq_drain(ends.read) }
}
