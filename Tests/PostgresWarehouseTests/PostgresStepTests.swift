import Engine
import PostgresClient
import PostgresWarehouse
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct PostgresStepTests {
    static let now = Make.instant("2026-11-20T06:00:00Z")
    static let day = Make.day("2026-11-19")

    static func fixture() async throws -> PostgresFixture {
        let fixture = try await PostgresFixture()
        try await fixture.run(
            """
            CREATE SCHEMA mart;
            CREATE TABLE mart.t (day date, n numeric);
            INSERT INTO mart.t VALUES ('2026-11-19', 1)
            """)
        return fixture
    }

    static func order(
        _ sql: String, _ asset: Asset = Make.built("mart.t", from: []), _ slice: Slice = day,
        run: RunID = "run000000001", write: WriteMode = .replaceInterval
    ) -> StepOrder {
        StepOrder(
            run: run, asset: asset, slice: slice, work: .sql(sql), write: write, definition: "d", inputs: [],
            certificate: CertificateID(rawValue: "c-\(run)"), context: CheckContext(now: now))
    }

    static func apply(_ order: StepOrder, _ warehouse: any Warehouse) async throws -> StepEnd {
        try await warehouse.apply(order) { order.certifier.judge($0, at: now) }
    }

    static func failure(_ order: StepOrder, _ warehouse: any Warehouse) async -> PortFailure? {
        do {
            Issue.record("it ended: \(try await apply(order, warehouse))")
            return nil
        } catch {
            return error as? PortFailure
        }
    }

    static let values = "SELECT date '2026-11-19' AS day, 2 AS n"

    @Test func `a backend that is ended mid-step leaves nothing, and the step can be made again`()
        async throws
    {
        let fixture = try await Self.fixture()
        let failure = await Self.failure(
            Self.order("SELECT :interval_date AS day, 2 AS n WHERE pg_terminate_backend(pg_backend_pid())"),
            fixture.warehouse)
        #expect(failure?.kind == .unreachable)
        #expect(failure?.isRetryable == true)
        #expect(try await fixture.rows("SELECT n FROM mart.t") == [["1"]])
        guard case .committed(1, _, .some) = try await Self.apply(Self.order(Self.values), fixture.warehouse)
        else {
            Issue.record("not committed")
            return
        }
    }

    @Test func `a deferred constraint is asked before the checks`() async throws {
        let fixture = try await Self.fixture()
        try await fixture.run(
            """
            CREATE TABLE mart.k (n numeric PRIMARY KEY);
            ALTER TABLE mart.t ADD CONSTRAINT known FOREIGN KEY (n) REFERENCES mart.k DEFERRABLE INITIALLY DEFERRED
                NOT VALID
            """)
        let failure = await Self.failure(Self.order(Self.values), fixture.warehouse)
        #expect(failure?.kind == .refused)
        #expect(failure?.sqlState == "23503")
        #expect(failure?.description.contains("2)") == false)
        #expect(try await fixture.rows("SELECT n FROM mart.t") == [["1"]])
    }

    @Test func `a statement that takes too long is a time-out`() async throws {
        let fixture = try await Self.fixture()
        var order = Self.order("SELECT :interval_date AS day, 2 AS n FROM pg_sleep(60)")
        order.statementTimeout = Period(1, .second)
        #expect(await Self.failure(order, fixture.warehouse)?.kind == .timeout)
    }

    @Test func `a cancelled step is rolled back`() async throws {
        let fixture = try await Self.fixture()
        let task = Task {
            try await Self.apply(
                Self.order("SELECT :interval_date AS day, 2 AS n FROM pg_sleep(3600)"), fixture.warehouse)
        }
        while try await fixture.rows(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        ).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        task.cancel()
        let result = await task.result
        let failure = #expect(throws: PortFailure.self) { try result.get() }
        #expect(failure?.kind == .cancelled)
        #expect(failure?.isRetryable == false)
        #expect(try await fixture.rows("SELECT n FROM mart.t") == [["1"]])
    }

    @Test func `a lock that is not given is contention`() async throws {
        let fixture = try await Self.fixture()
        let holder = try await PostgresConnection.open(fixture.settings)
        try await holder.execute("BEGIN")
        try await holder.execute("LOCK TABLE mart.t IN ACCESS EXCLUSIVE MODE")
        var order = Self.order(Self.values)
        order.lockTimeout = Period(1, .second)
        let failure = await Self.failure(order, fixture.warehouse)
        #expect(failure?.kind == .contention)
        #expect(failure?.isRetryable == true)
        await holder.close()
    }

    @Test func `a writer that does not end is waited for so long`() async throws {
        let fixture = try await Self.fixture()
        _ = try await Self.apply(Self.order(Self.values), fixture.warehouse)
        let holder = try await PostgresConnection.open(fixture.settings)
        try await holder.execute("BEGIN")
        try await holder.execute("UPDATE surety.fence SET token = token")
        var order = Self.order(Self.values, run: "run000000002")
        order.fenceTimeout = Period(1, .second)
        let failure = await Self.failure(order, fixture.warehouse)
        #expect(failure?.kind == .contention)
        #expect(failure?.message.contains("mart.t") == true)
        await holder.close()
    }

    @Test func `a missing right names the statement that gives it`() async throws {
        let fixture = try await Self.fixture()
        let role = try await fixture.role("USAGE ON SCHEMA mart", "SELECT ON mart.t")
        try await fixture.run(
            """
            GRANT USAGE ON SCHEMA surety TO \(role.name);
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA surety TO \(role.name)
            """)
        // Prepared by somebody else: no right to create anything is needed.
        try await role.warehouse.prepare(clockOffset: 0)
        let failure = await Self.failure(Self.order(Self.values), role.warehouse)
        #expect(failure?.kind == .permission)
        #expect(failure?.hint == "GRANT INSERT, DELETE ON \"mart\".\"t\" TO \"\(role.name)\";")
        try await fixture.run(failure?.hint ?? "")
        let report = try await role.warehouse.examine([Make.built("mart.t", from: [])])
        #expect(report.missingGrants.isEmpty)
        guard case .committed(1, _, .some) = try await Self.apply(Self.order(Self.values), role.warehouse)
        else {
            Issue.record("not committed")
            return
        }
    }

    @Test func `a role that may create prepares the warehouse, one that may not is told what it needs`()
        async throws
    {
        let address = try await PostgresCluster.shared().freshAddress()
        let admin = try await PostgresConnection.open(try PostgresSettings(address))
        let database = try await admin.query("SELECT current_database()")[0][0] ?? ""
        try await admin.execute("CREATE ROLE \(identifier: "maker_\(database)") LOGIN")
        let settings = try PostgresSettings(
            address.replacing("user=postgres", with: "user=maker_\(database)"))
        let warehouse = PostgresWarehouse(pool: PostgresPool(settings))
        let failure = await #expect(throws: PortFailure.self) { try await warehouse.prepare(clockOffset: 0) }
        let grant = "GRANT CREATE ON DATABASE \"\(database)\" TO \"maker_\(database)\";"
        #expect(failure?.kind == .permission)
        #expect(failure?.hint == grant)
        #expect(try await warehouse.examine([]).missingGrants == [grant])
        try await admin.execute("\(unchecked: grant)")
        try await warehouse.prepare(clockOffset: 0)
        #expect(try await warehouse.examine([]).missingGrants.isEmpty)
        await admin.close()
    }

    @Test func `two preparations at once both succeed`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 {
                group.addTask {
                    try await PostgresWarehouse(pool: PostgresPool(settings, limit: 1)).prepare(
                        clockOffset: 0)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a warehouse of a newer program is refused untouched`() async throws {
        let fixture = try await PostgresFixture()
        try await fixture.run("UPDATE surety.meta SET value = '99' WHERE key = 'version'")
        let failure = await #expect(throws: PortFailure.self) {
            try await fixture.warehouse.prepare(clockOffset: 0)
        }
        #expect(failure?.kind == .storeUnusable)
    }

    @Test func `row-level security makes checks errors, never counts`() async throws {
        let fixture = try await Self.fixture()
        let role = try await fixture.role("USAGE ON SCHEMA mart", "SELECT ON mart.t")
        try await fixture.run(
            "ALTER TABLE mart.t ENABLE ROW LEVEL SECURITY; CREATE POLICY none ON mart.t USING (false)")
        let asset = Make.source("mart.t")
        let evidence = try await role.warehouse.ask(
            QuestionRound(
                asset: asset, slice: Self.day, checks: asset.stop, context: CheckContext(now: Self.now),
                marksContent: true))
        #expect(evidence.results.map(\.verdict) == [.error])
        #expect(evidence.results.first?.sqlState == "42501")
        let report = try await role.warehouse.examine([asset])
        #expect(report.warnings.contains { $0.contains("mart.t") })
    }

    @Test(arguments: [
        ("date", "2026-03-29", "2026-03-28 | 2026-03-30"),
        ("timestamp", "2026-03-29 00:00:00", "2026-03-28 23:59:59.999 | 2026-03-30 00:00:00"),
        ("timestamp", "2026-03-29 23:59:59.999", "infinity | -infinity"),
        ("timestamptz", "2026-03-29 00:00:00+00", "2026-03-28 23:59:59.999+00 | 2026-03-29 23:00:00+00"),
        ("timestamptz", "2026-03-29 22:59:59.999+00", "infinity | -infinity"),
    ])
    func `the bounds of a short day hold in each type of column`(
        _ type: String, _ inside: String, _ outside: String
    ) async throws {
        let fixture = try await PostgresFixture()
        let asset = Make.built("mart.x", from: [])
        let slice = Make.day("2026-03-29")
        var order = Self.order("SELECT \(type) '\(inside)' AS day", asset, slice)
        guard case .committed(1, _, let certificate?) = try await Self.apply(order, fixture.warehouse) else {
            Issue.record("\(inside) is outside")
            return
        }
        #expect(certificate.content.rows == 1)
        for (index, value) in outside.split(separator: " | ").enumerated() {
            order = Self.order(
                "SELECT \(type) '\(value)' AS day", asset, slice, run: RunID(rawValue: "run00000000\(index)"))
            order.generation = 2
            guard case .refused(let cause, 1, _) = try await Self.apply(order, fixture.warehouse) else {
                Issue.record("\(value) is inside")
                continue
            }
            #expect(cause.check == CheckResult.insideInterval)
        }
    }

    @Test func `NaN and infinity are rows like others`() async throws {
        let fixture = try await Self.fixture()
        guard
            case .committed(2, _, let certificate?) = try await Self.apply(
                Self.order(
                    """
                    SELECT :interval_date AS day, n FROM (VALUES (numeric 'NaN'), ('infinity')) AS v (n)
                    """), fixture.warehouse)
        else {
            Issue.record("not committed")
            return
        }
        #expect(certificate.content.rows == 2)
    }

    @Test func `columns that the table fills itself may be left out`() async throws {
        let fixture = try await Self.fixture()
        try await fixture.run(
            """
            ALTER TABLE mart.t ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
                ADD COLUMN loaded timestamptz NOT NULL DEFAULT now(), ADD COLUMN twice numeric GENERATED ALWAYS AS (n * 2) STORED
            """)
        guard case .committed(1, _, .some) = try await Self.apply(Self.order(Self.values), fixture.warehouse)
        else {
            Issue.record("not committed")
            return
        }
        #expect(try await fixture.rows("SELECT twice FROM mart.t") == [["4"]])
    }

    @Test func `statements without parameters read settings`() async throws {
        let fixture = try await Self.fixture()
        let end = try await Self.apply(
            Self.order(
                """
                DELETE FROM mart.t;
                DO $$ BEGIN
                    INSERT INTO mart.t VALUES (current_setting('surety.interval_date')::date,
                        extract(epoch FROM current_setting('surety.interval_end')::timestamptz
                            - current_setting('surety.interval_start')::timestamptz));
                END $$
                """, write: .script), fixture.warehouse)
        guard case .committed(_, _, .some) = end else {
            Issue.record("\(end)")
            return
        }
        #expect(try await fixture.rows("SELECT day, n::bigint FROM mart.t") == [["2026-11-19", "86400"]])
    }

    @Test func `a procedure that commits is refused`() async throws {
        let fixture = try await Self.fixture()
        try await fixture.run(
            "CREATE PROCEDURE mart.p() LANGUAGE plpgsql AS 'BEGIN DELETE FROM mart.t; COMMIT; END'")
        let failure = await Self.failure(Self.order("CALL mart.p()", write: .script), fixture.warehouse)
        #expect(failure?.kind == .refused)
        #expect(try await fixture.rows("SELECT n FROM mart.t") == [["1"]])
    }

    @Test func `the line of an error is that of the SQL as written`() async throws {
        let fixture = try await Self.fixture()
        let failure = await Self.failure(
            Self.order("SELECT day,\n  nothing AS n\nFROM mart.t"), fixture.warehouse)
        #expect(failure?.message.contains("line 2") == true)
        #expect(failure?.sqlState == "42703")
    }

    @Test func `values of rows are not told`() async throws {
        let fixture = try await Self.fixture()
        let failure = await Self.failure(
            Self.order(
                "SELECT :interval_date AS day, ('secret' || n)::numeric AS n FROM (VALUES (1)) AS v (n)"),
            fixture.warehouse)
        #expect(failure?.sqlState == "22P02")
        #expect(failure?.description.contains("secret") == false)
    }

    @Test func `what a script leaves in its session is taken back`() async throws {
        let fixture = try await Self.fixture()
        for generation in 1...3 {
            var order = Self.order(
                """
                CREATE TEMP TABLE work AS SELECT 1 AS n;
                SET search_path = mart, pg_temp;
                UPDATE t SET n = (SELECT n FROM work)
                """, run: "run000000001", write: .script)
            order.generation = generation
            order.certificate = CertificateID(rawValue: "c\(generation)")
            guard case .committed(1, _, .some) = try await Self.apply(order, fixture.warehouse) else {
                Issue.record("not committed")
                return
            }
        }
        var order = Self.order("SELECT day, n FROM t", run: "run000000002")
        order.generation = 4
        let failure = await Self.failure(order, fixture.warehouse)
        #expect(failure?.sqlState == "42P01")
    }

    @Test func `many steps at once have one effect for each slice`() async throws {
        let fixture = try await Self.fixture()
        let days = ["2026-11-17", "2026-11-18", "2026-11-19"]
        let committed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<18 {
                group.addTask {
                    let end = try await Self.apply(
                        Self.order(
                            "SELECT :interval_date AS day, \(number) AS n", Make.built("mart.t", from: []),
                            Make.day(days[number % 3]), run: RunID(rawValue: "run\(number)")),
                        fixture.warehouse)
                    return if case .committed = end { true } else { false }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(committed == 3)
        #expect(try await fixture.rows("SELECT count(*) FROM mart.t") == [["3"]])
        #expect(try await fixture.rows("SELECT count(*) FROM surety.ledger") == [["3"]])
    }

    @Test func `a view keeps its columns unless told otherwise`() async throws {
        let fixture = try await Self.fixture()
        let asset = Make.built("mart.v", from: [], days: nil)
        func make(_ sql: String, _ generation: Int, replace: Bool = false) async throws -> StepEnd {
            var order = Self.order(
                sql, asset, .whole, run: RunID(rawValue: "run\(generation)"), write: .view)
            order.generation = generation
            order.replaceView = replace
            return try await Self.apply(order, fixture.warehouse)
        }
        _ = try await make("SELECT day, n FROM mart.t", 1)
        let failure = await #expect(throws: PortFailure.self) {
            _ = try await make("SELECT n FROM mart.t", 2)
        }
        #expect(failure?.hint.contains("--replace-view") == true)
        _ = try await make("SELECT n FROM mart.t;", 2, replace: true)
        #expect(try await fixture.warehouse.table(asset.name)?.columns.map(\.name) == ["n"])
    }

    @Test func `checks may not take longer in all than their budget`() async throws {
        let fixture = try await Self.fixture()
        try await fixture.run("INSERT INTO mart.t (day) VALUES ('2026-11-19')")
        var asset = Make.source("mart.t")
        asset.budget = Period(1, .second)
        let slow = Check(
            id: "mart.t/slow", text: "row", list: .stop, location: Make.location,
            body: .row(.condition("pg_sleep(20) IS NOT NULL")))
        let evidence = try await fixture.warehouse.ask(
            QuestionRound(
                asset: asset, slice: Self.day, checks: [slow, slow],
                context: CheckContext(now: Make.instant("2026-11-20T06:00:00Z"))))
        #expect(evidence.results.map(\.verdict) == [.error, .error])
        #expect(evidence.results.map(\.sqlState) == ["57014", "57014"])
    }

    @Test func `certificates of one slice that are recorded at once leave one valid`() async throws {
        let fixture = try await Self.fixture()
        let source = Make.source("mart.t")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...6 {
                group.addTask {
                    let id = CertificateID(rawValue: "c\(number)")
                    _ = try await fixture.warehouse.record(
                        Make.certificate(id, source, Self.day, rows: Int64(number)), ledger: nil)
                }
            }
            try await group.waitForAll()
        }
        let certificates = try await fixture.warehouse.certificates(of: [source.name])
        #expect(certificates.count == 6)
        #expect(certificates.count { $0.isValid } == 1)
    }

    @Test func `a role without rights on surety is told the statements that give them`() async throws {
        let fixture = try await Self.fixture()
        let role = try await fixture.role("ALL ON SCHEMA mart", "ALL ON mart.t")
        let failure = await #expect(throws: PortFailure.self) {
            try await role.warehouse.prepare(clockOffset: 0)
        }
        #expect(failure?.kind == .permission)
        #expect(
            failure?.hint.contains("GRANT SELECT, INSERT, UPDATE, DELETE ON \"surety\".\"ledger\"") == true)
        try await fixture.run(failure?.hint ?? "")
        try await role.warehouse.prepare(clockOffset: 0)
        guard case .committed(1, _, .some) = try await Self.apply(Self.order(Self.values), role.warehouse)
        else {
            Issue.record("not committed")
            return
        }
    }

    @Test func `the zone of a project does not change what rows look like`() async throws {
        let fixture = try await Self.fixture()
        let asset = Make.built("mart.z", from: [], days: nil)
        var order = Self.order(
            "SELECT timestamptz '2026-06-01 12:00+00' AS at", asset, .whole, write: .replaceTable)
        order.context.zone = Make.zone("Asia/Tokyo")
        guard case .committed(1, _, let certificate?) = try await Self.apply(order, fixture.warehouse) else {
            Issue.record("not committed")
            return
        }
        let look = try await fixture.warehouse.look(at: asset, slices: [.whole])
        #expect(look.content[.whole] == certificate.content)
        var round = QuestionRound(
            asset: asset, slice: .whole, checks: asset.stop, context: order.context, marksContent: true)
        round.context.zone = Make.zone("Europe/London")
        #expect(try await fixture.warehouse.ask(round).content == certificate.content)
    }

    @Test func `a parameter may have a name that no setting can have`() async throws {
        let fixture = try await Self.fixture()
        var asset = Make.built("mart.t", from: [])
        asset.params = ["größe-1": .integer(1), "n": .decimal("2.50")]
        guard
            case .committed(1, _, .some) = try await Self.apply(
                Self.order("SELECT :interval_date AS day, :n AS n", asset), fixture.warehouse)
        else {
            Issue.record("not committed")
            return
        }
        #expect(try await fixture.rows("SELECT n FROM mart.t") == [["2.50"]])
    }
}
