import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct CourtesyTests {
    private static let asset = Make.source("mart.t")

    /// A check that reads `mart.t` and waits until nobody holds the advisory lock of the test.
    private static let check = Make.check(
        "row held", of: asset.name, body: .row(.condition("mart.wait() = n")))

    private static func round(marksContent: Bool = false) -> QuestionRound {
        QuestionRound(
            asset: asset, slice: PostgresStepTests.day, checks: [check],
            context: CheckContext(now: PostgresStepTests.now), marksContent: marksContent)
    }

    /// A warehouse that makes way at once, and a connection that holds up its checks.
    private static func stage(
        pauses: [Duration]
    ) async throws -> (PostgresFixture, PostgresWarehouse, PostgresConnection) {
        let fixture = try await PostgresStepTests.fixture()
        try await fixture.run(
            """
            CREATE FUNCTION mart.wait() RETURNS numeric LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN 1; END'
            """)
        var warehouse = PostgresWarehouse(pool: fixture.pool)
        warehouse.courtesy.period = .milliseconds(20)
        warehouse.courtesy.pauses = pauses
        let holder = try await PostgresConnection.open(fixture.settings)
        try await holder.execute("SELECT pg_advisory_lock(42)")
        return (fixture, warehouse, holder)
    }

    /// Returns once a check waits, and tells in which process.
    private static func waitingCheck(_ fixture: PostgresFixture) async throws -> Int64 {
        while true {
            let rows = try await fixture.rows(
                """
                SELECT pid FROM pg_locks WHERE NOT granted AND locktype = 'advisory'
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """)
            if let pid = rows.first?[0].flatMap({ Int64($0) }) { return pid }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func `a check makes way for a change of its table, and is asked again`() async throws {
        let (fixture, warehouse, holder) = try await Self.stage(pauses: [.zero])
        async let evidence = warehouse.ask(Self.round())
        _ = try await Self.waitingCheck(fixture)
        try await fixture.run("SET lock_timeout = '5min'; ALTER TABLE mart.t ADD COLUMN added text")
        try await holder.execute("SELECT pg_advisory_unlock(42)")
        #expect(try await evidence.results.map(\.verdict) == [.pass])
        #expect(try await evidence.columns.map(\.name) == ["day", "n", "added"])
        await holder.close()
    }

    @Test func `a check that has made way too often is an error`() async throws {
        let (fixture, warehouse, holder) = try await Self.stage(pauses: [])
        async let evidence = warehouse.ask(Self.round())
        _ = try await Self.waitingCheck(fixture)
        try await fixture.run("SET lock_timeout = '5min'; ALTER TABLE mart.t ADD COLUMN added text")
        let result = try #require(try await evidence.results.first)
        #expect(result.verdict == .error)
        #expect(result.sqlState == "55P03")
        #expect(result.why.contains("change a table"))
        await holder.close()
    }

    @Test func `a round that counts rows and has made way too often may be tried again`() async throws {
        let (fixture, warehouse, holder) = try await Self.stage(pauses: [])
        let asking = Task { try await warehouse.ask(Self.round(marksContent: true)) }
        _ = try await Self.waitingCheck(fixture)
        try await fixture.run("SET lock_timeout = '5min'; ALTER TABLE mart.t ADD COLUMN added text")
        let result = await asking.result
        let failure = #expect(throws: PortFailure.self) { try result.get() }
        #expect(failure?.kind == .contention)
        #expect(failure?.isRetryable == true)
        await holder.close()
    }

    @Test func `a check that is cancelled is not asked again`() async throws {
        let (fixture, warehouse, holder) = try await Self.stage(pauses: [.zero])
        let asking = Task { try await warehouse.ask(Self.round()) }
        _ = try await Self.waitingCheck(fixture)
        asking.cancel()
        let result = await asking.result
        let failure = #expect(throws: PortFailure.self) { try result.get() }
        #expect(failure?.kind == .cancelled)
        await holder.close()
    }

    @Test func `only who waits for a table that a check reads is waited behind`() async throws {
        let (fixture, warehouse, holder) = try await Self.stage(pauses: [])
        try await fixture.run("CREATE TABLE mart.other (n numeric)")
        try await holder.execute("BEGIN")
        try await holder.execute("LOCK TABLE mart.other IN ACCESS EXCLUSIVE MODE")
        var patient = warehouse
        patient.courtesy.period = .seconds(3600)
        let asking = Task { [patient] in try await patient.ask(Self.round()) }
        let backend = try await Self.waitingCheck(fixture)
        let elsewhere = Task { try await fixture.run("ALTER TABLE mart.other ADD COLUMN a text") }
        try await Self.waiters(1, on: fixture)
        #expect(try await !warehouse.isWaitedFor([backend]))
        let here = Task { try await fixture.run("ALTER TABLE mart.t ADD COLUMN a text") }
        try await Self.waiters(2, on: fixture)
        #expect(try await warehouse.isWaitedFor([backend]))
        asking.cancel()
        await holder.close()
        try await elsewhere.value
        try await here.value
    }

    /// Returns once so many sessions wait for a table.
    private static func waiters(_ count: Int, on fixture: PostgresFixture) async throws {
        while try await fixture.rows(
            """
            SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'relation'
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        ).count < count { try await Task.sleep(for: .milliseconds(20)) }
    }
}
