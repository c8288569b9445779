import Declarations
import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

/// Rounds over a table of thirty days whose checks are about all of its rows.
@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct ReuseTests {
    private let table: ReuseTable

    init() async throws { table = try await ReuseTable() }

    /// What a result says of the rows.
    private func said(_ result: CheckResult) -> [String?] {
        let numbers = [result.rows, result.violations, result.unknown].map { $0.map(String.init) }
        return [result.check, result.verdict.rawValue, result.why, result.observed, result.unit] + numbers
    }

    /// Asks from what is kept, and reads all rows of an asset of which no parts are, and expects the same; returns how much
    /// was reused.
    private func reused(_ asset: Asset, at now: Instant = ReuseTable.now) async throws -> [String?] {
        let quick = try await table.ask(asset, at: now)
        var round = QuestionRound(
            asset: {
                var other = asset
                other.interval = nil
                return other
            }(), slice: .whole, checks: asset.stop,
            context: CheckContext(now: now, zone: Make.zone("Europe/London")))
        round.readsAll = true
        let read = try await table.warehouse.ask(round).results
        for (one, other) in zip(quick, read) { #expect(said(one) == said(other)) }
        #expect(quick.allSatisfy { $0.verdict != .error })
        return Array(Set(quick.map(\.reused))).sorted { ($0 ?? "") < ($1 ?? "") }
    }

    private static func counted(_ kept: Int, of days: Int) -> String {
        "\(kept) of \(days) days as they were at 2026-11-20 06:00 +00:00; the table's counters tell that they did not change"
    }

    @Test func `of a table that nobody changed nothing is read again`() async throws {
        let asset = try ReuseTable.asset(ReuseTable.checks.filter { !$0.hasPrefix("avg d") })
        #expect(try await table.ask(asset).allSatisfy { $0.reused == nil && $0.verdict == .pass })
        #expect(try await reused(asset) == [Self.counted(30, of: 30)])
    }

    @Test func `sums of floating-point numbers are read whenever any row changed`() async throws {
        let asset = try ReuseTable.asset([
            "rows >= 1 over table", "avg d >= 0 over table", "max d >= 0 over table",
        ])
        _ = try await table.ask(asset)
        #expect(try await table.ask(asset).allSatisfy { $0.reused != nil })
        try await table.change("INSERT INTO raw.t (day, n, d) VALUES ('2026-11-19', 3, 2.5)")
        #expect(try await table.ask(asset).map { $0.reused != nil } == [true, false, true])
    }

    @Test func `after one more day that day is read`() async throws {
        let asset = try ReuseTable.asset(ReuseTable.checks.filter { !$0.hasPrefix("avg d") })
        _ = try await table.ask(asset)
        try await table.change(
            "INSERT INTO raw.t SELECT day + 30, wall + interval '30 d', at + interval '30 d', i, n + 5, d, word, note "
                + "FROM raw.t WHERE day = '2026-10-20'")
        #expect(try await reused(asset) == [Self.counted(29, of: 31)])
    }

    @Test func `a changed row of a day that is not read shows that it is not, and a full round finds it`()
        async throws
    {
        let asset = try ReuseTable.asset(["n between 0 and 100000 over table"])
        _ = try await table.ask(asset)
        // The one change that no counter tells of.
        try await table.fixture.run(
            """
            SET application_name = 'surety'; SET track_counts = off;
            UPDATE raw.t SET n = -1 WHERE i = 1; SET track_counts = on
            """)
        let quick = try await table.ask(asset)
        #expect(quick.map(\.verdict) == [.pass])
        #expect(quick[0].reused == Self.counted(30, of: 30))
        let full = try await table.ask(asset, full: true)
        #expect(full.map(\.verdict) == [.fail])
        #expect(
            full[0].misremembered
                == "rows of 2026-10-21 are others than at 2026-11-20 06:00 +00:00, though the table's counters tell that they did not "
                + "change; all were read again")
        #expect(try await table.ask(asset).map(\.verdict) == [.fail])
    }

    @Test func `what is kept of whole tables is told by when it was read, and forgotten`() async throws {
        let asset = try ReuseTable.asset(["rows >= 1 over table"])
        _ = try await table.ask(asset)
        let soon = ReuseTable.now.adding(seconds: 1)
        #expect(try await table.warehouse.remembered(readBefore: ReuseTable.now) == [])
        #expect(try await table.warehouse.remembered(readBefore: soon) == [asset.name])
        try await table.warehouse.forget(asset.name, readBefore: ReuseTable.now)
        #expect(try await table.ask(asset)[0].reused != nil)
        try await table.warehouse.forget(asset.name, readBefore: soon)
        #expect(try await table.warehouse.remembered(readBefore: soon) == [])
        _ = try await table.ask(try ReuseTable.asset(days: nil, ["rows >= 1"]), .whole)
        #expect(try await table.warehouse.remembered(readBefore: soon) == [asset.name])
        try await table.warehouse.forget(asset.name, readBefore: soon)
        #expect(try await table.warehouse.remembered(readBefore: soon) == [])
    }

    @Test func `a round of fewer checks leaves what others need`() async throws {
        let all = try ReuseTable.asset([
            "sum n >= 0 over table", "min i >= 0 over table", "median n >= 0 over table",
        ])
        let few = try ReuseTable.asset(["median n >= 0 over table"])
        for asset in [all, few] { _ = try await table.ask(asset) }
        #expect(try await table.ask(all).allSatisfy { $0.reused != nil })
        #expect(try await table.ask(few).allSatisfy { $0.reused != nil })
        #expect(try await table.ask(all).allSatisfy { $0.reused != nil })
    }

    @Test func `after a week all rows are read`() async throws {
        let asset = try ReuseTable.asset(["rows >= 1 over table"])
        _ = try await table.ask(asset)
        let later = ReuseTable.now.adding(seconds: 7 * 86400)
        #expect(try await table.ask(asset, at: later.adding(seconds: -1))[0].reused != nil)
        #expect(try await table.ask(asset, at: later)[0].reused == nil)
    }

    @Test(arguments: [
        "UPDATE raw.t SET n = n + 1 WHERE i = 7", "DELETE FROM raw.t WHERE i = 7",
        "INSERT INTO raw.t SELECT * FROM raw.t WHERE day = '2026-10-21'",
        "INSERT INTO raw.t (i, n) VALUES (1, 1)",
        "TRUNCATE raw.t",
        "CREATE TABLE raw.u AS TABLE raw.t; DROP TABLE raw.t; ALTER TABLE raw.u RENAME TO t",
        "ALTER TABLE raw.t DROP COLUMN word; ALTER TABLE raw.t ADD COLUMN word text DEFAULT 'alpha'",
        "ALTER TABLE raw.t ALTER n TYPE numeric(14,3)",
        "INSERT INTO raw.t (day, i, n) SELECT '2026-11-19', 1, 1; DELETE FROM raw.t WHERE i = 7",
        "SAVEPOINT s; INSERT INTO raw.t TABLE raw.t; ROLLBACK TO s",
    ])
    func `after any change but new rows of new days all rows are read`(_ sql: String) async throws {
        let checks = [
            "rows >= 0 over table", "sum n >= 0 over table", "missing word < 100% over table",
            "word in [alpha, beta, gamma] over table",
        ]
        let asset = try ReuseTable.asset(checks)
        _ = try await table.ask(asset)
        try await table.change(sql)
        #expect(try await reused(asset) == [nil])
    }

    @Test func `where a session may have changes that are not counted yet all rows are read`() async throws {
        let asset = try ReuseTable.asset(["rows >= 0 over table"])
        _ = try await table.ask(asset)
        try await table.fixture.run("SET application_name = 'somebody'")
        #expect(try await table.ask(asset)[0].reused == nil)
        try await table.fixture.run("SET application_name = 'surety'")
        #expect(try await table.ask(asset)[0].reused != nil)
    }

    @Test func `sessions whose state is hidden from Surety's role may have changed anything`() async throws {
        let asset = try ReuseTable.asset(["rows >= 0 over table"])
        let role = try await table.fixture.role(
            "USAGE ON SCHEMA raw", "SELECT ON raw.t", "USAGE ON SCHEMA surety",
            "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA surety")
        func ask() async throws -> [String?] {
            try await role.warehouse.ask(
                QuestionRound(
                    asset: asset, slice: Make.day("2026-11-19"), checks: asset.stop,
                    context: CheckContext(now: ReuseTable.now))
            ).results.map(\.reused)
        }
        _ = try await ask()
        #expect(try await ask() == [nil])
    }

    @Test func `conditions that know more than the row are asked of all rows`() async throws {
        try await table.fixture.run(
            "CREATE FUNCTION raw.twice(x numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 2 * x'; CREATE TABLE raw.few (n int)"
        )
        try await table.change(
            """
            CREATE TYPE raw.mood AS ENUM ('a', 'b'); ALTER TABLE raw.t ADD COLUMN "user" text DEFAULT 'x';
            ALTER TABLE raw.t ADD COLUMN mood raw.mood DEFAULT 'a'; ALTER TABLE raw.t ADD COLUMN said text DEFAULT '2020-01-01';
            ALTER TABLE raw.t ADD COLUMN interval regclass DEFAULT 'raw.t'
            """)
        let asset = try ReuseTable.asset([
            "mood in [a, b] over table", "mood = 'a' over table", "missing mood as [b] = 0 over table",
            "row \"user = current_user\" over table", "row \"day <= current_date + 400\" over table",
            "row \"raw.twice(n) >= 0\" over table", "row \"n NOT IN (SELECT n FROM raw.few)\" over table",
            "row \"at < now()\" over table", "row \"at < 'tomorrow'\" over table", "at <= now over table",
            "row \"said::timestamptz < '2030-01-01'\" over table",
            "row \"interval::text = 'raw.t'\" over table",
            "day <= today over table", "rows >= 1 where \"random() < 2\" over table",
        ])
        _ = try await table.ask(asset)
        for result in try await table.ask(asset) {
            #expect(result.reused == nil && result.verdict == .pass, "\(result)")
        }
    }

    @Test(arguments: [
        // Who changes the parent fires no trigger of the child.
        """
        ALTER TABLE raw.t RENAME TO old; CREATE TABLE raw.all (LIKE raw.old) PARTITION BY RANGE (day);
        CREATE TABLE raw.t PARTITION OF raw.all FOR VALUES FROM (MINVALUE) TO (MAXVALUE); INSERT INTO raw.t TABLE raw.old
        """,
        """
        ALTER TABLE raw.t RENAME TO old; CREATE TABLE raw.all (LIKE raw.old); CREATE TABLE raw.t () INHERITS (raw.all);
        INSERT INTO raw.t TABLE raw.old
        """,
        // What a crash empties.
        "ALTER TABLE raw.t SET UNLOGGED",
    ])
    func `a guard of a part, or of what a crash empties, is not believed`(_ sql: String) async throws {
        try await table.change(sql)
        let guarded = try ReuseTable.asset(guarded: true, ["sum n >= 0 over table"])
        _ = try await table.ask(guarded)
        let changed = sql.contains("UNLOGGED") ? "raw.t" : "raw.all"
        try await table.change("UPDATE \(changed) SET n = 5 WHERE day = '2026-10-22'")
        #expect(try await reused(guarded) == [nil])
    }

    @Test func `where somebody made a function by the name of the server's all rows are read`() async throws {
        let asset = try ReuseTable.asset(["row \"lower(word) = word\" over table"])
        _ = try await table.ask(asset)
        #expect(try await table.ask(asset)[0].reused != nil)
        try await table.change(
            "CREATE FUNCTION raw.lower(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT $1'")
        #expect(try await table.ask(asset)[0].reused == nil)
    }

    @Test(arguments: [
        "UPDATE surety.kept_parts SET body = '{}'",
        "UPDATE surety.kept_parts SET body = jsonb_set(body, '{parts,parts,0,values}', '[]')",
    ])
    func `what is kept in another form is not taken`(_ sql: String) async throws {
        let asset = try ReuseTable.asset(["rows >= 0 over table"])
        _ = try await table.ask(asset)
        try await table.change(sql)
        #expect(try await table.ask(asset)[0].reused == nil)
        #expect(try await table.ask(asset)[0].reused != nil)
    }

    @Test func `nothing is kept that was measured of a private column`() async throws {
        var asset = try ReuseTable.asset([
            "sum n >= 0 over table", "max n >= 0 over table", "avg i >= 0 over table", "rows >= 1 over table",
            "at not in future over table", "fresh at within 10d",
        ])
        asset.privateColumns = ["n", "at"]
        _ = try await table.ask(asset)
        let body =
            try await table.fixture.rows("SELECT body->'parts'->>'columns' FROM surety.kept_parts")[0][0]
            ?? ""
        #expect(body.contains("sum(\\\"i\\\")"))
        #expect(!body.contains("sum(\\\"n\\\")") && !body.contains("max("))
    }

    @Test func `what was in the future is looked at again until it is not`() async throws {
        try await table.change(
            "INSERT INTO raw.t (day, at, wall) SELECT d, d, d FROM (SELECT DATE '2026-11-25' AS d) AS s")
        let asset = try ReuseTable.asset([
            "at not in future over table", "day not in future over table", "wall not in future over table",
            "fresh at within 10d",
        ])
        #expect(try await table.ask(asset).prefix(3).allSatisfy { $0.verdict == .fail })
        let later = Make.instant("2026-11-25T00:00:00Z")
        _ = try await reused(asset)
        _ = try await reused(asset, at: later)
        #expect(try await table.ask(asset, at: later).allSatisfy { $0.verdict == .pass && $0.reused != nil })
    }

    @Test func `a guard tells which days changed, and only those are read`() async throws {
        let asset = try ReuseTable.asset(guarded: true, ReuseTable.checks.filter { !$0.hasPrefix("avg d") })
        _ = try await table.ask(asset)
        try await table.fixture.run(
            """
            BEGIN; UPDATE raw.t SET n = n + 1 WHERE day = '2026-10-22' AND i % 2 = 0; COMMIT;
            BEGIN; DELETE FROM raw.t WHERE day = '2026-10-25'; COMMIT;
            INSERT INTO raw.t (day, i, n, word, d, at, wall)
                VALUES ('2026-10-30', 1, 1, 'beta', 1, '2026-10-30Z', '2026-10-30')
            """)
        let words =
            "27 of 29 days as they were at 2026-11-20 06:00 +00:00; the table's guard tells that they did not change"
        #expect(try await reused(asset) == [words])
    }

    @Test(arguments: [
        "TRUNCATE raw.t", "INSERT INTO raw.t (i, n) VALUES (1, 1)",
        "ALTER TABLE raw.t DISABLE TRIGGER ALL; UPDATE raw.t SET n = 5; ALTER TABLE raw.t ENABLE TRIGGER ALL",
        "DROP TRIGGER surety_guard_update ON raw.t; UPDATE raw.t SET n = 5",
    ])
    func `what a guard cannot place makes all rows be read`(_ sql: String) async throws {
        let asset = try ReuseTable.asset(guarded: true, ["sum n >= 0 over table", "rows >= 0 over table"])
        _ = try await table.ask(asset)
        try await table.change(sql)
        #expect(try await reused(asset) == [nil])
    }

    @Test
    func `a guard that not every session fires is not believed, nor a table whose owner lets no guard in`()
        async throws
    {
        let checks = ["sum n >= 0 over table", "rows >= 0 over table"]
        let guarded = try ReuseTable.asset(guarded: true, checks)
        _ = try await table.ask(guarded)
        try await table.change("ALTER TABLE raw.t ENABLE TRIGGER surety_guard_update")
        _ = try await table.ask(guarded, full: true, certifying: false)
        try await table.change(
            "SET LOCAL session_replication_role = replica; UPDATE raw.t SET n = 9 WHERE day = '2026-10-22'")
        let results = try await table.ask(guarded, certifying: false)
        #expect(results.map(\.reused) == [nil, nil])
        let count = try await table.fixture.rows("SELECT sum(n) FROM raw.t")[0][0]
        #expect(results[0].observed == count)
    }

    @Test func `where a role does not count its changes counters tell nothing`() async throws {
        let asset = try ReuseTable.asset(["rows >= 0 over table"])
        _ = try await table.ask(asset)
        let role = try await table.fixture.role("SELECT ON raw.t").name
        let database = try await table.fixture.rows("SELECT current_database()")[0][0] ?? ""
        #expect(try await table.ask(asset)[0].reused != nil)
        try await table.change("ALTER ROLE \(role) IN DATABASE \(database) SET track_counts = off")
        #expect(try await table.ask(asset)[0].reused == nil)
    }

    @Test(arguments: [
        "ALTER TABLE raw.t RENAME day TO other", "ALTER TABLE raw.t DROP COLUMN day",
        "ALTER TABLE raw.t ALTER day TYPE text",
    ])
    func `a guard holds up nobody who changes the column that it looks at`(_ sql: String) async throws {
        _ = try await table.ask(try ReuseTable.asset(guarded: true))
        let notes = "SELECT bool_or(at_large) FROM surety.change_note"
        try await table.change(sql)
        try await table.change("UPDATE raw.t SET n = 3 WHERE i = 5")
        try await table.change(
            sql.contains("text") ? "UPDATE raw.t SET day = 'x' WHERE i = 5" : "DELETE FROM raw.t WHERE i = 6")
        #expect(try await table.fixture.rows(notes) == [["t"]])
    }

    @Test func `a guard looks at rows as whoever writes them`() async throws {
        let writer = try await table.fixture.role("USAGE, CREATE ON SCHEMA raw", "SELECT, UPDATE ON raw.t")
            .name
        _ = try await table.ask(try ReuseTable.asset(guarded: true))
        try await table.change(
            """
            CREATE TABLE raw.seen (who text); GRANT INSERT ON raw.seen TO PUBLIC;
            CREATE TYPE raw.odd AS (d date);
            CREATE FUNCTION raw.bare(raw.odd) RETURNS date LANGUAGE sql AS
                'INSERT INTO raw.seen VALUES (current_user); SELECT ($1).d';
            CREATE CAST (raw.odd AS date) WITH FUNCTION raw.bare(raw.odd);
            CREATE INDEX ON raw.t (i); DROP INDEX raw.t_day_idx;
            ALTER TABLE raw.t ALTER day TYPE raw.odd USING ROW(day)::raw.odd
            """)
        try await table.change("SET LOCAL ROLE \(writer); UPDATE raw.t SET n = 3 WHERE i = 5")
        #expect(
            try await table.fixture.rows("SELECT DISTINCT who FROM raw.seen WHERE who <> '\(writer)'").isEmpty
        )
    }

    @Test func `a guard is taken away where it is not wanted any more`() async throws {
        _ = try await table.ask(try ReuseTable.asset(guarded: true))
        let triggers =
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'raw.t'::regclass AND NOT tgisinternal"
        #expect(try await table.fixture.rows(triggers) == [["4"]])
        _ = try await table.ask(try ReuseTable.asset(guarded: false))
        #expect(try await table.fixture.rows(triggers) == [["0"]])
    }

    @Test func `partitions are guarded and counted like the whole`() async throws {
        try await table.change(
            """
            ALTER TABLE raw.t RENAME TO old; CREATE TABLE raw.t (LIKE raw.old) PARTITION BY RANGE (day);
            CREATE TABLE raw.t1 PARTITION OF raw.t FOR VALUES FROM (MINVALUE) TO ('2026-11-01');
            CREATE TABLE raw.t2 PARTITION OF raw.t FOR VALUES FROM ('2026-11-01') TO (MAXVALUE);
            INSERT INTO raw.t TABLE raw.old
            """)
        let checks = ["sum n >= 0 over table", "rows >= 0 over table"]
        _ = try await table.ask(try ReuseTable.asset(checks))
        try await table.change("INSERT INTO raw.t2 (day, n) VALUES ('2026-11-19', 3)")
        #expect(try await reused(try ReuseTable.asset(checks)) == [Self.counted(29, of: 31)])
        let guarded = try ReuseTable.asset(guarded: true, checks)
        _ = try await table.ask(guarded, full: true)
        try await table.fixture.run("UPDATE raw.t1 SET n = 9 WHERE day = '2026-10-22'")
        #expect(try await reused(guarded) != [nil])
        try await table.fixture.run(
            """
            CREATE TABLE raw.t0 (LIKE raw.t); INSERT INTO raw.t0 SELECT * FROM raw.t1;
            ALTER TABLE raw.t DETACH PARTITION raw.t1;
            ALTER TABLE raw.t ATTACH PARTITION raw.t0 FOR VALUES FROM (MINVALUE) TO ('2026-11-01')
            """)
        #expect(try await reused(guarded) == [nil])
    }

    @Test func `whoever may not keep anything reads all rows`() async throws {
        let role = try await table.fixture.role(
            "USAGE ON SCHEMA raw", "SELECT ON raw.t", "USAGE ON SCHEMA surety", "SELECT ON surety.publication"
        )
        let round = QuestionRound(
            asset: try ReuseTable.asset(["rows >= 1 over table"]), slice: Make.day("2026-11-19"),
            checks: try ReuseTable.asset(["rows >= 1 over table"]).stop,
            context: CheckContext(now: ReuseTable.now))
        for _ in 1...2 {
            let results = try await role.warehouse.ask(round).results
            #expect(results.map(\.verdict) == [.pass])
            #expect(results.map(\.reused) == [nil])
        }
    }
}
