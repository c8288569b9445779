import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@testable import Engine

/// `mart.sales` is made from each day of the source `raw.orders`, of which a day may have three rows at most. On 20 November
/// 2026 at six in the morning, what the promise `sales-by-8` owes is certified.
@Suite(.timeLimit(.minutes(2))) struct `rows that come for what is certified` {
    private static let week = LateRows.rebuild(within: Period(7, .day))
    private let orders = Make.name("raw.orders")
    private let sales = Make.name("mart.sales")

    private func catalog(_ lateRows: LateRows, since: String = "2026-11-17") -> Catalog {
        var catalog = Stage.catalog
        catalog.promises = [:]
        catalog.assets = [:]
        var source = Make.source("raw.orders")
        source.lateRows = lateRows
        let few = CheckBody.metric(.rows, .compare(.atMost, .literal(.number("3"))))
        source.stop.append(Make.check("rows <= 3", of: source.name, body: few))
        var built = Make.built("mart.sales", from: [Need(source.name)])
        let sql = """
            SELECT :interval_date AS day, count(*) AS orders FROM raw.orders WHERE day = :interval_date
            """
        built.origin = .built(Build(.sql(Build.SQLText(sql)), write: .replaceInterval))
        for asset in [source, built] { catalog.assets[asset.name] = asset }
        var promise = Promise(
            id: "sales-by-8", location: Make.location, sentence: "Sales by eight.", owner: "ana",
            deadline: .times([CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: Stage.zone),
            through: .priorDay, needs: [built.name])
        promise.since = CivilDate(since)
        promise.serves = ["board"]
        catalog.promises[promise.id] = promise
        catalog.consumers["board"]?.uses = [built.name]
        return catalog
    }

    /// A stage on which three days are certified, whatever is owed of them.
    private func stage(_ lateRows: LateRows, since: String = "2026-11-17") async throws -> Stage {
        let stage = try await Stage(catalog(lateRows, since: since), at: "2026-11-20T06:00:00Z")
        try await stage.warehouse.load("CREATE TABLE raw.orders (id integer, day date)")
        for day in ["2026-11-17", "2026-11-18", "2026-11-19"] { try await arrive(1, day, on: stage) }
        let target = try #require(SliceFinder(stage.surroundings.catalog).target("sales-by-8"))
        let slices = [sales: ["2026-11-17", "2026-11-18", "2026-11-19"].map { Make.day($0) }]
        let report = try await Execution(stage.surroundings).run(
            target, slices: slices, options: RunOptions()
        ) { _ in }
        #expect(report.run.state == .certified)
        stage.clock.pass(seconds: 1)
        return stage
    }

    private func arrive(_ rows: Int, _ day: String, on stage: Stage) async throws {
        for _ in 0..<rows { try await stage.warehouse.load("INSERT INTO raw.orders VALUES (1, '\(day)')") }
    }

    private func isCertified(_ asset: AssetName, _ day: String, on stage: Stage) async throws -> Bool {
        try await stage.warehouse.certificates(of: [asset]).contains { $0.interval == day && $0.isValid }
    }

    /// Lets a quarter of an hour pass, after which the sentinel has looked once more.
    private func look(on stage: Stage) async { await stage.pass(seconds: 30, times: 30) }

    /// The runs since the first, newest first, `trigger state intervals`.
    private func runs(on stage: Stage) async throws -> [String] {
        try await stage.state.runs(of: nil, limit: 9).dropLast().map { run in
            "\(run.trigger) \(run.state.rawValue) \(run.intervals.joined(separator: " "))"
        }
    }

    private func gate(on stage: Stage) async throws -> GateAnswer {
        let board = try #require(stage.surroundings.catalog.consumers["board"])
        return try await Gatekeeper(stage.surroundings).ask(board)
    }

    // MARK: - Not seen

    @Test func `an asset that cannot be looked at is told, and hides no other`() async throws {
        let stage = try await stage(.tell)
        let denied = PortFailure(.permission, "permission denied for table sales", sqlState: "42501")
        stage.warehouse.script.withLock { $0.unseen[sales] = denied }
        try await stage.serving { _ in
            try await arrive(1, "2026-11-18", on: stage)
            await look(on: stage)
            #expect(try await !isCertified(orders, "2026-11-18", on: stage))
            #expect(try await stage.incidents().contains("surety.sentinel|infra firing"))
            stage.warehouse.script.withLock { $0.unseen = [:] }
            await look(on: stage)
            #expect(try await stage.incidents().contains("surety.sentinel|infra resolved"))
        }
    }

    // MARK: - Told

    @Test func `a service tells once of them, says what to do, and does nothing else`() async throws {
        let stage = try await stage(.tell)
        try await arrive(2, "2026-11-18", on: stage)
        try await stage.serving { _ async throws in
            await look(on: stage)
            #expect(try await stage.incidents() == ["raw.orders|check firing"])
            let sent = stage.messenger.script.withLock(\.sent)
            let alert = try #require(sent.first?.alert)
            #expect(alert.incident.cause.place == "raw.orders 2026-11-18")
            #expect(alert.incident.cause.message == "2 rows more than were certified")
            #expect(alert.incident.affects == ["mart.sales 2026-11-18", "raw.orders 2026-11-18"])
            #expect(alert.recovery == ["surety run sales-by-8 --for 2026-11-18"])
            #expect(
                alert.done == [
                    "withdrew the certificate of raw.orders 2026-11-18", "held up mart.sales 2026-11-18",
                ])
            #expect(
                stage.messenger.news() == ["hook opened raw.orders|check", "inbox opened raw.orders|check"])
            await look(on: stage)
            await stage.pass(seconds: 30)
            #expect(stage.messenger.news().isEmpty)
            #expect(try await runs(on: stage).isEmpty)
            #expect(try await !isCertified(sales, "2026-11-18", on: stage))
            #expect(try await isCertified(sales, "2026-11-17", on: stage))
        }
    }

    @Test func `a gate that finds them closes with its incident, one however often it is asked`() async throws
    {
        let stage = try await stage(.tell)
        #expect(try await gate(on: stage).isOpen)
        try await arrive(1, "2026-11-19", on: stage)
        let answer = try await gate(on: stage)
        #expect(!answer.isOpen)
        let open = try await stage.state.incidents(endedSince: stage.clock.now())
        #expect(open.map(\.root.description) == ["raw.orders|check"])
        #expect(answer.reasons.compactMap(\.incident) == open.map(\.id))
        #expect(try await gate(on: stage).reasons == answer.reasons)
        #expect(try await stage.incidents() == ["raw.orders|check firing"])
    }

    @Test func `a run tells of them before it builds them in, and that it is over`() async throws {
        let stage = try await stage(.tell)
        try await arrive(1, "2026-11-17", on: stage)
        #expect(try await stage.run("sales-by-8").state == .certified)
        #expect(stage.messenger.news() == ["hook opened raw.orders|check", "inbox opened raw.orders|check"])
        _ = try await Postman(stage.surroundings).deliver()
        #expect(
            stage.messenger.news() == ["hook resolved raw.orders|check", "inbox resolved raw.orders|check"])
        #expect(try await stage.incidents() == ["raw.orders|check resolved"])
    }

    @Test func `a source without its rows is trouble, though it only waits for them`() async throws {
        var catalog = catalog(.tell)
        catalog.assets[orders]?.ready = [Make.check("rows >= 1", of: orders, in: .ready)]
        let stage = try await stage(.tell)
        try await stage.warehouse.load("DELETE FROM raw.orders WHERE day = '2026-11-18'")
        let surroundings = stage.declaring(catalog)
        let target = try #require(SliceFinder(catalog).target("sales-by-8"))
        let report = try await Execution(surroundings).run(target, slices: nil, options: RunOptions()) { _ in
        }
        #expect(report.run.state == .waiting)
        #expect(try await stage.incidents().contains("raw.orders|late firing"))
    }

    @Test(
        arguments: [
            (.overlapping(within: nil), "surety run sales-by-8 --for 2026-11-18"),
            (.latest(within: nil), "surety run sales-by-8 --for 2026-11-18"),
            (.last(Period(30, .day)), "surety run sales-by-8"),
        ] as [(Need.Reach, String)])
    func `the command that is told makes all that rested on them`(reach: Need.Reach, command: String) {
        var catalog = catalog(.tell)
        catalog.assets[sales]?.needs = [Need(orders, reach)]
        let lost = StepKey(orders, Make.day("2026-11-18"))
        #expect(catalog.recovery(forLost: lost, run: nil) == [command])
        catalog.promises["sales-by-8"]?.recovery = [
            "Ask the shop.", "surety run sales-by-8 --for {{interval}}",
        ]
        #expect(catalog.recovery(forLost: lost, run: nil) == ["Ask the shop.", command])
    }

    // MARK: - Built in

    @Test func `a service builds them in by itself, once for each look, and says so`() async throws {
        let stage = try await stage(Self.week)
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            for round in 1...2 {
                try await arrive(1, "2026-11-18", on: stage)
                await look(on: stage)
                let run = try #require(await stage.ended(&events))
                #expect((run.trigger, run.state) == ("late_rows", .certified))
                #expect((run.target, run.intervals) == ("sales-by-8", ["2026-11-18"]))
                await stage.until { await service.health().runs.isEmpty }
                let alert = stage.messenger.script.withLock(\.sent).first?.alert
                #expect(
                    alert?.done.dropFirst().first
                        == "checks raw.orders 2026-11-18 again and rebuilds what rests on it: "
                        + "late_rows: rebuild within 7d")
                await stage.pass(seconds: 30)
                let event = round == 1 ? "opened" : "reopened"
                #expect(
                    stage.messenger.news() == [
                        "hook \(event) raw.orders|check", "hook resolved raw.orders|check",
                        "inbox \(event) raw.orders|check", "inbox resolved raw.orders|check",
                    ])
                #expect(try await isCertified(sales, "2026-11-18", on: stage))
                #expect(try await gate(on: stage).isOpen)
            }
            await look(on: stage)
            #expect(try await runs(on: stage).count == 2)
        }
    }

    @Test func `it is not over before all that rested on them is made again`() async throws {
        let stage = try await stage(Self.week)
        try await arrive(1, "2026-11-18", on: stage)
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            await look(on: stage)
            #expect(await held.next(isolation: #isolation) == StepKey(sales, Make.day("2026-11-18")))
            #expect(try await isCertified(orders, "2026-11-18", on: stage))
            await stage.pass(seconds: 30, times: 12)
            #expect(try await stage.incidents() == ["raw.orders|check recovering"])
            stage.warehouse.letGo()
            #expect(await stage.ended(&events)?.state == .certified)
            await stage.until { await service.health().runs.isEmpty }
            #expect(try await stage.incidents() == ["raw.orders|check resolved"])
        }
    }

    @Test func `what is refused then is an ordinary incident, and is not tried again until more comes`()
        async throws
    {
        let stage = try await stage(Self.week)
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            try await arrive(3, "2026-11-18", on: stage)
            await look(on: stage)
            #expect(await stage.ended(&events)?.state == .blocked)
            await stage.until { await service.health().runs.isEmpty }
            #expect(try await stage.incidents() == ["raw.orders|check firing"])
            let incident = try await stage.state.incidents(endedSince: stage.clock.now()).first
            #expect(incident?.cause.check == "rows <= 3")
            await look(on: stage)
            await look(on: stage)
            #expect(try await runs(on: stage) == ["late_rows blocked 2026-11-18"])
        }
    }

    @Test func `what ended too long ago is left to people, who are told so`() async throws {
        let stage = try await stage(.rebuild(within: Period(1, .day)))
        try await arrive(1, "2026-11-17", on: stage)
        try await stage.serving { _ async throws in
            await look(on: stage)
            let alert = stage.messenger.script.withLock(\.sent).first?.alert
            #expect(
                alert?.done.dropFirst().first
                    == "leaves raw.orders 2026-11-17 to you: it ended more than 1d ago")
            #expect(try await stage.incidents() == ["raw.orders|check firing"])
            #expect(try await runs(on: stage).isEmpty)
        }
    }

    @Test(arguments: [(LateRows.tell, false), (LateRowsWindow.week, true), (LateRowsWindow.day, false)])
    func `a run makes what was lost within the window too, though nobody owes it`(
        lateRows: LateRows, isMade: Bool
    ) async throws {
        let stage = try await stage(lateRows, since: "2026-11-19")
        try await arrive(1, "2026-11-17", on: stage)
        let run = try await stage.run("sales-by-8")
        #expect(run.intervals == (isMade ? ["2026-11-17", "2026-11-19"] : ["2026-11-19"]))
        #expect(try await isCertified(sales, "2026-11-17", on: stage) == isMade)
    }

    // MARK: - Several intervals, several sources

    /// The only incident that is open.
    private func incident(on stage: Stage) async throws -> Incident {
        let open = try await stage.state.incidents(endedSince: stage.clock.now()).filter(\.status.isOpen)
        #expect(open.count == 1)
        return try #require(open.first)
    }

    @Test func `an incident of several intervals tells of all, and its commands make all of them`()
        async throws
    {
        let stage = try await stage(.rebuild(within: Period(1, .day)))
        try await arrive(1, "2026-11-17", on: stage)
        try await arrive(2, "2026-11-19", on: stage)
        _ = try await Lookout(stage.surroundings).look()
        let incident = try await incident(on: stage)
        #expect(incident.intervals == ["2026-11-17", "2026-11-19"])
        #expect(
            incident.cause.message
                == "2 rows more than were certified; 1 more lost the certificate: 2026-11-17")
        _ = try await Postman(stage.surroundings).deliver()
        let alert = try #require(stage.messenger.script.withLock(\.sent).first?.alert)
        #expect(
            alert.recovery == [
                "surety run sales-by-8 --for 2026-11-17", "surety run sales-by-8 --for 2026-11-19",
            ])
        #expect(
            alert.done.prefix(3) == [
                "withdrew the certificates of raw.orders 2026-11-17, 2026-11-19",
                "checks raw.orders 2026-11-19 again and rebuilds what rests on it: late_rows: rebuild within 1d",
                "leaves raw.orders 2026-11-17 to you: it ended more than 1d ago",
            ])
        try await arrive(1, "2026-11-18", on: stage)
        _ = try await Lookout(stage.surroundings).look()
        #expect(
            try await self.incident(on: stage).cause.recovery == [
                "surety run sales-by-8 --for 2026-11-17..2026-11-19"
            ])
    }

    @Test func `two sources that are late for one interval are two incidents, with the steps between`()
        async throws
    {
        var catalog = catalog(.tell)
        var rates = Make.source("raw.rates")
        rates.lateRows = .tell
        var middle = Make.built("mart.orders", from: [Need(orders), Need(rates.name)])
        middle.origin = catalog.assets[sales]?.origin ?? middle.origin
        catalog.assets[rates.name] = rates
        catalog.assets[middle.name] = middle
        catalog.assets[sales]?.needs = [Need(middle.name)]
        catalog.promises["sales-by-8"]?.since = CivilDate("2026-11-19")
        let stage = try await Stage(catalog, at: "2026-11-20T06:00:00Z")
        for table in ["orders", "rates"] {
            try await stage.warehouse.load("CREATE TABLE raw.\(table) (id integer, day date)")
            try await stage.warehouse.load("INSERT INTO raw.\(table) VALUES (1, '2026-11-19')")
        }
        #expect(try await stage.run("sales-by-8").state == .certified)
        stage.clock.pass(seconds: 1)
        for table in ["orders", "rates"] {
            try await stage.warehouse.load("INSERT INTO raw.\(table) VALUES (2, '2026-11-19')")
        }
        _ = try await Lookout(stage.surroundings).look()
        #expect(
            try await stage.incidents().sorted() == ["raw.orders|check firing", "raw.rates|check firing"])
        for incident in try await stage.state.incidents(endedSince: stage.clock.now()) {
            #expect(
                incident.affects == [
                    "mart.orders 2026-11-19", "mart.sales 2026-11-19", "\(incident.root.asset) 2026-11-19",
                ])
        }
    }

    // MARK: - What nobody owes

    @Test func `what nobody owes is recorded with its command, and sent to nobody`() async throws {
        let stage = try await stage(.tell, since: "2026-11-19")
        try await arrive(1, "2026-11-17", on: stage)
        try await stage.serving { _ async throws in
            await look(on: stage)
            await stage.pass(seconds: 30)
            let incident = try await incident(on: stage)
            #expect(incident.root.description == "raw.orders|check")
            #expect(incident.intervals == ["2026-11-17"])
            #expect(incident.cause.recovery == ["surety run sales-by-8 --for 2026-11-17"])
            #expect(stage.messenger.news().isEmpty)
            #expect(try await gate(on: stage).isOpen)
        }
        let target = try #require(SliceFinder(stage.surroundings.catalog).target("sales-by-8"))
        stage.clock.pass(seconds: 1)
        let slices = [sales: [Make.day("2026-11-17")]]
        _ = try await Execution(stage.surroundings).run(target, slices: slices, options: RunOptions()) { _ in
        }
        #expect(try await stage.incidents() == ["raw.orders|check resolved"])
        #expect(stage.messenger.news().isEmpty)
    }

    @Test func `what nobody owes and Surety could not make again by itself is told`() async throws {
        let stage = try await stage(Self.week, since: "2026-11-19")
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            try await arrive(3, "2026-11-18", on: stage)
            await look(on: stage)
            #expect(await stage.ended(&events)?.state == .blocked)
            await stage.until { await service.health().runs.isEmpty }
            await stage.pass(seconds: 30)
            #expect(try await incident(on: stage).cause.check == "rows <= 3")
            #expect(
                stage.messenger.news() == ["hook opened raw.orders|check", "inbox opened raw.orders|check"])
            await look(on: stage)
            #expect(try await runs(on: stage) == ["late_rows blocked 2026-11-18"])
            #expect(stage.messenger.news().isEmpty)
        }
    }

    @Test func `days of a table that was away are made again once it is back, though nobody owes them`()
        async throws
    {
        let stage = try await stage(Self.week, since: "2026-11-19")
        try await stage.warehouse.load("ALTER TABLE raw.orders RENAME TO orders_away")
        _ = try await Lookout(stage.surroundings).look()
        let incident = try await incident(on: stage)
        #expect(incident.intervals == ["2026-11-17", "2026-11-18", "2026-11-19"])
        #expect(incident.cause.recovery == ["surety run sales-by-8 --for 2026-11-17..2026-11-19"])
        _ = try await Postman(stage.surroundings).deliver()
        let alert = try #require(stage.messenger.script.withLock(\.sent).first?.alert)
        #expect(
            alert.done.prefix(2) == [
                "withdrew the certificates of raw.orders 2026-11-17..2026-11-19",
                "checks raw.orders 2026-11-17..2026-11-19 again once any of raw.orders is certified again, "
                    + "and rebuilds what rests on it: late_rows: rebuild within 7d",
            ])
        #expect(try await Lookout(stage.surroundings).rebuilds().isEmpty)
        try await stage.warehouse.load("ALTER TABLE raw.orders_away RENAME TO orders")
        stage.clock.pass(seconds: 1)
        #expect(try await stage.run("sales-by-8").intervals == ["2026-11-19"])
        let work = try await Lookout(stage.surroundings).rebuilds()
        #expect(work.map(\.slices) == [[sales: [Make.day("2026-11-17"), Make.day("2026-11-18")]]])
        stage.clock.pass(seconds: 1)
        #expect(try await stage.run("sales-by-8").state == .certified)
        #expect(try await isCertified(sales, "2026-11-17", on: stage))
        #expect(try await Lookout(stage.surroundings).rebuilds().isEmpty)
        #expect(try await stage.incidents() == ["raw.orders|check resolved"])
    }

    // MARK: - Ignored

    @Test func `where they are ignored, nothing is taken away`() async throws {
        let stage = try await stage(.ignore)
        try await arrive(1, "2026-11-18", on: stage)
        try await stage.serving { _ async throws in
            await look(on: stage)
            #expect(try await stage.incidents().isEmpty)
            #expect(try await isCertified(orders, "2026-11-18", on: stage))
            #expect(try await gate(on: stage).isOpen)
        }
        #expect(try await runs(on: stage).isEmpty)
    }

    // MARK: - While a step waits for its turn

    @Test(arguments: [LateRows.tell, LateRowsWindow.week, .ignore], [1, 3])
    func `a source whose rows moved since it was certified is asked again in the step's snapshot`(
        lateRows: LateRows, rows: Int
    ) async throws {
        let stage = try await Stage(catalog(lateRows, since: "2026-11-19"), at: "2026-11-20T06:00:00Z")
        try await stage.warehouse.load("CREATE TABLE raw.orders (id integer, day date)")
        try await arrive(1, "2026-11-19", on: stage)
        stage.warehouse.script.withLock { $0.holds = true }
        async let ended = stage.run("sales-by-8")
        var held = stage.warehouse.held.stream.makeAsyncIterator()
        #expect(await held.next(isolation: #isolation)?.asset == sales)
        #expect(try await isCertified(orders, "2026-11-19", on: stage))
        try await arrive(rows, "2026-11-19", on: stage)
        stage.clock.pass(seconds: 1)
        stage.warehouse.letGo()
        let isRefused = rows == 3
        #expect(try await ended.state == (isRefused ? .blocked : .certified))
        #expect(try await isCertified(sales, "2026-11-19", on: stage) == !isRefused)
        #expect(
            try await isCertified(orders, "2026-11-19", on: stage) == (!isRefused || lateRows == .ignore))
        #expect(try await stage.incidents() == (isRefused ? ["raw.orders|check firing"] : []))
        guard isRefused else { return }
        let incident = try await stage.state.incidents(endedSince: stage.clock.now()).first
        #expect(incident?.cause.message.contains("`rows <= 3`: fail, observed 4") == true)
        #expect(incident?.affects.contains("mart.sales 2026-11-19") == true)
    }
}

/// Windows, for tables of tests.
private enum LateRowsWindow {
    static let week = LateRows.rebuild(within: Period(7, .day))
    static let day = LateRows.rebuild(within: Period(1, .day))
}
