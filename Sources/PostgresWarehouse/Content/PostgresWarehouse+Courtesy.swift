import Engine
import PostgresClient

extension PostgresWarehouse {
    /// Runs a body in a read-only snapshot, with helpers, while another connection looks who waits behind them; nil when
    /// it made way.
    func watched<Value: Sendable>(
        _ body: @escaping @Sendable (WarehouseSession, Helpers) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value? {
        let readers = Readers()
        let helpers = Helpers(company, ofPool: connections, notedBy: readers)
        let (ended, madeWay) = await withTaskGroup(of: Sign<Value>.self) { group in
            group.addTask {
                do throws(PortFailure) {
                    return .ended(
                        .success(
                            try await read(as: readers) { session throws(PortFailure) in
                                try body(session, helpers)
                            }))
                } catch {
                    return .ended(.failure(error))
                }
            }
            group.addTask { await areInTheWay(readers) ? .isInTheWay : .isWatchedNoMore }
            group.addTask {
                await helpers.serve(self)
                return .helpedNoMore
            }
            var ended: Result<Value, PortFailure>?
            var madeWay = false
            for await sign in group {
                switch sign {
                case .ended(let result): ended = result
                case .isInTheWay: madeWay = true
                case .isWatchedNoMore, .helpedNoMore: continue
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
        as readers: Readers, _ body: @escaping @Sendable (WarehouseSession) throws(PortFailure) -> Value
    ) async throws(PortFailure) -> Value {
        try await onSession { session throws(PortFailure) in
            try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                transaction throws(PortFailure) in
                // Asked for, because a pooler may hand out another process for each transaction.
                readers.begin(try transaction.row("SELECT pg_backend_pid()")?[0].flatMap { Int64($0) })
                return try body(transaction)
            }
        }
    }

    /// Returns true as soon as somebody waits behind a reader, false when nobody has to look any more.
    private func areInTheWay(_ readers: Readers) async -> Bool {
        while true {
            do { try await courtesy.clock.sleep(for: courtesy.period) } catch { return false }
            // What cannot be looked at now is looked at next time.
            let processes = readers.processes
            guard !processes.isEmpty, let waiting = try? await isWaitedFor(processes) else { continue }
            if waiting { return true }
        }
    }

    /// Whether a session waits for a lock on a table that lets nobody write, or read, because of what a process of these
    /// holds.
    func isWaitedFor(_ processes: [Int64]) async throws(PortFailure) -> Bool {
        try await atDesk { session throws(PortFailure) in
            try session.row(
                """
                SELECT 1 FROM pg_locks
                WHERE CASE WHEN NOT granted AND locktype = 'relation'
                    AND mode IN ('ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                    THEN \(processes.map(String.init))::int[] && pg_blocking_pids(pid) ELSE false END
                LIMIT 1
                """) != nil
        }
    }
}

/// What one of the tasks of a watched round has to say.
private enum Sign<Value: Sendable>: Sendable {
    case ended(Result<Value, PortFailure>)
    case isInTheWay
    case isWatchedNoMore
    case helpedNoMore
}
