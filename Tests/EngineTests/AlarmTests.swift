import Engine
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `what is wrong with Surety itself` {
    /// Notes something, sends what is due, and says what was sent.
    private func alarm(_ alarm: ServiceAlarm, _ why: String?, on stage: Stage) async throws -> [String] {
        try await IncidentDesk(stage.surroundings).alarm(alarm, why)
        _ = try await Postman(stage.surroundings).deliver()
        return stage.messenger.news()
    }

    @Test(arguments: [
        (ServiceAlarm.declarations, "surety.declarations|config", Severity.high),
        (.scheduler, "surety.scheduler|infra", .critical),
        (.notifier("mail"), "surety.mail|infra", .critical),
        (.gap, "surety.analytics|infra", .warning),
        (.memory, "surety.kept_parts|infra", .high), (.sentinel, "surety.sentinel|infra", .high),
    ])
    func `it is told once, and once more when it is over`(
        alarm kind: ServiceAlarm, root: String, severity: Severity
    ) async throws {
        let stage = try await Stage()
        #expect(
            try await alarm(kind, "broken", on: stage) == ["hook opened \(root)", "inbox opened \(root)"])
        #expect(try await alarm(kind, "broken", on: stage) == [])
        #expect(try await stage.incidents() == ["\(root) firing"])
        let incidents = try await stage.state.incidents(endedSince: stage.clock.now())
        #expect(incidents.map(\.severity) == [severity])
        stage.clock.pass(seconds: 60)
        #expect(
            try await alarm(kind, nil, on: stage) == ["hook resolved \(root)", "inbox resolved \(root)"])
        #expect(try await alarm(kind, nil, on: stage) == [])
        #expect(try await stage.incidents() == ["\(root) resolved"])
    }

    @Test func `what is well and was never otherwise is not told`() async throws {
        let stage = try await Stage()
        #expect(try await alarm(.scheduler, nil, on: stage) == [])
        #expect(try await stage.incidents() == [])
    }

    @Test func `it says what is wrong, whose it is and what to do`() async throws {
        let stage = try await Stage()
        try await IncidentDesk(stage.surroundings).alarm(.declarations, "promises.yaml:3: no such asset")
        _ = try await Postman(stage.surroundings).deliver()
        let alert = try #require(stage.messenger.script.withLock(\.sent.first)?.alert)
        #expect(
            alert.headline == "Surety itself: declarations.invalid: promises.yaml:3: no such asset")
        #expect(alert.owner?.id == "ana")
        #expect(alert.recovery == ["surety validate"])
    }

    @Test func `each channel has an incident of its own`() async throws {
        let stage = try await Stage()
        for channel in ["mail", "slack"] as [ChannelID] {
            try await IncidentDesk(stage.surroundings).alarm(.notifier(channel), "410")
        }
        try await IncidentDesk(stage.surroundings).alarm(.notifier("mail"), nil)
        #expect(
            try await stage.incidents() == ["surety.mail|infra resolved", "surety.slack|infra firing"])
    }

    @Test func `a review of promises leaves it as it is`() async throws {
        let stage = try await Stage(at: "2026-11-20T07:00:00Z")
        try await stage.run("revenue-by-8")
        try await IncidentDesk(stage.surroundings).alarm(.scheduler, "nothing was looked at for 150 s")
        #expect(try await IncidentDesk(stage.surroundings).review().isEmpty)
        #expect(try await stage.incidents() == ["surety.scheduler|infra firing"])
    }
}
