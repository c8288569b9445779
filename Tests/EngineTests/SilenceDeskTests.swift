import Engine
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `silences that people ask for` {
    private let hour = Period(1, .hour)

    private func silence(
        _ target: String, for period: Period = Period(1, .hour), reason: String = "known", on stage: Stage
    ) async throws -> Silence {
        try await SilenceDesk(stage.surroundings).silence(target, for: period, reason: reason, by: "ana")
    }

    @Test(arguments: ["revenue-by-8", "mart.revenue"])
    func `a promise or an asset is silenced for a while`(target: String) async throws {
        let stage = try await Stage()
        let silence = try await silence(target, on: stage)
        #expect(silence.until == stage.clock.now().adding(seconds: 3600))
        #expect(try await SilenceDesk(stage.surroundings).all() == [silence])
        stage.clock.pass(seconds: 3600)
        #expect(try await SilenceDesk(stage.surroundings).all() == [])
    }

    @Test(arguments: [
        ("no-such-promise", Period(1, .hour), "known"), ("raw.nothing", Period(1, .hour), "known"),
        ("inc_0", Period(1, .hour), "known"), ("revenue-by-8", Period(0, .hour), "known"),
        ("revenue-by-8", Period(15, .day), "known"), ("revenue-by-8", Period(1, .hour), " "),
    ])
    func `what is not known, too long or without a reason is refused`(
        target: String, period: Period, reason: String
    ) async throws {
        let stage = try await Stage()
        let failure = await #expect(throws: PortFailure.self) {
            try await silence(target, for: period, reason: reason, on: stage)
        }
        #expect(failure?.kind == .refused)
        #expect(failure?.hint.isEmpty == false)
        #expect(try await SilenceDesk(stage.surroundings).all() == [])
    }

    @Test func `two weeks are not too long`() async throws {
        let stage = try await Stage()
        _ = try await silence("revenue-by-8", for: Period(14, .day), on: stage)
    }

    @Test func `an incident is silenced while it is open`() async throws {
        let stage = try await Stage()
        try await IncidentDesk(stage.surroundings).alarm(.scheduler, "stalled")
        let incident = try #require(
            try await stage.state.incidents(endedSince: stage.clock.now()).first)
        _ = try await silence(incident.id.rawValue, on: stage)
        try await IncidentDesk(stage.surroundings).alarm(.scheduler, nil)
        await #expect(throws: PortFailure.self) { try await silence(incident.id.rawValue, on: stage) }
    }

    @Test func `what is late under a silence is told when that is over`() async throws {
        let stage = try await Stage()
        _ = try await silence("revenue-by-8", on: stage)
        try await late(on: stage)
        #expect(try await news(on: stage) == [])
        #expect(try await stage.incidents() == ["mart.revenue|late firing"])
        stage.clock.pass(seconds: 3599)
        #expect(try await news(on: stage) == [])
        stage.clock.pass(seconds: 1)
        #expect(
            try await news(on: stage) == ["hook opened mart.revenue|late", "inbox opened mart.revenue|late"])
    }

    @Test func `a silence that is ended before its time tells what is still open at once`() async throws {
        let stage = try await Stage()
        let silence = try await silence("mart.revenue", on: stage)
        try await late(on: stage)
        #expect(try await news(on: stage) == [])
        #expect(try await SilenceDesk(stage.surroundings).end(silence.id, by: "ben") == silence)
        #expect(
            try await news(on: stage) == ["hook opened mart.revenue|late", "inbox opened mart.revenue|late"])
        #expect(try await SilenceDesk(stage.surroundings).all() == [])
        let failure = await #expect(throws: PortFailure.self) {
            try await SilenceDesk(stage.surroundings).end(silence.id, by: "ben")
        }
        #expect(failure?.kind == .refused)
    }

    @Test func `what another silence keeps quiet stays so when one is ended`() async throws {
        let stage = try await Stage()
        let first = try await silence("mart.revenue", on: stage)
        _ = try await silence("revenue-by-8", for: Period(2, .hour), on: stage)
        try await late(on: stage)
        _ = try await SilenceDesk(stage.surroundings).end(first.id, by: "ben")
        #expect(try await news(on: stage) == [])
        stage.clock.pass(seconds: 7199)
        #expect(try await news(on: stage) == [])
        stage.clock.pass(seconds: 1)
        #expect(try await news(on: stage).count == 2)
    }

    @Test func `what waited to be said when it was silenced waits on`() async throws {
        var catalog = Stage.catalog
        catalog.project.escalate = [Escalation(.after(Period(30, .minute)), to: "hook")]
        let stage = try await Stage(catalog)
        try await late(on: stage)
        #expect(try await news(on: stage).count == 2)
        stage.clock.pass(seconds: 600)
        _ = try await silence("mart.revenue", on: stage)
        stage.clock.pass(seconds: 1800)
        #expect(try await news(on: stage) == [])
        stage.clock.pass(seconds: 1800)
        #expect(try await news(on: stage) == ["hook opened mart.revenue|late"])
    }

    @Test func `that it is over is told to those who heard of it, silenced or not`() async throws {
        let stage = try await Stage()
        try await late(on: stage)
        #expect(try await news(on: stage).count == 2)
        _ = try await silence("mart.revenue", on: stage)
        try await stage.run("revenue-by-8")
        #expect(
            try await news(on: stage) == [
                "hook resolved mart.revenue|late", "inbox resolved mart.revenue|late",
            ])
    }

    /// The promise has been known since yesterday, and is found to be late.
    private func late(on stage: Stage) async throws {
        try await stage.state.record([.promiseSeen("revenue-by-8")], at: Make.instant("2026-11-19T12:00:00Z"))
        _ = try await IncidentDesk(stage.surroundings).review()
    }

    private func news(on stage: Stage) async throws -> [String] {
        _ = try await Postman(stage.surroundings).deliver()
        return stage.messenger.news()
    }
}
