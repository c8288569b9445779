import Foundation
import SuretyTestKit
import Testing

/// Rows that arrive, or change, in days that were certified before.
@Suite(.timeLimit(.minutes(30))) struct LateRowsTests {
    private static let sections = """
        promises:
          sales-by-8:
            promise: By 08:00 every day, sales are complete through the prior day.
            owner: ana
            tier: 1
            deadline: 08:00
            through: prior day
            needs: [mart.sales]
            serves: [board]
            since: 2026-11-17
            recovery: [surety run sales-by-8]
        consumers:
          board:
            name: Sales board
            owner: ana
            uses: [mart.sales]
            refresh: {command: [sh, -c, echo x >> ../refreshes.txt]}
        assets:
          raw.maker:
            owner: ana
            build: {sql: sql/maker.sql, write: script}
          raw.orders:
            owner: ana
            interval: day of day
            key: [id]
            stop: [id not null, amount > 0]
          mart.sales:
            owner: ana
            needs: [raw.orders]
            interval: day of day
            build: {sql: "SELECT day, sum(amount) AS amount FROM raw.orders WHERE day >= :interval_start AND day < :interval_end GROUP BY day"}
            stop: [amount > 0]
        """

    private static let table = """
        CREATE TABLE raw.orders (id integer, day date, amount integer);
        INSERT INTO raw.orders VALUES (1, '2026-11-17', 5), (2, '2026-11-18', 6), (3, '2026-11-19', 7)
        """

    /// A project whose three days are certified on either warehouse, half an hour later.
    private func program(
        on home: StoryTests.Home, lateRows: String, since: String
    ) async throws -> Program {
        let sections = Self.sections
            .replacing("key: [id]", with: "key: [id]\n    late_rows: \(lateRows)")
            .replacing("since: 2026-11-17", with: "since: \(since)")
        var program = try SmallProject.program(sections, at: "2026-11-20T06:00:00Z")
        if let address = try await home.freshAddress() { program.environment["SURETY_WAREHOUSE"] = address }
        let schema = home == .postgres ? "CREATE SCHEMA raw; " : ""
        try await change(program, "\(schema)CREATE TABLE raw.maker (id integer); \(Self.table)")
        let first = try await program.run("run", "sales-by-8", "--for", "2026-11-17..2026-11-19")
        #expect(first.code == 0, "\(first)")
        program.environment["SURETY_CLOCK"] = "2026-11-20T06:30:00Z"
        return program
    }

    /// A project whose three days are certified.
    private func program() async throws -> Program {
        let program = try SmallProject.program(
            Self.sections, files: ["checks/sql/maker.sql": Self.table], at: "2026-11-20T06:00:00Z")
        #expect(try await program.run("run", "raw.maker").code == 0)
        let first = try await program.run("run", "sales-by-8")
        #expect(first.code == 0, "\(first)")
        #expect(refreshes(program) == 1)
        return program
    }

    private func change(_ program: Program, _ sql: String) async throws {
        try program.folder.write("checks/sql/maker.sql", sql)
        #expect(try await program.run("run", "raw.maker", "--again").code == 0)
    }

    private func refreshes(_ program: Program) -> Int {
        let file = program.folder.url.appendingPathComponent("refreshes.txt")
        return ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").count
    }

    @Test func `a late row of an older day is built in, and the consumer is refreshed again`() async throws {
        let program = try await program()
        #expect(try await program.run("run", "sales-by-8").output.contains("Nothing to do"))
        #expect(refreshes(program) == 1)
        try await change(program, "INSERT INTO raw.orders VALUES (4, '2026-11-17', 50)")
        let again = try await program.run("run", "sales-by-8")
        #expect(again.code == 0, "\(again)")
        #expect(again.output.contains("certified     mart.sales 2026-11-17"), "\(again)")
        #expect(refreshes(program) == 2)
    }

    @Test(arguments: StoryTests.Home.available)
    func `late rows close the gate, are told at once and once, and a run of what is owed builds them in`(
        home: StoryTests.Home
    ) async throws {
        var program = try await program(on: home, lateRows: "tell", since: "2026-11-17")
        try await change(program, "INSERT INTO raw.orders VALUES (4, '2026-11-19', 50), (5, '2026-11-19', 9)")
        for _ in 0..<2 {
            let gate = try await program.run("gate", "board")
            #expect(gate.code == 1, "\(gate)")
            #expect(gate.output.contains("2 rows more than were certified"), "\(gate)")
            #expect(gate.output.contains("next: surety run sales-by-8"), "\(gate)")
            #expect(try StoryAlerts.all(in: program.folder).map(\.event) == ["opened"])
        }
        let preview = try await program.run("backfill", "sales-by-8", "--for", "2026-11-19", "--dry-run")
        #expect(preview.code == 0, "\(preview)")
        let why = "late rows: its certificate was withdrawn: 2 rows more than were certified"
        #expect(preview.output.contains(why), "\(preview)")
        program.environment["SURETY_CLOCK"] = "2026-11-20T06:40:00Z"
        let run = try await program.run("run", "sales-by-8")
        #expect(run.code == 0, "\(run)")
        #expect(run.output.contains("is over: told over inbox"), "\(run)")
        #expect(try StoryAlerts.all(in: program.folder).map(\.event) == ["opened", "resolved"])
        #expect(try await program.run("gate", "board").code == 0)
    }

    @Test(
        arguments: StoryTests.Home.available,
        [("tell", false), ("rebuild within 7d", true), ("rebuild within 1d", false), ("ignore", false)])
    func `a run builds in what came late within the window, though nobody owes it`(
        home: StoryTests.Home, mode: (lateRows: String, isMade: Bool)
    ) async throws {
        let program = try await program(on: home, lateRows: mode.lateRows, since: "2026-11-19")
        try await change(program, "INSERT INTO raw.orders VALUES (4, '2026-11-17', 50)")
        let run = try await program.run("run", "sales-by-8")
        #expect(run.code == 0, "\(run)")
        #expect(run.output.contains("certified     mart.sales 2026-11-17") == mode.isMade, "\(run)")
        #expect(try await program.run("gate", "board").code == 0)
    }

    @Test func `one cause of many intervals is told once`() async throws {
        let program = try SmallProject.program(
            Self.sections, files: ["checks/sql/maker.sql": "CREATE TABLE raw.orders (id integer, day date)"],
            at: "2026-11-20T06:00:00Z")
        #expect(try await program.run("run", "raw.maker").code == 0)
        let ended = try await program.run("run", "sales-by-8")
        #expect(ended.code == 1, "\(ended)")
        #expect(ended.output.components(separatedBy: "no column").count - 1 <= 3, "\(ended)")
    }

    @Test func `a bad late row of an older day is an incident`() async throws {
        let program = try await program()
        try await change(program, "INSERT INTO raw.orders VALUES (4, '2026-11-17', -50)")
        let again = try await program.run("run", "sales-by-8")
        #expect(again.code == 1, "\(again)")
        let incidents = try await program.run("incidents")
        #expect(incidents.output.contains("raw.orders"), "\(incidents)")
        #expect(again.output.contains("was told over inbox"), "\(again)")
    }

    @Test func `a row that somebody changes in a built table closes the gate of whoever reads it`()
        async throws
    {
        let program = try await program()
        #expect(try await program.run("gate", "board").code == 0)
        try await change(program, "UPDATE mart.sales SET amount = 999 WHERE day = '2026-11-19'")
        let gate = try await program.run("gate", "board")
        #expect(gate.code == 1, "\(gate)")
    }
}
