import CheckSQL
import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

/// Rounds that are asked again about the same slice of a table of thirty days.
@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct SliceReuseTests {
    /// Checks that follow from the interval's rows alone.
    private static let local = [
        "rows >= 1", "missing note < 50%", "distinct word = 3", "median n >= 0", "avg d >= 0",
        "max word >= 'a'",
        "stddev i >= 0", "i not null", "word in [alpha, beta, gamma]", "at not in future",
        "duplicates i = 0 over interval", "i increasing by at over interval",
        "row \"n >= 0\" where \"word = 'alpha'\"", "n <= 5 except 60%",
    ]
    /// Checks that follow from all rows.
    private static let wide = [
        "i unique", "duplicates i = 0", "distinct n >= 0 over table",
        "max i within 90% of previous", "sum i within 90% of median of last 4",
    ]
    /// Checks that are asked each time.
    private static let open = [
        "sql \"SELECT 1\" = 1", "row \"at < now()\"", "missing word equals missing raw.words.word",
        "word references raw.words.word",
    ]
    private static let day = Make.day("2026-11-18")
    private static let counted =
        "rows as they were at 2026-11-20 06:00 +00:00; the table's counters tell that they did not change"
    private static let guarded =
        "rows as they were at 2026-11-20 06:00 +00:00; the table's guard tells that they did not change"

    private let table: ReuseTable

    init() async throws {
        table = try await ReuseTable()
        try await table.change("CREATE TABLE raw.words AS SELECT DISTINCT word FROM raw.t")
    }

    /// Asks again, reads all, and expects the same; returns which checks were known of the slice.
    private func known(_ asset: Asset, _ slice: Slice = day, _ words: String = counted) async throws
        -> [String]
    {
        let quick = try await table.ask(asset, slice)
        let read = try await table.ask(asset, slice, full: true)
        for (one, other) in zip(quick, read) {
            var one = one
            one.reused = other.reused
            #expect(one == other)
            #expect(one.verdict != .error, "\(one.check): \(one.why)")
        }
        return quick.filter { $0.reused == words }.map(\.check)
    }

    @Test func `a slice of a table that nobody changed is not read again`() async throws {
        let asset = try ReuseTable.asset(Self.local + Self.wide + Self.open)
        #expect(try await table.ask(asset, Self.day).allSatisfy { $0.reused == nil })
        #expect(try await known(asset) == Self.local + Self.wide)
    }

    @Test func `after rows of other days came, only what is about all rows is read`() async throws {
        let asset = try ReuseTable.asset(Self.local + Self.wide)
        _ = try await table.ask(asset, Self.day)
        try await table.change("INSERT INTO raw.t SELECT day + 30, wall, at, -i, n, d, word, note FROM raw.t")
        #expect(try await known(asset) == Self.local)
    }

    @Test(arguments: [
        "INSERT INTO raw.t SELECT * FROM raw.t WHERE i = 29", "UPDATE raw.t SET n = 2 WHERE i = 29",
        "DELETE FROM raw.t WHERE i = 29", "UPDATE raw.t SET day = '2026-11-17' WHERE i = 29",
        "UPDATE raw.t SET day = '2026-11-18' WHERE i = 1", "ALTER TABLE raw.t ALTER word TYPE varchar",
        "UPDATE raw.t SET n = 2 WHERE i = 1",
        "INSERT INTO raw.t SELECT * FROM raw.t WHERE i = 29; INSERT INTO raw.t SELECT * FROM raw.t WHERE i = 1",
    ])
    func `after a change that may be of the slice all is read`(_ sql: String) async throws {
        let asset = try ReuseTable.asset(Self.local + Self.wide)
        _ = try await table.ask(asset, Self.day)
        try await table.change(sql)
        #expect(try await known(asset).isEmpty)
    }

    @Test func `a guard tells whether a change was of the slice`() async throws {
        let asset = try ReuseTable.asset(guarded: true, Self.local + Self.wide)
        _ = try await table.ask(asset, Self.day)
        try await table.fixture.run("UPDATE raw.t SET n = n + 1 WHERE day = '2026-10-22'")
        #expect(try await known(asset, Self.day, Self.guarded) == Self.local)
        try await table.fixture.run("UPDATE raw.t SET n = n + 1 WHERE day = '2026-11-18' AND i % 2 = 0")
        #expect(try await known(asset).isEmpty)
        try await table.fixture.run("UPDATE raw.t SET day = '2026-11-18' WHERE i = 1")
        #expect(try await known(asset).isEmpty)
    }

    @Test func `a table without intervals that nobody changed is not read again`() async throws {
        let checks = Self.local.filter { !$0.contains("over interval") } + ["i unique", "duplicates i = 0"]
        let asset = try ReuseTable.asset(days: nil, checks)
        let first = try await table.evidence(of: asset, .whole)
        #expect(try await known(asset, .whole) == checks)
        #expect(try await table.evidence(of: asset, .whole).content == first.content)
        try await table.change("UPDATE raw.t SET n = 2 WHERE i = 29")
        #expect(try await known(asset, .whole).isEmpty)
        #expect(try await table.evidence(of: asset, .whole).content != first.content)
    }

    @Test func `a check that is new is read, and the others are known`() async throws {
        _ = try await table.ask(try ReuseTable.asset(["rows >= 1", "sum n >= 0"]), Self.day)
        let asset = try ReuseTable.asset(["sum n >= 1", "max n >= 0", "rows >= 2"])
        #expect(try await known(asset) == ["sum n >= 1", "rows >= 2"])
        #expect(try await known(asset) == ["sum n >= 1", "max n >= 0", "rows >= 2"])
    }

    @Test func `after a week, and before the answer was given, all is read`() async throws {
        let asset = try ReuseTable.asset(["rows >= 1"])
        _ = try await table.ask(asset, Self.day)
        let later = ReuseTable.now.adding(seconds: 7 * 86400)
        #expect(try await table.ask(asset, Self.day, at: ReuseTable.now.adding(seconds: -1))[0].reused == nil)
        _ = try await table.ask(asset, Self.day, full: true)
        #expect(try await table.ask(asset, Self.day, at: later.adding(seconds: -1))[0].reused != nil)
        #expect(try await table.ask(asset, Self.day, at: later)[0].reused == nil)
    }

    @Test func `a change that nothing tells of is found by a full round`() async throws {
        let asset = try ReuseTable.asset(["n >= 0", "rows >= 1"])
        _ = try await table.ask(asset, Self.day)
        try await table.fixture.run(
            """
            SET application_name = 'surety'; SET track_counts = off;
            UPDATE raw.t SET n = -1 WHERE i = 29; SET track_counts = on
            """)
        #expect(try await table.ask(asset, Self.day).map(\.verdict) == [.pass, .pass])
        let full = try await table.ask(asset, Self.day, full: true)
        #expect(full.map(\.verdict) == [.fail, .pass])
        #expect(full.map(\.reused) == [nil, nil])
        #expect(
            full.map(\.misremembered) == [
                "rows are others than at 2026-11-20 06:00 +00:00, though the table's counters tell that they did not change; "
                    + "all were read again", nil,
            ])
        #expect(try await table.ask(asset, Self.day).map(\.verdict) == [.fail, .pass])
    }

    @Test func `what is in the future is looked at again until it is not`() async throws {
        try await table.change("UPDATE raw.t SET at = '2026-11-21T00:00:00Z' WHERE i = 29")
        let asset = try ReuseTable.asset(["at not in future", "rows >= 1"])
        #expect(try await table.ask(asset, Self.day).map(\.verdict) == [.fail, .pass])
        let later = Make.instant("2026-11-21T00:00:00Z")
        let results = try await table.ask(asset, Self.day, at: later)
        #expect(results.map(\.verdict) == [.pass, .pass])
        #expect(results.map(\.reused) == [nil, Self.counted])
        #expect(try await table.ask(asset, Self.day, at: later).allSatisfy { $0.reused != nil })
    }

    @Test func `nothing of a private column is kept`() async throws {
        var asset = try ReuseTable.asset([
            "max n = 7654.32", "sum n >= 0", "n not null", "rows >= 1", "fresh at within 10d",
            "duplicates n >= 0",
        ])
        asset.privateColumns = ["n", "at"]
        try await table.change(
            "UPDATE raw.t SET n = 7654.32, at = '2026-11-18 01:02:03.456Z' WHERE day = '2026-11-18'")
        _ = try await table.ask(asset, Self.day)
        let kept = try await table.fixture.rows("SELECT body->'answers' FROM surety.kept_answers")[0][0] ?? ""
        #expect(kept.contains("count("))
        for value in ["7654", "5105431", "01:02:03", "1795"] { #expect(!kept.contains(value), "\(value)") }
        #expect(
            try await table.ask(asset, Self.day).map { $0.reused != nil } == [
                false, false, true, true, false, true,
            ])
    }

    @Test func `texts that look the same are not one`() async throws {
        try await table.change("UPDATE raw.t SET word = U&'caf\\00e9' WHERE i % 4 = 1")
        let checks = ["caf\u{e9}", "cafe\u{301}"].map { "word not in ['\($0)'] except 100%" }
        let asset = try ReuseTable.asset(checks)
        #expect(try await table.ask(asset, Self.day).map { $0.violations == 0 } == [false, true])
        #expect(try await known(asset).count == 2)
        let other = try ReuseTable.asset([checks[0]])
        _ = try await table.ask(other, Self.day, full: true)
        #expect(try await known(try ReuseTable.asset([checks[1]])).isEmpty)
        _ = try await table.ask(asset, Self.day)
        #expect(try await table.ask(other, Self.day)[0].reused != nil)
        #expect(try await table.ask(asset, Self.day).allSatisfy { $0.reused != nil })
    }

    @Test func `a column that is private from now on leaves nothing behind`() async throws {
        var asset = try ReuseTable.asset([
            "max n >= 0", "rows >= 1", "max i >= 0 over table", "rows >= 1 over table",
        ])
        try await table.change("UPDATE raw.t SET n = 7654.32, i = 76543 WHERE i = 29")
        _ = try await table.ask(asset, Self.day)
        let query =
            "SELECT body->'answers' FROM surety.kept_answers UNION ALL SELECT body->'parts' FROM surety.kept_parts"
        func tells() async throws -> [Bool] {
            try await table.fixture.rows(query).map { $0[0]?.contains("7654") ?? false }
        }
        #expect(try await tells() == [true, true])
        asset.privateColumns = ["n", "i"]
        _ = try await table.ask(asset, Self.day)
        #expect(try await tells() == [false, false])
        try await table.change("INSERT INTO raw.t (day, n, i) VALUES ('2026-11-19', 1, 1)")
        #expect(try await table.ask(asset, Self.day).map { $0.reused != nil } == [false, true, false, true])
    }

    @Test(arguments: ["raw.t", "raw.t (n)"])
    func `what may not be read any more is not told`(_ lost: String) async throws {
        let role = try await table.fixture.role("USAGE ON SCHEMA raw", "SELECT (i, n, day) ON raw.t").name
        var settings = table.fixture.settings
        settings.applicationName = "surety"
        let warehouse = PostgresWarehouse(pool: PostgresPool(settings, limit: 2), checksRole: role)
        let asset = try ReuseTable.asset(["sum n >= 0", "rows >= 1", "n >= 0 over table"])
        func ask() async throws -> [CheckResult] {
            try await warehouse.ask(
                QuestionRound(
                    asset: asset, slice: Self.day, checks: asset.stop,
                    context: CheckContext(now: ReuseTable.now))
            ).results
        }
        _ = try await ask()
        #expect(try await ask().allSatisfy { $0.reused != nil && $0.verdict == .pass })
        try await table.change(
            "REVOKE SELECT \(lost == "raw.t" ? "(i, n, day)" : "(n)") ON raw.t FROM \(role)")
        let results = try await ask()
        #expect(results.map(\.verdict) == [.error, lost == "raw.t" ? .error : .pass, .error])
        #expect(results[0].sqlState == "42501")
    }

    @Test func `rows that fall into the slice by another column are counted anew`() async throws {
        try await table.change("UPDATE raw.t SET wall = wall + interval '40 d'")
        let first = try await table.evidence(of: try ReuseTable.asset(["rows >= 1 over table"]), Self.day)
        #expect(first.content.rows == 666)
        let second = try await table.evidence(
            of: try ReuseTable.asset(days: "wall", ["rows >= 1 over table"]), Self.day)
        #expect(second.content.rows == 0)
    }

    @Test(arguments: [
        "UPDATE surety.kept_answers SET body = '{}'",
        "UPDATE surety.kept_answers SET body = jsonb_set(body, '{answers,zone}', '\"Asia/Tokyo\"')",
        "UPDATE surety.kept_answers SET body = jsonb_set(body, '{mark,server}', '\"\"')",
        "UPDATE surety.kept_answers SET body = jsonb_set(body, '{answers,ofSlice}', '{}')",
        "DELETE FROM surety.kept_answers", "DROP TABLE surety.kept_answers",
    ])
    func `what is not there any more is read`(_ sql: String) async throws {
        let asset = try ReuseTable.asset(["rows >= 1", "n >= 0"])
        _ = try await table.ask(asset, Self.day)
        try await table.change(sql)
        #expect(try await known(asset).isEmpty)
    }

    @Test func `a step asks a source again only where its rows may have changed`() async throws {
        let source = try ReuseTable.asset(days: nil, ["n >= 0"])
        let evidence = try await table.evidence(of: source, .whole)
        let certifier = Certifier(
            asset: source, slice: .whole, run: "run000000000", definition: "d", inputs: [], certificate: "c0")
        guard case .certified(let certificate) = certifier.judge(evidence, at: ReuseTable.now) else {
            Issue.record("the source is not certified")
            return
        }
        var order = StepOrder(
            run: "run000000001", asset: Make.built("mart.t", from: []), slice: .whole, work: .sql("SELECT 1"),
            write: .replaceTable, definition: "d", inputs: [], certificate: "c1",
            context: CheckContext(now: ReuseTable.now))
        order.sources = [SourceRecheck(asset: source, slice: .whole, certificate: certificate)]
        func refused() async throws -> String? {
            try await table.warehouse.onSession { [order] session throws(PortFailure) in
                try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ") {
                    transaction throws(PortFailure) in
                    try SourceQuestions(session: transaction, order: order).firstRefusal()?.cause.check
                }
            }
        }
        #expect(try await refused() == nil)
        // The one change that no counter tells of shows that the rows were not read.
        try await table.fixture.run(
            """
            SET application_name = 'surety'; SET track_counts = off;
            UPDATE raw.t SET n = -1 WHERE i = 29; SET track_counts = on
            """)
        #expect(try await refused() == nil)
        try await table.change("UPDATE raw.t SET n = -1 WHERE i = 30")
        #expect(try await refused() == "n >= 0")
    }
}
