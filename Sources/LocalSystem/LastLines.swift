import Synchronization

/// The last twenty lines that a program said, for a message about its failure.
final class LastLines: Sendable {
    private let lines = Mutex<[String]>([])

    /// Adds a line.
    func append(_ line: String) {
        lines.withLock { lines in
            lines.append(line)
            if lines.count > 20 { lines.removeFirst() }
        }
    }

    /// The lines, joined by blanks.
    var text: String { lines.withLock { $0.joined(separator: " ") } }
}
