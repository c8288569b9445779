import PostgresClient
import SuretyTestKit
import Synchronization
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresPoolTests {
    @Test func `never more connections than the limit are lent, and all get their turn`() async throws {
        let pool = PostgresPool(try await PostgresCluster.shared().settings(), limit: 3)
        let tally = Tally()

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...30 {
                group.addTask {
                    try await pool.perform { session in
                        tally.enter(session.backendPID)
                        defer { tally.leave() }
                        // All wait until as many are lent as may be, so that nothing depends on who is quick.
                        var turns = 0
                        while tally.most < 3, turns < 60_000 {
                            try session.execute("SELECT pg_sleep(0.01)")
                            turns += 1
                        }
                        try session.execute("SELECT pg_sleep(0.005)")
                    }
                }
            }
            try await group.waitForAll()
        }

        #expect(tally.most == 3)
        #expect(tally.backends.count == 3)
        await pool.close()
    }

    @Test func `a waiter that is cancelled leaves the queue`() async throws {
        let pool = PostgresPool(try await PostgresCluster.shared().settings(), limit: 1)

        try await pool.withConnection { _ in
            let waiter = Task { try await pool.perform { _ in } }
            waiter.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(error?.isCancelled == true)
        }

        #expect(try await pool.perform { try $0.query("SELECT 1").texts } == [["1"]])
    }

    @Test func `who asks for a free connection does not wait for one`() async throws {
        let pool = PostgresPool(try await PostgresCluster.shared().settings(), limit: 2)

        try await pool.withConnection { _ in
            let texts = try await pool.withFreeConnection { connection in
                #expect(try await pool.withFreeConnection { _ in true } == nil)
                return try await connection.query("SELECT 1").texts
            }
            #expect(texts == [["1"]])
        }

        #expect(try await pool.withFreeConnection { _ in true } == true)
        await pool.close()
        await #expect(throws: PostgresError.self) { try await pool.withFreeConnection { _ in } }
    }

    @Test func `a transaction that was left open is rolled back before the next`() async throws {
        let pool = PostgresPool(try await PostgresCluster.shared().settings(), limit: 1)
        try await pool.perform { _ = try $0.execute("BEGIN") }

        #expect(try await pool.perform { $0.transactionStatus } == .idle)
    }

    @Test func `lost connections are replaced after a restart`() async throws {
        let cluster = try await PostgresCluster.start()
        let pool = PostgresPool(try cluster.settings(), limit: 2, patience: .seconds(600))
        let first = try await pool.perform { $0.backendPID }

        try await cluster.stop(.immediate)
        async let late = pool.perform { try $0.query("SELECT 'back'").texts }
        try await cluster.start()

        #expect(try await late == [["back"]])
        #expect(try await pool.perform { $0.backendPID } != first)
        await pool.close()
    }

    @Test func `a server that was never there is not waited for`() async throws {
        let pool = PostgresPool(try PostgresSettings("postgres://u@127.0.0.1:1/x"))

        let error = await #expect(throws: PostgresError.self) { try await pool.perform { _ in } }

        #expect(error?.isUnreachable == true)
    }

    @Test func `a closed pool refuses`() async throws {
        let pool = PostgresPool(try await PostgresCluster.shared().settings())
        await pool.close()

        let error = await #expect(throws: PostgresError.self) { try await pool.perform { _ in } }

        #expect(error?.sqlState == "08003")
    }
}

/// Counts how many connections are lent at a time.
private final class Tally: Sendable {
    private let counts = Mutex((now: 0, most: 0, backends: Set<Int32>()))

    var most: Int { counts.withLock { $0.most } }
    var backends: Set<Int32> { counts.withLock { $0.backends } }

    func enter(_ backend: Int32) {
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
            counts.backends.insert(backend)
        }
    }

    func leave() {
        counts.withLock { $0.now -= 1 }
    }
}
