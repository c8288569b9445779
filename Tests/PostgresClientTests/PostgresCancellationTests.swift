import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct PostgresCancellationTests {
    @Test func `cancelling the task ends the statement at once`() async throws {
        let connection = try await sharedConnection()
        let watcher = try await sharedConnection()
        let pid = await connection.backendPID

        let running = Task { try await connection.query("SELECT pg_sleep(3600)") }
        try await watcher.untilActive(pid)
        running.cancel()
        let error = await #expect(throws: PostgresError.self) { try await running.value }

        // It would have slept for an hour, and ended well.
        #expect(error?.sqlState == "57014")
        #expect(error?.isCancelled == true)
        #expect(error?.isRetryable == false)
        #expect(try await connection.query("SELECT 1").texts == [["1"]])
    }

    @Test func `a cancelled body can roll back and do nothing else`() async throws {
        let connection = try await PostgresConnection.open(try await PostgresCluster.shared().freshDatabase())
        let watcher = try await sharedConnection()
        try await connection.execute("CREATE TABLE item (id int)")
        let pid = await connection.backendPID

        let running = Task {
            try await connection.perform { session in
                try session.execute("BEGIN")
                try session.execute("INSERT INTO item VALUES (1)")
                #expect(throws: PostgresError.self) { try session.query("SELECT pg_sleep(3600)") }
                let refused = #expect(throws: PostgresError.self) { try session.execute("COMMIT") }
                #expect(refused?.isCancelled == true)
                try session.execute("ROLLBACK")
                return session.transactionStatus
            }
        }
        try await watcher.untilActive(pid)
        running.cancel()

        #expect(try await running.value == .idle)
        #expect(try await connection.query("SELECT id FROM item").isEmpty)
    }

    @Test func `a transaction that a cancelled body leaves open is rolled back`() async throws {
        let connection = try await sharedConnection()
        let task = Task {
            try await connection.perform { session in
                try session.execute("BEGIN")
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await task.value

        #expect(await connection.transactionStatus == .idle)
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let connection = try await sharedConnection()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await connection.query("SELECT 1")
        }

        let error = await #expect(throws: PostgresError.self) { try await task.value }

        #expect(error?.isCancelled == true)
    }

    @Test func `a cancelled stream of rows ends`() async throws {
        let connection = try await sharedConnection()
        let task = Task {
            try await connection.perform { session in
                try session.stream("SELECT generate_series(1, 1000000000)") { row in
                    if row[0] == "10" { withUnsafeCurrentTask { $0?.cancel() } }
                }
            }
        }

        let error = await #expect(throws: PostgresError.self) { try await task.value }

        #expect(error?.isCancelled == true)
    }

    @Test func `a statement timeout is told from a cancellation`() async throws {
        var settings = try await PostgresCluster.shared().settings()
        settings.statementTimeout = .milliseconds(50)
        let connection = try await PostgresConnection.open(settings)

        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT pg_sleep(60)")
        }

        #expect(error?.sqlState == "57014")
        #expect(error?.isStatementTimeout == true)
        #expect(error?.isCancelled == false)
        #expect(error?.isRetryable == false)
    }

    @Test func `a lock that is not given in time is retryable`() async throws {
        var settings = try await PostgresCluster.shared().settings()
        settings.lockTimeout = .milliseconds(50)
        let holder = try await PostgresConnection.open(settings)
        let other = try await PostgresConnection.open(settings)
        try await holder.execute("SELECT pg_advisory_lock(4711)")

        let error = await #expect(throws: PostgresError.self) {
            try await other.execute("SELECT pg_advisory_lock(4711)")
        }

        #expect(error?.isLockTimeout == true)
        #expect(error?.isRetryable == true)
    }
}

extension PostgresConnection {
    /// Returns once another connection runs a statement that sleeps.
    func untilActive(_ pid: Int32) async throws {
        while try await query(
            """
            SELECT 1 FROM pg_stat_activity
            WHERE pid = \(Int(pid)) AND state = 'active' AND wait_event = 'PgSleep'
            """
        ).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }
}
