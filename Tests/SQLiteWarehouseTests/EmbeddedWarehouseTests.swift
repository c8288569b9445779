import Engine
import Foundation
import GRDB
import SQLiteWarehouse
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct EmbeddedWarehouseTests {
    private static let now = Make.instant("2026-11-20T06:00:00Z")
    private static let day = Make.day("2026-11-19")

    private static func order(
        _ sql: String, of asset: Asset, _ slice: Slice = day, write: WriteMode = .replaceInterval,
        certificate: CertificateID = "c1", generation: Int = 1
    ) -> StepOrder {
        var order = StepOrder(
            run: "run000000001", asset: asset, slice: slice, work: .sql(sql), write: write, definition: "d",
            inputs: [], certificate: certificate, context: CheckContext(now: now))
        order.generation = generation
        return order
    }

    private static func apply(_ order: StepOrder, to warehouse: any Warehouse) async throws -> StepEnd {
        try await warehouse.apply(order) { order.certifier.judge($0, at: now) }
    }

    private static func certifies(_ end: StepEnd) -> Bool {
        if case .committed(_, _, .some) = end { true } else { false }
    }

    // MARK: - Atomicity

    @Test func `another program never sees rows that are not certified`() async throws {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.daily", from: [])
        try await fixture.schema("mart")
        try await fixture.run("CREATE TABLE mart.daily (day date, n bigint)")
        let beside = try fixture.beside()
        let order = Self.order("SELECT '2026-11-19' AS day, 1 AS n", of: asset)
        let end = try await fixture.warehouse.apply(order) { evidence in
            let seen = try? beside.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM mart.daily") }
            #expect(seen == 0)
            #expect(evidence.content.rows == 1)
            return order.certifier.judge(evidence, at: Self.now)
        }
        #expect(Self.certifies(end))
        #expect(try await fixture.rows("SELECT count(*) FROM mart.daily") == [["1"]])
    }

    @Test func `two programs that build one slice at once have one effect`() async throws {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.daily", from: [])
        let warehouses = [fixture.warehouse, try await fixture.another(), try await fixture.another()]
        let ends = try await withThrowingTaskGroup(of: StepEnd.self) { group in
            for (number, warehouse) in warehouses.enumerated() {
                group.addTask {
                    try await Self.apply(
                        Self.order(
                            "SELECT '2026-11-19' AS day, 1 AS n", of: asset,
                            certificate: CertificateID(rawValue: "c\(number)")), to: warehouse)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ends.count { Self.certifies($0) } == 1)
        #expect(try await fixture.rows("SELECT count(*) FROM mart.daily") == [["1"]])
        #expect(try await fixture.rows("SELECT count(*) FROM surety.ledger") == [["1"]])
    }

    @Test func `the files are kept with rollback journals, also one that came in WAL`() async throws {
        let fixture = try await EmbeddedFixture()
        try await DatabasePool(path: fixture.folder + "/raw.db").write {
            try $0.execute(sql: "CREATE TABLE seen (a)")
        }
        #expect(try await fixture.warehouse.tables().map(\.name.description) == ["raw.seen"])
        #expect(try await fixture.rows("PRAGMA raw.journal_mode") == [["delete"]])
        let main = try DatabaseQueue(path: fixture.folder + "/main.db")
        let objects = try await main.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
        #expect(objects == 0)
    }

    // MARK: - Schemas

    @Test(arguments: ["main", "temp", "surety", "certified", "../x", ".x"])
    func `some schemas are refused`(schema: String) async throws {
        let fixture = try await EmbeddedFixture()
        var asset = Make.built("a.b", from: [])
        asset.name = AssetName(schema: schema, table: "b")
        let order = Self.order("SELECT '2026-11-19' AS day", of: asset)
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(order, to: fixture.warehouse)
        }
        #expect(failure?.kind == .refused)
    }

    @Test func `more than eight schemas are refused by name`() async throws {
        let fixture = try await EmbeddedFixture()
        for number in 1...8 { try await fixture.schema("s\(number)") }
        #expect(try await fixture.warehouse.tables().isEmpty)
        let order = Self.order("SELECT '2026-11-19' AS day", of: Make.built("s9.t", from: []))
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(order, to: fixture.warehouse)
        }
        #expect(failure?.message.contains("at most 8") == true)
        #expect(failure?.message.contains("s9") == true)
    }

    @Test func `a damaged file is refused by name`() async throws {
        let fixture = try await EmbeddedFixture()
        try String(repeating: "no database ", count: 200).write(
            toFile: fixture.folder + "/raw.db", atomically: true, encoding: .utf8)
        let failure = await #expect(throws: PortFailure.self) { try await fixture.warehouse.tables() }
        #expect(failure?.kind == .refused)
        #expect(failure?.message.contains("raw.db") == true)
    }

    // MARK: - Intervals

    @Test(arguments: [
        ("date", "2026-11-01", "'2026-11-01'", "'2026-11-02'"),
        ("timestamp", "2026-11-01", "'2026-11-01 23:59:59.999'", "'2026-11-02 00:00:00'"),
        ("timestamptz", "2026-11-01", "'2026-11-02 04:59:59.999'", "'2026-11-02 05:00:00'"),
        ("timestamptz", "2026-11-01", "'2026-11-01 04:00:00'", "'2026-11-01 03:59:59'"),
        ("timestamp with time zone", "2026-07-01", "'2026-07-01 04:00:00'", "'2026-07-01 03:59:59'"),
        ("text", "2026-11-01", "'2026-11-01 12:00:00'", "'2026-11-02'"),
    ])
    func `a day is bounded in the form of its column`(
        type: String, day: String, inside: String, outside: String
    ) async throws {
        let fixture = try await EmbeddedFixture()
        let zone = Make.zone("America/New_York")
        var asset = Make.built("mart.seen", from: [])
        asset.interval = IntervalRule(cadence: Cadence(.day, in: zone), column: "day")
        try await fixture.schema("mart")
        try await fixture.run("CREATE TABLE mart.seen (day \(type)); CREATE TABLE mart.raw (day \(type))")
        try await fixture.run("INSERT INTO mart.raw VALUES (\(inside)), (\(outside))")
        let slice = Make.day(day, in: zone)
        let good = "SELECT day FROM mart.raw WHERE day >= :interval_start AND day < :interval_end"
        guard
            case .committed(1, _, .some) = try await Self.apply(
                Self.order(good, of: asset, slice), to: fixture.warehouse)
        else {
            Issue.record("not one row inside")
            return
        }
        guard
            case .refused(let cause, 2, _) = try await Self.apply(
                Self.order("SELECT day FROM mart.raw", of: asset, slice, generation: 2), to: fixture.warehouse
            )
        else {
            Issue.record("not one row outside")
            return
        }
        #expect(cause.check == CheckResult.insideInterval)
    }

    // MARK: - Publication

    @Test func `certified intervals show what is certified, and nothing that is refused or unjudged`()
        async throws
    {
        let fixture = try await EmbeddedFixture()
        var asset = Make.built("mart.daily", from: [])
        asset.publish = .certifiedIntervals(as: nil)
        func build(_ day: String, _ n: Int, generation: Int = 1, audits: Bool = true) async throws -> StepEnd
        {
            var order = Self.order(
                "SELECT '\(day)' AS day, \(n) AS n WHERE \(n) > 0", of: asset, Make.day(day),
                certificate: CertificateID(rawValue: "\(day)-\(generation)"), generation: generation)
            order.auditsBeforeCommit = audits
            return try await Self.apply(order, to: fixture.warehouse)
        }
        let shown = "SELECT day, n FROM certified.daily ORDER BY day"
        _ = try await build("2026-11-18", 1)
        _ = try await build("2026-11-19", 2)
        #expect(try await fixture.rows(shown) == [["2026-11-18", "1"], ["2026-11-19", "2"]])
        _ = try await build("2026-11-19", 0, generation: 2)
        #expect(try await fixture.rows(shown) == [["2026-11-18", "1"], ["2026-11-19", "2"]])
        try await fixture.warehouse.withdraw(["2026-11-18-1"], why: "moved", at: Self.now)
        #expect(try await fixture.rows(shown).count == 2)
        _ = try await build("2026-11-19", 3, generation: 2, audits: false)
        #expect(try await fixture.rows(shown) == [["2026-11-18", "1"]])
        _ = try await fixture.warehouse.record(
            Make.certificate("later", asset, Make.day("2026-11-19")), ledger: nil)
        #expect(try await fixture.rows(shown) == [["2026-11-18", "1"], ["2026-11-19", "3"]])
    }

    @Test func `a published table loses no column unasked`() async throws {
        let fixture = try await EmbeddedFixture()
        var asset = Make.built("mart.all", from: [], days: nil)
        asset.publish = .view(as: "everything")
        func build(_ sql: String, generation: Int, replaceView: Bool = false) async throws -> StepEnd {
            var order = Self.order(
                sql, of: asset, .whole, write: .script,
                certificate: CertificateID(rawValue: "c\(generation)"),
                generation: generation)
            order.replaceView = replaceView
            return try await Self.apply(order, to: fixture.warehouse)
        }
        let first = "CREATE TABLE mart.all (a bigint, b text); INSERT INTO mart.all VALUES (1, 'x')"
        #expect(
            Self.certifies(try await build(first.replacing("mart.all", with: "mart.\"all\""), generation: 1)))
        #expect(try await fixture.rows("SELECT a, b FROM certified.everything") == [["1", "x"]])
        let second = "ALTER TABLE mart.\"all\" DROP COLUMN b"
        let failure = await #expect(throws: PortFailure.self) { try await build(second, generation: 2) }
        #expect(failure?.hint.contains("--replace-view") == true)
        #expect(Self.certifies(try await build(second, generation: 2, replaceView: true)))
        #expect(try await fixture.rows("SELECT * FROM certified.everything") == [["1"]])
    }

    // MARK: - Writing

    @Test func `a view of the same schema is made, one of another schema is refused with advice`()
        async throws
    {
        let fixture = try await EmbeddedFixture()
        for schema in ["mart", "raw"] {
            try await fixture.schema(schema)
            try await fixture.run("CREATE TABLE \(schema).t (a bigint); INSERT INTO \(schema).t VALUES (1)")
        }
        let asset = Make.built("mart.v", from: [], days: nil)
        #expect(
            Self.certifies(
                try await Self.apply(
                    Self.order("SELECT a FROM mart.t", of: asset, .whole, write: .view), to: fixture.warehouse
                )))
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(
                Self.order("SELECT a FROM raw.t", of: asset, .whole, write: .view, generation: 2),
                to: fixture.warehouse)
        }
        #expect(failure?.hint.contains("replace table") == true)
        #expect(try await fixture.rows("SELECT a FROM mart.v") == [["1"]])
    }

    @Test(arguments: [
        "PRAGMA user_version = 3", "ATTACH 'x' AS y", "/* a */ DETACH raw", "-- b\nVACUUM", "; COMMIT",
    ])
    func `a script does not change the connection`(sql: String) async throws {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.t", from: [], days: nil)
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(
                Self.order("CREATE TABLE mart.t (a bigint); \(sql)", of: asset, .whole, write: .script),
                to: fixture.warehouse)
        }
        #expect(failure?.kind == .refused)
        #expect(try await fixture.warehouse.table(asset.name) == nil)
    }

    @Test func `a new table has the types of the tables that it comes from, of its checks, or of its values`()
        async throws
    {
        let fixture = try await EmbeddedFixture()
        try await fixture.schema("raw")
        try await fixture.run("CREATE TABLE raw.t (day date, amount numeric(12,2), at timestamptz)")
        try await fixture.run("INSERT INTO raw.t VALUES ('2026-11-19', 1.5, '2026-11-19 01:02:03')")
        var asset = Make.built("mart.t", from: [])
        asset.stop.append(
            Make.check(
                "columns include (total numeric)", of: asset.name,
                body: .schema(.include([.init(name: "total", type: "numeric")]))))
        let end = try await Self.apply(
            Self.order(
                "SELECT day, amount, at, sum(1) AS total, count(*) AS n, date(at) AS d, 'x' AS s FROM raw.t",
                of: asset),
            to: fixture.warehouse)
        #expect(Self.certifies(end))
        let types = try await fixture.warehouse.table(asset.name)?.columns.map(\.type)
        #expect(types == ["date", "numeric(12,2)", "timestamptz", "numeric", "bigint", "date", "text"])
    }

    @Test func `a file's values are stored in the forms of the columns`() async throws {
        let fixture = try await EmbeddedFixture()
        try await fixture.schema("raw")
        try await fixture.run(
            "CREATE TABLE raw.t (id bigint, day date, at timestamptz, wall timestamp, ok boolean, n numeric, s text)"
        )
        var order = Self.order("", of: Make.built("raw.t", from: []))
        order.work = .load(
            columns: ["s", "id", "day", "at", "wall", "ok", "n"],
            rows: {
                Rows(rest: [
                    [
                        "007", "1", "2026-11-19", "2026-11-19T10:00:00+02:00", "2026-11-19T10:00", "true",
                        "1.50",
                    ],
                    [nil, "2", "2026-11-19 00:00:00", "2026-07-01 10:00:00.250", "2026-11-19", "f", "abc"],
                ])
            })
        #expect(Self.certifies(try await Self.apply(order, to: fixture.warehouse)))
        #expect(
            try await fixture.rows("SELECT *, typeof(id), typeof(n) FROM raw.t ORDER BY id") == [
                [
                    "1", "2026-11-19", "2026-11-19 08:00:00", "2026-11-19 10:00:00", "1", "1.5", "007",
                    "integer", "real",
                ],
                [
                    "2", "2026-11-19", "2026-07-01 09:00:00.250", "2026-11-19 00:00:00", "0", "abc", nil,
                    "integer",
                    "text",
                ],
            ])
    }

    @Test func `a file makes the table that it needs`() async throws {
        let fixture = try await EmbeddedFixture()
        var order = Self.order("", of: Make.built("raw.t", from: []))
        order.work = .load(
            columns: ["day", "n", "code", "price"],
            rows: { Rows(rest: [["2026-11-19", "12", "007", "1.50"]]) })
        #expect(Self.certifies(try await Self.apply(order, to: fixture.warehouse)))
        let types = try await fixture.warehouse.table(Make.name("raw.t"))?.columns.map(\.type)
        #expect(types == ["date", "bigint", "text", "numeric"])
    }

    private struct Rows: RowReader {
        var rest: ArraySlice<[String?]>
        mutating func next() -> [String?]? { rest.popFirst() }
    }

    // MARK: - Ends

    private static let endless = """
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
        SELECT '2026-11-19' AS day, count(*) AS n FROM n
        """

    @Test func `a statement that takes too long is stopped, and the next one runs`() async throws {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.daily", from: [])
        var order = Self.order(Self.endless, of: asset)
        order.statementTimeout = Period(0, .second)
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(order, to: fixture.warehouse)
        }
        #expect(failure?.kind == .timeout)
        #expect(failure?.isRetryable == false)
        let end = try await Self.apply(
            Self.order("SELECT '2026-11-19' AS day, 1 AS n", of: asset), to: fixture.warehouse)
        #expect(Self.certifies(end))
    }

    @Test func `cancelling stops a step and leaves nothing behind`() async throws {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.daily", from: [])
        let (started, starting) = AsyncStream.makeStream(of: Void.self)
        var order = Self.order("", of: asset)
        order.work = .load(columns: ["day"], rows: { Endless(started: starting) })
        let running = order
        let task = Task { try await Self.apply(running, to: fixture.warehouse) }
        for await _ in started { break }
        task.cancel()
        let result = await task.result
        #expect(throws: PortFailure(.cancelled, "it was cancelled", sqlState: "57014")) { try result.get() }
        #expect(try await fixture.warehouse.table(asset.name) == nil)
        #expect(try await fixture.warehouse.ledger(of: asset.name).isEmpty)
    }

    private struct Endless: RowReader {
        let started: AsyncStream<Void>.Continuation
        mutating func next() -> [String?]? {
            started.yield()
            return ["2026-11-19"]
        }
    }

    @Test func `a warehouse that another program holds is contention, and free again afterwards`()
        async throws
    {
        let fixture = try await EmbeddedFixture()
        let asset = Make.built("mart.daily", from: [])
        var order = Self.order("SELECT '2026-11-19' AS day, 1 AS n", of: asset)
        order.fenceTimeout = Period(0, .second)
        let beside = try fixture.beside()
        try await beside.writeWithoutTransaction {
            try $0.execute(sql: "BEGIN IMMEDIATE; SELECT * FROM surety.ledger")
        }
        let failure = await #expect(throws: PortFailure.self) {
            try await Self.apply(order, to: fixture.warehouse)
        }
        #expect(failure?.kind == .contention)
        #expect(failure?.isRetryable == true)
        try await beside.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(Self.certifies(try await Self.apply(order, to: fixture.warehouse)))
    }

    @Test func `facts of a simulated clock refuse the real one`() async throws {
        let fixture = try await EmbeddedFixture(clockOffset: 77)
        let end = try await Self.apply(
            Self.order("SELECT '2026-11-19' AS day", of: Make.built("mart.t", from: [])),
            to: fixture.warehouse)
        #expect(Self.certifies(end))
        let other = try await fixture.another()
        let failure = await #expect(throws: PortFailure.self) { try await other.prepare(clockOffset: 0) }
        #expect(failure?.kind == .conflict)
        try await other.prepare(clockOffset: 78)
    }
}
