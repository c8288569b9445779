import Engine
import PostgresClient
import Synchronization

extension PostgresWarehouse {
    /// Runs a body in a read-only snapshot while another connection looks who waits behind it; nil when it made way.
    func watched<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value? {
        let reader = Reader()
        let (ended, madeWay) = await withTaskGroup(of: Sign<Value>.self) { group in
            group.addTask {
                do throws(PortFailure) {
                    return .ended(.success(try await read(as: reader, body)))
                } catch {
                    return .ended(.failure(error))
                }
            }
            group.addTask { await isInTheWay(reader) ? .isInTheWay : .isWatchedNoMore }
            var ended: Result<Value, PortFailure>?
            var madeWay = false
            for await sign in group {
                switch sign {
                case .ended(let result): ended = result
                case .isInTheWay: madeWay = true
                case .isWatchedNoMore: continue
                }
                group.cancelAll()
            }
            return (ended, madeWay)
        }
        if madeWay, !Task.isCancelled, case .failure(let failure) = ended, failure.kind == .cancelled {
            return nil
        }
        return try ended?.get()
    }

    private func read<Value: Sendable>(
        as reader: Reader, _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        try await onSession { session throws(PortFailure) in
            try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                transaction throws(PortFailure) in
                // Asked for, because a pooler may hand out another process for each transaction.
                reader.begins(in: try transaction.row("SELECT pg_backend_pid()")?[0].flatMap { Int64($0) })
                return try body(transaction)
            }
        }
    }

    /// Returns true as soon as somebody waits behind the reader, false when nobody has to look any more.
    private func isInTheWay(_ reader: Reader) async -> Bool {
        while true {
            do { try await courtesy.clock.sleep(for: courtesy.period) } catch { return false }
            // What cannot be looked at now is looked at next time.
            if let backend = reader.backend, let waiting = try? await isWaitedFor(backend), waiting {
                return true
            }
        }
    }

    /// Whether a session waits for a lock on a table that lets nobody write, or read, because of what this process holds.
    func isWaitedFor(_ backend: Int64) async throws(PortFailure) -> Bool {
        try await atDesk { session throws(PortFailure) in
            try session.row(
                """
                SELECT 1 FROM pg_locks
                WHERE CASE WHEN NOT granted AND locktype = 'relation'
                    AND mode IN ('ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                    THEN \(backend) = ANY(pg_blocking_pids(pid)) ELSE false END
                LIMIT 1
                """) != nil
        }
    }
}

/// What one of the two tasks of a watched round has to say.
private enum Sign<Value: Sendable>: Sendable {
    case ended(Result<Value, PortFailure>)
    case isInTheWay
    case isWatchedNoMore
}

/// The server's process in which a round reads, once it does.
private final class Reader: Sendable {
    private let process = Mutex<Int64?>(nil)

    var backend: Int64? { process.withLock { $0 } }

    func begins(in backend: Int64?) { process.withLock { $0 = backend } }
}
