import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@testable import Engine

/// A service whose clock is let pass by hand; a test that hangs is given up.
@Suite(.timeLimit(.minutes(2))) struct `a project that runs by itself` {
    /// Starts at 05:30, for `mart.revenue`.
    private static func starting(
        at time: String = "05:30", overlap: Promise.Overlap = .skip, catchUp: Promise.CatchUp = .latest
    ) -> Catalog {
        var catalog = Stage.catalog
        let start = Start.at([CivilTime(time)].compactMap { $0 }, on: nil, zone: Stage.zone)
        catalog.promise("revenue-by-8", of: "mart.revenue", starts: [start], overlap: overlap)
        catalog.promises["revenue-by-8"]?.catchUp = catchUp
        return catalog
    }

    /// Two promises more, of `mart.orders` and `mart.rates`, and room for one run.
    private static let crowded: Catalog = {
        var catalog = Stage.catalog
        catalog.promise("orders-by-8", of: "mart.orders", tier: .three)
        catalog.promise("rates-by-8", of: "mart.rates", tier: .one)
        catalog.project.runLimit = 1
        return catalog
    }()

    private func seen(on stage: Stage, at time: String = "2026-11-19T12:00:00Z") async throws {
        let promises = stage.surroundings.catalog.promises.keys.sorted()
        try await stage.state.record(promises.map { .promiseSeen($0) }, at: Make.instant(time))
    }

    private func idle(_ service: ProjectService, on stage: Stage) async {
        await stage.until { await service.health().runs.isEmpty }
    }

    // MARK: - Starts

    @Test func `a start begins one run at its time`() async throws {
        let stage = try await Stage(Self.starting(), at: "2026-11-20T05:29:00Z")
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            await stage.pass(seconds: 30)
            #expect(try await stage.state.runs(of: nil, limit: 9).isEmpty)
            await stage.pass(seconds: 30)
            let run = try #require(await stage.ended(&events))
            #expect(run.state == .certified)
            #expect(run.trigger == "schedule")
            #expect(run.startedAt == Make.instant("2026-11-20T05:30:00Z"))
            await idle(service, on: stage)
            await stage.pass(seconds: 30, times: 10)
            await idle(service, on: stage)
            #expect(try await stage.state.runs(of: nil, limit: 9).map(\.id) == [run.id])
            #expect(try await stage.firings().map(\.end) == [.began(run.id)])
            #expect(try await stage.firings().map(\.start) == ["at 05:30"])
        }
    }

    @Test func `a start that finds nothing owed is noted and begins no run`() async throws {
        let stage = try await Stage(Self.starting(), at: "2026-11-20T05:00:00Z")
        let run = try await stage.run("revenue-by-8")
        #expect(run.state == .certified)
        try await stage.serving { service async throws in
            await stage.pass(seconds: 1800)
            try await stage.until { try await stage.firings().last?.end == .nothingOwed }
            await idle(service, on: stage)
            #expect(try await stage.state.runs(of: nil, limit: 9).map(\.id) == [run.id])
        }
    }

    @Test(arguments: [
        (Promise.CatchUp.latest, true), (.all, true), (.none, false),
    ])
    func `a start that was missed while nobody was there is made up for or noted`(
        catchUp: Promise.CatchUp, begins: Bool
    ) async throws {
        let stage = try await Stage(Self.starting(catchUp: catchUp), at: "2026-11-20T06:30:00Z")
        try await seen(on: stage, at: "2026-11-20T05:00:00Z")
        try await stage.serving { service async throws in
            if begins {
                var events = await service.events(after: 0).makeAsyncIterator()
                #expect(await stage.ended(&events)?.state == .certified)
                await idle(service, on: stage)
            } else {
                #expect(try await stage.firings().map(\.end) == [.missed])
                #expect(try await stage.state.runs(of: nil, limit: 9).isEmpty)
            }
        }
    }

    @Test(arguments: Promise.Overlap.allCases)
    func `a start beside a run of its promise does as that says`(overlap: Promise.Overlap) async throws {
        let stage = try await Stage(Self.starting(overlap: overlap), at: "2026-11-20T05:29:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            let request = RunRequest("revenue-by-8", intervals: "2026-11-19")
            let first = try await service.begin(request)
            _ = await held.next(isolation: #isolation)
            await stage.pass(seconds: 60)
            let firing = try #require(try await stage.firings().first)
            switch overlap {
            case .skip: #expect(firing.end == .skipped)
            case .queue, .cancelPrevious: #expect(firing.end != .skipped)
            }
            if overlap != .cancelPrevious { stage.warehouse.letGo() }
            let ended = try #require(await stage.ended(&events))
            #expect(ended.id == first)
            #expect(ended.state == (overlap == .cancelPrevious ? .cancelled : .certified))
            stage.warehouse.letGo()
            if overlap == .cancelPrevious { #expect(await stage.ended(&events)?.state == .certified) }
            if overlap == .queue {
                try await stage.until { try await stage.firings().last?.end == .nothingOwed }
            }
            await idle(service, on: stage)
        }
    }

    // MARK: - Deadlines

    @Test func `a missed deadline with nothing scheduled is told at the first look, which says when`()
        async throws
    {
        let stage = try await Stage(at: "2026-11-20T09:10:00Z")
        try await seen(on: stage)
        try await stage.serving { _ async throws in
            #expect(try await stage.incidents() == ["mart.revenue|late firing"])
            let incident = try #require(
                try await stage.state.incidents(endedSince: stage.clock.now()).first)
            #expect(incident.isOverdue)
            #expect(incident.openedAt == stage.clock.now())
            #expect(incident.faultAt == Make.instant("2026-11-20T08:00:00Z"))
            let record = try #require(try await stage.state.openOccurrences().first)
            #expect(record.deadline == Make.instant("2026-11-20T08:00:00Z"))
            #expect(record.outcome == .late)
            #expect(record.detectedAt == stage.clock.now())
            await stage.pass(seconds: 30)
            #expect(
                stage.messenger.news() == ["hook opened mart.revenue|late", "inbox opened mart.revenue|late"])
        }
    }

    @Test func `a deadline that passes is noticed within half a minute`() async throws {
        let stage = try await Stage(at: "2026-11-20T07:59:10Z")
        try await seen(on: stage)
        try await stage.serving { _ async throws in
            await stage.pass(seconds: 30)
            #expect(try await stage.state.openOccurrences().isEmpty)
            await stage.pass(seconds: 30)
            let record = try #require(try await stage.state.openOccurrences().first)
            #expect(record.detectedAt == Make.instant("2026-11-20T08:00:10Z"))
        }
    }

    @Test func `what is mended is judged and told`() async throws {
        let stage = try await Stage(at: "2026-11-20T09:10:00Z")
        try await seen(on: stage)
        try await stage.serving { service async throws in
            await stage.pass(seconds: 30)
            _ = stage.messenger.news()
            var events = await service.events(after: 0).makeAsyncIterator()
            _ = try await service.begin(RunRequest("revenue-by-8"))
            #expect(await stage.ended(&events)?.state == .certified)
            await idle(service, on: stage)
            await stage.pass(seconds: 30)
            #expect(
                stage.messenger.news() == [
                    "hook resolved mart.revenue|late", "inbox resolved mart.revenue|late",
                ])
            #expect(try await stage.state.openOccurrences().isEmpty)
            let judged = try await stage.state.occurrences(
                from: Make.instant("2026-11-20T00:00:00Z"), to: stage.clock.now())
            #expect(judged.map(\.outcome) == [.late])
            #expect(judged.map(\.detectedAt) == [Make.instant("2026-11-20T09:10:00Z")])
        }
    }

    @Test func `a warehouse that cannot be read makes what is due unknown, until it can`() async throws {
        let stage = try await Stage(at: "2026-11-20T08:10:00Z")
        try await seen(on: stage)
        stage.warehouse.script.withLock {
            $0.failure = PortFailure(.unreachable, "the warehouse is not there")
        }
        try await stage.serving { service async throws in
            #expect(await service.health().isReady == false)
            #expect(await service.health().problem == "the warehouse is not there")
            #expect(try await stage.state.openOccurrences().map(\.outcome) == [.unknown])
            stage.warehouse.script.withLock { $0.failure = nil }
            stage.clock.pass(seconds: 300)
            await stage.pass(seconds: 30)
            #expect(await service.health().isReady)
            #expect(await service.health().problem == nil)
            #expect(try await stage.state.openOccurrences().map(\.outcome) == [.late])
        }
    }

    // MARK: - Gaps

    @Test(arguments: [
        ("2026-11-20T07:00:00Z", "2026-11-20T09:00:00Z", true),
        ("2026-11-20T07:58:00Z", "2026-11-20T08:02:00Z", false),
        ("2026-11-20T08:30:00Z", "2026-11-20T12:00:00Z", false),
    ])
    func `a gap in service with a deadline in it is told`(before: String, now: String, isTold: Bool)
        async throws
    {
        let stage = try await Stage(at: now)
        try await seen(on: stage)
        _ = try await stage.state.beat(at: Make.instant(before))
        try await stage.serving { _ async throws in
            await stage.pass(seconds: 30)
            let told = stage.messenger.news().filter { $0.contains("surety.analytics") }
            #expect(told.contains("inbox opened surety.analytics|infra") == isTold)
            #expect(
                try await stage.incidents().contains("surety.analytics|infra firing") == isTold)
        }
    }

    // MARK: - People

    @Test func `runs that people ask for wait for room, what matters most first`() async throws {
        let stage = try await Stage(Self.crowded, at: "2026-11-20T05:00:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            _ = try await service.begin(RunRequest("revenue-by-8"))
            #expect(await held.next(isolation: #isolation)?.asset == Make.name("mart.revenue"))
            for target in ["orders-by-8", "rates-by-8"] { _ = try await service.begin(RunRequest(target)) }
            #expect(await service.health().runs.count == 1)
            stage.warehouse.letGo()
            var order: [String] = []
            for _ in 0..<3 { order.append(try #require(await stage.ended(&events)).target) }
            #expect(order == ["revenue-by-8", "rates-by-8", "orders-by-8"])
            await idle(service, on: stage)
        }
    }

    @Test func `a run is cancelled, one that waits too, and one that is not there is not`() async throws {
        let stage = try await Stage(Self.crowded, at: "2026-11-20T05:00:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            let running = try await service.begin(RunRequest("revenue-by-8"))
            _ = await held.next(isolation: #isolation)
            let waiting = try await service.begin(RunRequest("orders-by-8"))
            #expect(await service.cancel(waiting))
            #expect(await service.cancel(running))
            #expect(await service.cancel("run000000000") == false)
            let ended = try #require(await stage.ended(&events))
            #expect((ended.id, ended.state) == (running, .cancelled))
            await idle(service, on: stage)
            #expect(try await stage.state.runs(of: nil, limit: 9).map(\.id) == [running])
        }
    }

    @Test func `what cannot be run is refused`() async throws {
        let stage = try await Stage(at: "2026-11-20T05:00:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            func kind(_ body: () async throws -> RunID) async -> PortFailure.Kind? {
                do {
                    _ = try await body()
                    return nil
                } catch { return (error as? PortFailure)?.kind }
            }
            #expect(await kind { try await service.begin(RunRequest("nothing")) } == .refused)
            let bad = RunRequest("revenue-by-8", intervals: "monday")
            #expect(await kind { try await service.begin(bad) } == .refused)
            #expect(await kind { try await service.backfill(bad, plan: "p") } == .refused)
            let day = RunRequest("revenue-by-8", intervals: "2026-11-19")
            #expect(await kind { try await service.backfill(day, plan: "another") } == .conflict)
            _ = try await service.begin(RunRequest("revenue-by-8"))
            #expect(await kind { try await service.begin(RunRequest("revenue-by-8")) } == .conflict)
        }
    }

    @Test func `a service that drains begins nothing more, and lets what runs come to its end`() async throws
    {
        let stage = try await Stage(Self.starting(), at: "2026-11-20T05:29:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            let run = try await service.begin(RunRequest("mart.revenue"))
            _ = await held.next(isolation: #isolation)
            await service.drain()
            let failure = await #expect(throws: PortFailure.self) {
                try await service.begin(RunRequest("revenue-by-8"))
            }
            #expect(failure?.kind == .conflict)
            await stage.pass(seconds: 60)
            #expect(try await stage.firings().isEmpty)
            let health = await service.health()
            #expect((health.isReady, health.isDraining, health.runs) == (false, true, [run]))
            stage.warehouse.letGo()
            #expect(await stage.ended(&events)?.state == .certified)
            await idle(service, on: stage)
        }
    }

    // MARK: - Declarations

    @Test func `declarations that are refused raise an alarm, and restored ones end it`() async throws {
        let stage = try await Stage()
        let answers = Answers()
        for answer in [.refused("promises.yaml:3: no such asset"), .unchanged, .restored] as [Rereading] {
            answers.add(answer)
        }
        let service = ProjectService(stage.surroundings) { _ in answers.next() }
        await service.readAnew()
        #expect(try await stage.incidents() == ["surety.declarations|config firing"])
        await service.readAnew()
        #expect(try await stage.incidents() == ["surety.declarations|config firing"])
        #expect(service.surroundings.catalog == stage.surroundings.catalog)
        await service.readAnew()
        #expect(try await stage.incidents() == ["surety.declarations|config resolved"])
    }

    @Test func `declarations that changed hold from then on, and end the alarm about refused ones`()
        async throws
    {
        let stage = try await Stage()
        var next = stage.surroundings.catalog
        next.project.runLimit = 3
        let answers = Answers()
        answers.add(.refused("no"))
        answers.add(.changed(stage.declaring(next)))
        let service = ProjectService(stage.surroundings) { _ in answers.next() }
        await service.readAnew()
        await service.readAnew()
        #expect(service.surroundings.catalog.project.runLimit == 3)
        #expect(try await stage.incidents() == ["surety.declarations|config resolved"])
    }

    @Test(arguments: [
        (Promise.InFlight.finish, [RunState.certified]), (.cancel, [.cancelled]),
        (.restart, [.cancelled, .certified]),
    ])
    func `a run whose declarations change finishes, ends, or begins again`(
        inFlight: Promise.InFlight, states: [RunState]
    ) async throws {
        var catalog = Stage.catalog
        catalog.promises["revenue-by-8"]?.inFlight = inFlight
        let stage = try await Stage(catalog, at: "2026-11-20T05:00:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        catalog.assets[Make.name("mart.revenue")]?.tags = ["changed"]
        let next = stage.declaring(catalog)
        let answers = Answers()
        let reading: @Sendable (Surroundings) async -> Rereading = { _ in answers.next() }
        try await stage.serving(rereading: reading) { service async throws in
            var events = await service.events(after: 0).makeAsyncIterator()
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            _ = try await service.begin(RunRequest("revenue-by-8"))
            _ = await held.next(isolation: #isolation)
            answers.add(.changed(next))
            await service.readAnew()
            if inFlight == .finish { stage.warehouse.letGo() }
            var ends: [RunState] = []
            for number in states.indices {
                ends.append(try #require(await stage.ended(&events)).state)
                if number == 0 { stage.warehouse.letGo() }
            }
            #expect(ends == states)
            await idle(service, on: stage)
        }
    }

    // MARK: - Its end

    @Test func `a service that is stopped ends without anybody waking it`() async throws {
        let stage = try await Stage()
        let service = ProjectService(stage.surroundings) { _ in .unchanged }
        async let end: Void = service.run()
        await stage.clock.sleeping(5)
        await service.stop(within: 30)
        await end
        #expect(await service.health().isDraining)
    }

    @Test func `a service that is cancelled ends`() async throws {
        let stage = try await Stage()
        let service = ProjectService(stage.surroundings) { _ in .unchanged }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await service.run() }
            await stage.clock.sleeping(5)
            group.cancelAll()
        }
        #expect(await service.health().runs.isEmpty)
    }

    @Test func `what was written down before the end is told before the end`() async throws {
        let stage = try await Stage()
        try await stage.serving { _ async throws in
            try await IncidentDesk(stage.surroundings).alarm(.declarations, "broken")
        }
        #expect(stage.messenger.news().contains("inbox opened surety.declarations|config"))
    }

    @Test func `a run that is still going on when time is up is cancelled`() async throws {
        let stage = try await Stage(at: "2026-11-20T05:00:00Z")
        stage.warehouse.script.withLock { $0.holds = true }
        try await stage.serving { service async throws in
            var held = stage.warehouse.held.stream.makeAsyncIterator()
            _ = try await service.begin(RunRequest("revenue-by-8"))
            _ = await held.next(isolation: #isolation)
        }
        #expect(try await stage.state.runs(of: nil, limit: 9).map(\.state) == [.cancelled])
    }

    @Test func `who listens hears the end`() async throws {
        let stage = try await Stage()
        var heard: AsyncStream<NumberedEvent>?
        try await stage.serving { service in heard = await service.events(after: nil) }
        var count = 0
        for await _ in try #require(heard) { count += 1 }
        #expect(count == 0)
    }
}

/// What rereading declarations comes to, one after another; nothing changed once there is no more.
private final class Answers: Sendable {
    private let waiting = Mutex<[Rereading]>([])

    func add(_ answer: Rereading) { waiting.withLock { $0.append(answer) } }

    func next() -> Rereading {
        waiting.withLock { $0.isEmpty ? .unchanged : $0.removeFirst() }
    }
}
