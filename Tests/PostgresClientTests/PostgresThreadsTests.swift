import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct PostgresThreadsTests {
    @Test func `eight waiting connections hold up nobody`() async throws {
        let settings = try await PostgresCluster.shared().settings()
        let gate = try await PostgresConnection.open(settings)
        try await gate.execute("SELECT pg_advisory_lock(815)")

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...8 {
                group.addTask {
                    let connection = try await PostgresConnection.open(settings)
                    try await connection.execute("SELECT pg_advisory_xact_lock_shared(815)")
                }
            }
            // The pool has fewer threads than eight; this goes on all the same.
            let waiting: PostgresStatement = """
                SELECT count(*) FROM pg_locks
                WHERE locktype = 'advisory' AND objid = 815 AND NOT granted
                """
            while try await gate.query(waiting).texts != [["8"]] {
                try await Task.sleep(for: .milliseconds(20))
            }
            let beats = await withTaskGroup(of: Int.self) { hearts in
                for _ in 1...100 { hearts.addTask { 1 } }
                return await hearts.reduce(0, +)
            }
            #expect(beats == 100)
            try await gate.execute("SELECT pg_advisory_unlock(815)")
            try await group.waitForAll()
        }
    }
}
