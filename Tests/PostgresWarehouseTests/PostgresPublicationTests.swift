import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct PostgresPublicationTests {
    private func published(_ publication: Publication, days: String? = nil) -> Asset {
        var asset = Make.built("mart.t", from: [], days: days)
        asset.publish = publication
        return asset
    }

    private func build(
        _ run: Int, _ sql: String, _ asset: Asset, _ fixture: PostgresFixture, replace: Bool = false
    ) async throws -> StepEnd {
        var order = PostgresStepTests.order(
            sql, asset, .whole, run: RunID(rawValue: "run00000000\(run)"), write: .replaceTable)
        order.generation = run
        order.replaceView = replace
        return try await PostgresStepTests.apply(order, fixture.warehouse)
    }

    @Test func `a published view shows the newest table that passed, and the last three are kept`()
        async throws
    {
        let fixture = try await PostgresFixture()
        let asset = published(.view(as: nil))
        for run in 1...5 {
            _ = try await build(run, "SELECT \(run) AS n, 'x' AS name", asset, fixture)
            #expect(try await fixture.rows("SELECT n FROM certified.t") == [["\(run)"]])
        }
        let tables = try await fixture.rows(
            "SELECT relname FROM pg_class c WHERE relnamespace = 'mart'::regnamespace ORDER BY 1")
        #expect(tables == [["t__run000000003"], ["t__run000000004"], ["t__run000000005"]])
        guard case .refused = try await build(6, "SELECT 6 AS n, 'x' AS name WHERE false", asset, fixture)
        else {
            Issue.record("not refused")
            return
        }
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["5"]])
        let look = try await fixture.warehouse.look(at: asset, slices: [.whole])
        #expect(look.content[.whole]?.rows == 1)
    }

    @Test func `a column that would vanish or change needs leave, one that is new does not`() async throws {
        let fixture = try await PostgresFixture()
        let asset = published(.view(as: "shown"))
        try await fixture.run("CREATE ROLE reader_shown")
        _ = try await build(1, "SELECT 1 AS n, 'x' AS name", asset, fixture)
        try await fixture.run("GRANT SELECT ON certified.shown TO reader_shown")
        _ = try await build(2, "SELECT 'y' AS more, 'x' AS name, 2 AS n", asset, fixture)
        #expect(try await fixture.rows("SELECT * FROM certified.shown") == [["2", "x", "y"]])
        let failure = await #expect(throws: PortFailure.self) {
            _ = try await build(3, "SELECT 3.5 AS n, 'z' AS more", asset, fixture)
        }
        #expect(failure?.message.contains("n would become numeric") == true)
        #expect(failure?.message.contains("name would vanish") == true)
        #expect(failure?.hint.contains("--replace-view") == true)
        _ = try await build(3, "SELECT 3.5 AS n, 'z' AS more", asset, fixture, replace: true)
        #expect(try await fixture.rows("SELECT * FROM certified.shown") == [["3.5", "z"]])
        let readable = try await fixture.rows(
            "SELECT has_table_privilege('reader_shown', 'certified.shown', 'SELECT')")
        #expect(readable == [["t"]])
    }

    @Test func `a reader of the view makes the step wait, not fail`() async throws {
        let fixture = try await PostgresFixture()
        let asset = published(.view(as: nil))
        _ = try await build(1, "SELECT 1 AS n", asset, fixture)
        // It ends by itself, on the server, as soon as somebody waits for it.
        async let read: Void = fixture.run(
            """
            BEGIN;
            SELECT * FROM certified.t;
            DO $$ BEGIN
                FOR turn IN 1..60000 LOOP
                    IF EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'certified.t'::regclass
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN
                        RETURN;
                    END IF;
                    PERFORM pg_sleep(0.01);
                END LOOP;
                RAISE EXCEPTION 'nobody waited';
            END $$;
            COMMIT
            """)
        while try await fixture.rows(
            """
            SELECT 1 FROM pg_locks WHERE granted AND relation = 'certified.t'::regclass AND pid <> pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """
        ).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        guard case .committed(1, _, .some) = try await build(2, "SELECT 2 AS n", asset, fixture) else {
            Issue.record("not committed")
            return
        }
        try await read
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["2"]])
    }

    @Test func `names of tables beside an asset fit 63 bytes`() async throws {
        let fixture = try await PostgresFixture()
        var asset = published(.view(as: nil))
        asset.name = AssetName(schema: "mart", table: String(repeating: "ä", count: 31))
        guard case .committed(1, _, .some) = try await build(1, "SELECT 1 AS n", asset, fixture) else {
            Issue.record("not committed")
            return
        }
        let names = try await fixture.rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'mart'::regnamespace")
        #expect(names == [["\(String(repeating: "ä", count: 24))__run000000001"]])
    }

    @Test(arguments: ["date", "timestamp", "timestamptz"])
    func `only intervals whose present content was certified are shown`(_ type: String) async throws {
        let fixture = try await PostgresFixture()
        try await fixture.run("CREATE SCHEMA mart; CREATE TABLE mart.t (day \(type), n int)")
        let asset = published(.certifiedIntervals(as: nil), days: "day")
        try await fixture.run(
            "SET TimeZone = 'Europe/London'; INSERT INTO mart.t VALUES ('2026-06-01', 1), ('2026-06-02', 2)")
        func apply(_ day: String, generation: Int = 1, unjudged: Bool = false) async throws {
            var order = PostgresStepTests.order(
                "SELECT CAST(:interval_start AS \(type)) AS day, \(generation) AS n", asset, Make.day(day),
                run: RunID(rawValue: "run\(day.replacing("-", with: ""))\(generation)"))
            order.generation = generation
            order.auditsBeforeCommit = !unjudged
            _ = try await PostgresStepTests.apply(order, fixture.warehouse)
        }
        try await apply("2026-06-02")
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["1"]])
        try await apply("2026-06-01")
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["1"], ["1"]])
        try await fixture.warehouse.withdraw(
            ["c-run202606021"], why: "moved", at: PostgresStepTests.now)
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["1"], ["1"]])
        try await apply("2026-06-01", generation: 2, unjudged: true)
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["1"]])
    }

    @Test func `certified days end with the day in the asset's zone, whatever zone the reader is in`()
        async throws
    {
        let fixture = try await PostgresFixture()
        try await fixture.run(
            """
            CREATE SCHEMA mart; CREATE TABLE mart.t (day timestamptz, n int);
            INSERT INTO mart.t VALUES ('2026-05-31 22:30+00', 0), ('2026-06-01 23:00+00', 2)
            """)
        let asset = published(.certifiedIntervals(as: nil), days: "day")
        _ = try await PostgresStepTests.apply(
            PostgresStepTests.order(
                "SELECT timestamptz '2026-05-31 23:30+00' AS day, 1 AS n", asset, Make.day("2026-06-01")),
            fixture.warehouse)
        #expect(try await fixture.rows("SELECT n FROM certified.t") == [["1"]])
    }
}
