import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct SettlementTests {
    private let end = StepEnd.committed(rows: 1, results: [], certificate: nil)
    private let lost = PortFailure(.unreachable, "lost", isRetryable: true)

    private func settle(_ transaction: String, _ fixture: PostgresFixture) async throws -> StepEnd {
        try await Settlement(warehouse: PostgresWarehouse(pool: fixture.pool)).settle(
            transaction, PostgresStepTests.order("SELECT 1"), end, lost)
    }

    /// Begins a transaction that writes, on a connection of its own.
    private func begin(_ fixture: PostgresFixture) async throws -> (PostgresConnection, String) {
        let connection = try await PostgresConnection.open(fixture.settings)
        try await connection.execute("BEGIN")
        let id = try await connection.query("SELECT pg_current_xact_id()")[0][0] ?? ""
        return (connection, id)
    }

    @Test func `a transaction that took effect is the step's end`() async throws {
        let fixture = try await PostgresFixture()
        let (connection, id) = try await begin(fixture)
        try await connection.execute("COMMIT")
        #expect(try await settle(id, fixture) == end)
        await connection.close()
    }

    @Test func `a transaction that did not take effect is a lost connection`() async throws {
        let fixture = try await PostgresFixture()
        let (connection, id) = try await begin(fixture)
        try await connection.execute("ROLLBACK")
        let failure = await #expect(throws: PortFailure.self) { _ = try await settle(id, fixture) }
        #expect(failure == lost)
        await connection.close()
    }

    @Test func `a transaction that still runs is waited for`() async throws {
        let fixture = try await PostgresFixture()
        let (connection, id) = try await begin(fixture)
        async let settled = settle(id, fixture)
        while try await fixture.rows(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_xact_status(%' AND pid <> pg_backend_pid()"
        ).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        try await connection.execute("COMMIT")
        #expect(try await settled == end)
        await connection.close()
    }
}
