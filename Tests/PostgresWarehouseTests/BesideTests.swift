import CheckSQL
import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct BesideTests {
    /// Checks of two tables, each of which waits until nobody holds the advisory lock of the test.
    private static let checks = ["t", "other"].map { table in
        Make.check(
            "sql \(table)", of: Make.name("mart.t"),
            body: .sql(
                "SELECT count(*) FROM mart.\(table) WHERE mart.wait() = 1",
                .value(.compare(.equal, .literal(.number("1"))))))
    }

    private static let round = QuestionRound(
        asset: Make.source("mart.t"), slice: PostgresStepTests.day, checks: checks,
        context: CheckContext(now: PostgresStepTests.now))

    /// A warehouse whose rounds are helped however little they read.
    static func helped(_ pool: PostgresPool, desk: PostgresPool? = nil) -> PostgresWarehouse {
        var warehouse = PostgresWarehouse(pool: pool, desk: desk)
        warehouse.company.share = 2
        warehouse.company.leastBytes = 0
        warehouse.company.leastCost = 0
        warehouse.courtesy.period = .milliseconds(20)
        warehouse.courtesy.pauses = [.zero]
        return warehouse
    }

    /// A row in each of two tables, and a connection that holds up what is asked of them.
    private static func stage() async throws -> (PostgresFixture, PostgresConnection) {
        let fixture = try await PostgresStepTests.fixture()
        try await fixture.run(
            """
            CREATE FUNCTION mart.wait() RETURNS numeric LANGUAGE plpgsql AS
            'BEGIN PERFORM pg_advisory_xact_lock_shared(42); RETURN 1; END';
            CREATE TABLE mart.other (n numeric);
            INSERT INTO mart.other VALUES (1)
            """)
        let holder = try await PostgresConnection.open(fixture.settings)
        try await holder.execute("SELECT pg_advisory_lock(42)")
        return (fixture, holder)
    }

    private static let waiting = """
        FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE NOT l.granted AND l.locktype = 'advisory' AND a.datname = current_database()
        """

    /// Returns once both checks wait: the process of the round, and that of its helper.
    private static func bothWait(_ fixture: PostgresFixture) async throws -> (round: String, helper: String) {
        while true {
            let rows = try await fixture.rows("SELECT a.pid \(waiting) ORDER BY a.xact_start")
            if rows.count == 2, let round = rows[0][0], let helper = rows[1][0] { return (round, helper) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func `statements that are asked beside each other see one snapshot`() async throws {
        let (fixture, holder) = try await Self.stage()
        async let evidence = Self.helped(fixture.pool).ask(Self.round)
        _ = try await Self.bothWait(fixture)
        try await fixture.run(
            "INSERT INTO mart.t VALUES ('2026-11-19', 2); INSERT INTO mart.other VALUES (2)")
        try await holder.execute("SELECT pg_advisory_unlock(42)")
        let results = try await evidence.results
        #expect(results.map(\.check) == ["sql t", "sql other"])
        #expect(results.map(\.verdict) == [.pass, .pass])
        #expect(try await fixture.rows("SELECT count(*) FROM mart.t") == [["2"]])
        await holder.close()
    }

    @Test func `a helper that comes late sees the round's snapshot`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let begin: PostgresStatement = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        let owner = try await PostgresConnection.open(fixture.settings)
        let helper = try await PostgresConnection.open(fixture.settings)
        let shared = try await owner.perform { session throws(PortFailure) in
            try WarehouseSession(session: session).run(begin)
            return try SharedSnapshot(of: WarehouseSession(session: session), waitingFor: 60_000)
        }
        try await fixture.run("INSERT INTO mart.t VALUES ('2026-11-19', 2)")
        let seen = try await helper.perform { session throws(PortFailure) in
            try WarehouseSession(session: session).transaction(begin) { transaction throws(PortFailure) in
                let process = try shared.enter(transaction)
                #expect(process == Int64(session.backendPID))
                return try transaction.rows("SELECT n FROM mart.t")
            }
        }
        #expect(seen == [["1"]])
        try await owner.execute("COMMIT")
        let failure = await #expect(throws: PortFailure.self) {
            try await helper.perform { session throws(PortFailure) in
                try WarehouseSession(session: session).transaction(begin) { transaction throws(PortFailure) in
                    _ = try shared.enter(transaction)
                }
            }
        }
        #expect(failure?.kind == .refused)
        await owner.close()
        await helper.close()
    }

    @Test func `what a helper leaves undone the round asks itself`() async throws {
        let (fixture, holder) = try await Self.stage()
        async let evidence = Self.helped(fixture.pool).ask(Self.round)
        let helper = try await Self.bothWait(fixture).helper
        try await fixture.run("SELECT pg_terminate_backend(\(helper))")
        try await holder.execute("SELECT pg_advisory_unlock(42)")
        #expect(try await evidence.results.map(\.verdict) == [.pass, .pass])
        await holder.close()
    }

    @Test func `a round makes way for who waits behind its helper`() async throws {
        let (fixture, holder) = try await Self.stage()
        async let evidence = Self.helped(fixture.pool).ask(Self.round)
        let helper = try await Self.bothWait(fixture).helper
        let table = try await fixture.rows(
            """
            SELECT relation::regclass FROM pg_locks
            WHERE pid = \(helper) AND relation IN ('mart.t'::regclass, 'mart.other'::regclass)
            """)
        try await fixture.run(
            "SET lock_timeout = '5min'; ALTER TABLE \(try #require(table.first?[0])) ADD COLUMN added text")
        _ = try await Self.bothWait(fixture)
        try await holder.execute("SELECT pg_advisory_unlock(42)")
        #expect(try await evidence.results.map(\.verdict) == [.pass, .pass])
        await holder.close()
    }

    @Test func `a round that is cancelled ends its helper too`() async throws {
        let (fixture, holder) = try await Self.stage()
        let asking = Task { try await Self.helped(fixture.pool).ask(Self.round) }
        _ = try await Self.bothWait(fixture)
        asking.cancel()
        let result = await asking.result
        let failure = #expect(throws: PortFailure.self) { try result.get() }
        #expect(failure?.kind == .cancelled)
        #expect(try await fixture.rows("SELECT 1 \(Self.waiting)") == [])
        await holder.close()
    }

    @Test func `a round does not wait for a helper`() async throws {
        let (fixture, holder) = try await Self.stage()
        try await holder.execute("SELECT pg_advisory_unlock(42)")
        let pool = PostgresPool(fixture.settings, limit: 2)
        let verdicts = try await pool.withConnection { _ in
            try await Self.helped(pool, desk: fixture.pool).ask(Self.round).results.map(\.verdict)
        }
        #expect(verdicts == [.pass, .pass])
        await pool.close()
        await holder.close()
    }

    // MARK: - When it is worth it

    private static let queries = [
        "SELECT 1", "SELECT count(*) FROM generate_series(1, 1000000)", "SELECT no_function()",
    ].map { CheckQuery(sql: $0, parameters: []) }

    private static func order(
        _ queries: [CheckQuery] = queries, leastBytes: Int64 = 0, leastCost: Double = 0,
        budget: CheckBudget? = nil, of table: String = "mart.t"
    ) async throws -> [Int]? {
        let fixture = try await PostgresStepTests.fixture()
        try await fixture.run("CREATE VIEW mart.seen AS SELECT * FROM mart.t")
        let company = Company(leastBytes: leastBytes, leastCost: leastCost)
        return try await fixture.pool.perform { session in
            try WarehouseSession(session: session).transaction { transaction throws(PortFailure) in
                let questions = SnapshotSession(
                    transaction, zone: .utc, statementTimeout: Period(5, .minute),
                    known: try TableQuery(transaction).table(Make.name(table)), budget: budget)
                return try Sharing(questions: questions, company: company).order(of: queries)
            }
        }
    }

    @Test func `the heaviest statement is asked first, and last what cannot be planned`() async throws {
        #expect(try await Self.order() == [1, 0, 2])
    }

    @Test func `within a budget the order stays`() async throws {
        let budget = CheckBudget(Period(5, .minute), of: Make.name("mart.t"))
        #expect(try await Self.order(budget: budget) == [0, 1, 2])
    }

    @Test func `small tables, cheap statements and single ones are asked on one connection`() async throws {
        #expect(try await Self.order(leastBytes: 64 << 20) == nil)
        #expect(try await Self.order(leastCost: 8192) == nil)
        #expect(try await Self.order([Self.queries[1]]) == nil)
    }

    @Test func `how large a view is tell its statements`() async throws {
        #expect(try await Self.order(leastBytes: 64 << 20, of: "mart.seen") == [1, 0, 2])
    }

    @Test func `a pool of fewer than four connections has no helpers`() {
        #expect(!Helpers(Company(), ofPool: 3, notedBy: Readers()).areAllowed)
        #expect(Helpers(Company(), ofPool: 4, notedBy: Readers()).areAllowed)
    }

    @Test func `what helpers bring back is in the order of the queries`() {
        let bench = Workbench(Self.queries, inOrder: [2, 0, 1])
        #expect(bench.take() == 2)
        #expect(bench.next() == 0)
        bench.put(Reply(outcome: .success([["zero"]]), milliseconds: 0), at: 0)
        bench.giveBack(2)
        #expect(bench.next() == 2)
        bench.put(Reply(outcome: .success([["two"]]), milliseconds: 0), at: 2)
        #expect(bench.take() == 1)
        bench.put(Reply(outcome: .success([["one"]]), milliseconds: 0), at: 1)
        #expect(bench.take() == nil)
        #expect(bench.next() == nil)
        #expect(bench.inOrder().map { try? $0.outcome.get() } == [[["zero"]], [["one"]], [["two"]]])
    }
}
