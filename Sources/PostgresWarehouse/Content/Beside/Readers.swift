import Synchronization

/// The server's processes in which a round reads.
final class Readers: Sendable {
    private let reading = Mutex<Set<Int64>>([])

    /// Those that read now.
    var processes: [Int64] { reading.withLock { $0.sorted() } }

    /// A process begins to read.
    func begin(_ process: Int64?) { if let process { reading.withLock { _ = $0.insert(process) } } }

    /// A process reads no more.
    func end(_ process: Int64?) { if let process { reading.withLock { _ = $0.remove(process) } } }
}
