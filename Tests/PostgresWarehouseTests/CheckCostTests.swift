import Engine
import PostgresClient
import PostgresWarehouse
import SuretyCore
import SuretyTestKit
import Testing

/// What checks find out where they are asked in a cheaper way.
@Suite(.enabled(if: PostgresCluster.isAvailable))
struct CheckCostTests {
    private static let name = Make.name("raw.t")

    private static func fixture(_ statements: String...) async throws -> PostgresFixture {
        let fixture = try await PostgresFixture()
        for statement in ["CREATE SCHEMA raw"] + statements { try await fixture.run(statement) }
        return fixture
    }

    private static func results(
        _ fixture: PostgresFixture, _ cases: [CheckCase], on slice: Slice = .whole,
        days column: String? = nil, asking other: PostgresWarehouse? = nil
    ) async throws -> [CheckResult] {
        var asset = Make.source("raw.t", days: column)
        asset.key = ["id"]
        let made = CheckFixture(
            name: "t", setup: [], asset: asset, slice: slice,
            context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")), cases: cases)
        let warehouse: any Warehouse = other ?? fixture.warehouse
        let results = try await warehouse.ask(
            QuestionRound(
                asset: asset, slice: slice, checks: try made.checks(on: .postgres).map(\.check),
                context: made.context)
        ).results
        for (wanted, result) in zip(cases, results) {
            for difference in wanted.differences(from: result) { Issue.record("\(difference)") }
        }
        return results
    }

    @Test(arguments: [0, 4000])
    func `few values of a day are looked up in an index, many are not, and either way the same is found`(
        _ inDay: Int
    ) async throws {
        let fixture = try await Self.fixture(
            "CREATE TABLE raw.t AS SELECT n AS id, n AS k, DATE '2026-11-01' + n / 1000 AS day FROM generate_series(0, 9999) n",
            // Twice within the day; once there and once on another day; elsewhere only; nothing.
            """
            INSERT INTO raw.t VALUES (20001, 50001, '2026-11-19'), (20002, 50001, '2026-11-19'), (20003, 7, '2026-11-19'),
              (20004, 8, '2026-11-05'), (20005, NULL, '2026-11-19'), (20006, NULL, '2026-11-19'), (20007, 9, '2026-11-19')
            """,
            "INSERT INTO raw.t SELECT 30000 + n, 60000 + n, '2026-11-19' FROM generate_series(1, \(inDay)) n",
            "CREATE INDEX ON raw.t (k)", "ANALYZE raw.t")
        let rows = Int64(inDay)
        _ = try await Self.results(
            fixture,
            [
                CheckCase(
                    "k unique", .fail, violations: 4, rows: 4 + rows, why: "3 values on 4 rows, 3 surplus"
                )
                .showing([], ["20001", "20002", "20003", "20007"].map { ["id": $0] }),
                CheckCase("duplicates k = 0", .fail, observed: "3", violations: 3, rows: 4 + rows),
                CheckCase(
                    "k unique where 'id <> 7'", .fail, violations: 3, rows: 4 + rows,
                    why: "2 values on 3 rows, 2 surplus"),
                CheckCase("k unique over interval", .fail, violations: 2, rows: 4 + rows),
            ], on: Make.day("2026-11-19"), days: "day")
    }

    @Test func `more duplicates and orphans than are kept are counted all the same`() async throws {
        let fixture = try await Self.fixture(
            "CREATE TABLE raw.other AS SELECT 1 AS id",
            "CREATE TABLE raw.t AS SELECT n AS id, n / 3 AS third, 'x' || n / 3 AS t FROM generate_series(0, 20999) n"
        )
        let first = (0..<5).map { ["id": "\($0)"] as [String: String?] }
        _ = try await Self.results(
            fixture,
            [
                CheckCase(
                    "third unique", .fail, violations: 21000, why: "7000 values on 21000 rows, 14000 surplus"
                )
                .showing([], first),
                CheckCase("duplicates t = 0", .fail, observed: "14000", violations: 14000).showing([], first),
                CheckCase("id references raw.other.id", .fail, violations: 20999, rows: 21000)
                    .showing([], [["id": "0"], ["id": "2"], ["id": "3"], ["id": "4"], ["id": "5"]]),
                CheckCase("t unique where 'id % 3 < 2 and id < 6'", .fail, violations: 4, rows: 4)
                    .showing([], [["id": "0"], ["id": "1"], ["id": "3"], ["id": "4"]]),
            ])
    }

    @Test(arguments: ["day", "wall", "at"])
    func `an index tells which days have rows`(column: String) async throws {
        let fixture = try await Self.fixture(
            """
            CREATE TABLE raw.t AS
            SELECT n AS id, day::date AS day, day AS wall, day AT TIME ZONE 'Europe/London' AS at
            FROM generate_series(1, 400) n, LATERAL (SELECT timestamp '2026-11-20 07:00' - n * interval '6 hours') d (day)
            WHERE day::date NOT IN ('2026-11-11', '2026-10-05')
            """, "INSERT INTO raw.t VALUES (0, 'infinity', 'infinity', 'infinity'), (-1, NULL, NULL, NULL)")
        let cases = [
            CheckCase(
                "no gaps in \(column) by day over table", .fail, violations: 2, why: "2026-10-05, 2026-11-11"),
            CheckCase("no gaps in \(column) by day", .fail, violations: 1, why: "2026-11-11"),
            CheckCase("no gaps in \(column) by week over table", .pass, violations: 0),
        ]
        let slice = Make.day("2026-11-19")
        let read = try await Self.results(fixture, cases, on: slice, days: "day")
        try await fixture.run("CREATE INDEX ON raw.t (\(column))")
        let found = try await Self.results(fixture, cases, on: slice, days: "day")
        #expect(read.allSatisfy { $0.rows ?? 0 > 100 })
        // London changes its clocks, where a day may begin twice.
        #expect(found.map(\.rows) == (column == "at" ? read.map(\.rows) : [nil, nil, nil]))
        #expect(found.map(\.why) == read.map(\.why))
    }

    @Test func `one odd number is told of, whatever hides it`() async throws {
        let fixture = try await Self.fixture(
            """
            CREATE TABLE raw.t AS SELECT * FROM (VALUES
                (1, 'NaN'::numeric(12, 2), float8 'Infinity', numeric '5', timestamptz '-infinity'),
                (2, NULL, NULL, '-Infinity', '2026-11-20 08:00Z'), (3, NULL, '-Infinity', NULL, '2126-11-20 08:00Z')
                ) AS t (id, n, x, u, at)
            """)
        _ = try await Self.results(
            fixture,
            [
                CheckCase("stddev n < 1", .fail, why: "1 value"),
                CheckCase("median n < 1", .fail, why: "1 value"),
                CheckCase("sum x = 0", .fail, why: "2 values"), CheckCase("p95 u = 5", .fail, why: "1 value"),
                CheckCase("max u = 5", .fail, why: "1 value"),
                CheckCase("min at > 2020-01-01", .fail, why: "1 value"),
                CheckCase("fresh at within 2h", .pass, rows: 3),
            ])
    }

    @Test(arguments: [("1MB", "256"), ("512MB", "512")])
    func `a sort of a check has memory, and never less than the server gives`(
        given: String, megabytes: String
    ) async throws {
        let fixture = try await Self.fixture("CREATE TABLE raw.t AS SELECT 1 AS id")
        try await fixture.run(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = \(given)', current_database()); END $$"
                .replacing("= \(given)", with: "= ''\(given)''"))
        _ = try await Self.results(
            fixture,
            [
                CheckCase(
                    "sql \"select pg_size_bytes(current_setting('work_mem')) / 1048576\" = \(megabytes)",
                    .pass),
                CheckCase("sql \"select current_setting('jit')\" = 'off'", .pass),
            ], asking: PostgresWarehouse(pool: PostgresPool(fixture.settings, limit: 2)))
    }
}
