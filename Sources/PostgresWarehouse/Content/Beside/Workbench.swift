import CheckSQL
import Foundation

/// Queries that several connections work off, each from its own thread.
///
/// `@unchecked`: what is mutable is only touched while the condition is locked.
final class Workbench: @unchecked Sendable {
    let queries: [CheckQuery]
    private let condition = NSCondition()
    private var waiting: [Int]
    /// What helpers have taken and not brought back.
    private var away: Set<Int> = []
    private var replies: [Int: Reply] = [:]

    /// Queries to be asked in an order, which holds the index of each once.
    init(_ queries: [CheckQuery], inOrder order: [Int]) {
        self.queries = queries
        waiting = order
    }

    /// The next query for a helper, which brings it back by `put` or `giveBack`; nil when none waits.
    func take() -> Int? {
        condition.withLock {
            guard !waiting.isEmpty else { return nil }
            let index = waiting.removeFirst()
            away.insert(index)
            return index
        }
    }

    /// The next query for the owner, who waits until helpers have brought back what they took; nil when all are answered.
    func next() -> Int? {
        condition.withLock {
            while waiting.isEmpty, !away.isEmpty { condition.wait() }
            return waiting.isEmpty ? nil : waiting.removeFirst()
        }
    }

    /// Keeps the reply to a query.
    func put(_ reply: Reply, at index: Int) {
        condition.withLock {
            replies[index] = reply
            away.remove(index)
            condition.signal()
        }
    }

    /// Puts a query back that a helper could not ask; it is the next.
    func giveBack(_ index: Int) {
        condition.withLock {
            away.remove(index)
            waiting.insert(index, at: 0)
            condition.signal()
        }
    }

    /// Takes away what still waits, because the owner goes.
    func clear() { condition.withLock { waiting = [] } }

    /// The replies in the order of the queries, once all are answered.
    func inOrder() -> [Reply] { condition.withLock { queries.indices.compactMap { replies[$0] } } }
}
