import Engine
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@Suite struct `alerts on their way` {
    private let busy = PortFailure(.unreachable, "503", isRetryable: true)
    private let gone = PortFailure(.refused, "410")

    /// Queues messages, each `channel table`, about an incident at that table.
    private func queue(_ messages: [String], on stage: Stage, _ severity: Severity = .high) async throws {
        let now = stage.clock.now()
        for message in messages {
            let words = message.split(separator: " ").map(String.init)
            let cause = Cause(.checkFailed, asset: Make.name(words[1]), interval: nil, message: "no")
            let trouble = Trouble(
                cause: cause, intervals: [], affects: [], promises: ["revenue-by-8"], consumers: [],
                severity: severity)
            let incident = Incident(id: IncidentID(rawValue: "inc_\(words[1])"), trouble: trouble, at: now)
            let alert = Alert(event: .opened, at: now, incident: incident, headline: "h")
            let recipient = AlertRecipient(channel: ChannelID(rawValue: words[0]), person: nil)
            try await stage.state.record(
                [.incidentChanged(incident), .messageQueued(AlertMessage(alert, to: recipient, dueAt: now))],
                at: now)
        }
    }

    /// What was sent in one round, without what is about Surety itself.
    private func deliver(on stage: Stage) async throws -> [String] {
        _ = try await Postman(stage.surroundings).deliver()
        return stage.messenger.news().filter { !$0.contains(" surety.") }
    }

    private func tried(on stage: Stage) -> [String] {
        stage.messenger.script.withLock { script in
            defer { script.tried = [] }
            return script.tried.sorted()
        }
    }

    @Test func `a message is sent once`() async throws {
        let stage = try await Stage()
        try await queue(["inbox raw.a", "hook raw.a"], on: stage)
        #expect(try await deliver(on: stage) == ["hook opened raw.a|check", "inbox opened raw.a|check"])
        #expect(try await deliver(on: stage) == [])
        #expect(try await stage.state.backlog() == 0)
    }

    @Test func `several who send at once send each message once`() async throws {
        let stage = try await Stage()
        try await queue((0..<10).map { "inbox raw.t\($0)" }, on: stage)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { _ = try await Postman(stage.surroundings).deliver() }
            }
            try await group.waitForAll()
        }
        #expect(tried(on: stage).count == 10)
    }

    @Test func `a channel that fails rests, and the others go on`() async throws {
        let stage = try await Stage()
        try await queue(["inbox raw.a", "inbox raw.b", "hook raw.a", "hook raw.b"], on: stage)
        stage.messenger.fail("inbox", busy)
        #expect(try await deliver(on: stage) == ["hook opened raw.a|check", "hook opened raw.b|check"])
        #expect(tried(on: stage).filter { $0.hasPrefix("inbox") } == ["inbox opened raw.a|check"])
        stage.messenger.fail("inbox", nil)
        // Five seconds, less a fifth of them.
        stage.clock.pass(seconds: 3)
        #expect(try await deliver(on: stage) == [])
        stage.clock.pass(seconds: 1)
        #expect(try await deliver(on: stage) == ["inbox opened raw.a|check", "inbox opened raw.b|check"])
        #expect(try await stage.incidents().filter { $0.hasPrefix("surety") } == [])
    }

    @Test func `a channel is left alone for as long as it asks`() async throws {
        let stage = try await Stage()
        try await queue(["inbox raw.a"], on: stage)
        var failure = busy
        failure.waitSeconds = 77
        stage.messenger.fail("inbox", failure)
        #expect(try await deliver(on: stage) == [])
        stage.messenger.fail("inbox", nil)
        stage.clock.pass(seconds: 76)
        #expect(try await deliver(on: stage) == [])
        stage.clock.pass(seconds: 1)
        #expect(try await deliver(on: stage) == ["inbox opened raw.a|check"])
    }

    @Test func `a message that a channel refuses goes to the others of the last route, which says so`()
        async throws
    {
        let stage = try await Stage()
        try await queue(["inbox raw.a"], on: stage)
        stage.messenger.fail("inbox", gone)
        let deliveries = try await Postman(stage.surroundings).deliver()
        #expect(deliveries.count { $0.failure == "410" && !$0.isTriedAgain } == 2)
        let sent = stage.messenger.script.withLock(\.sent)
        #expect(
            sent.map(\.words).sorted() == ["hook opened raw.a|check", "hook opened surety.inbox|infra"])
        #expect(
            sent.map(\.alert.headline).sorted() == [
                "Not told over inbox: h", "Surety itself: notifier.failed: 410",
            ])
        #expect(try await stage.incidents().contains("surety.inbox|infra firing"))
        #expect(try await stage.state.backlog() == 0)
    }

    @Test func `a channel that takes messages again is well`() async throws {
        let stage = try await Stage()
        try await queue(["inbox raw.a"], on: stage)
        stage.messenger.fail("inbox", gone)
        _ = try await Postman(stage.surroundings).deliver()
        stage.messenger.fail("inbox", nil)
        _ = stage.messenger.news()
        try await queue(["inbox raw.b"], on: stage)
        _ = try await Postman(stage.surroundings).deliver()
        _ = try await Postman(stage.surroundings).deliver()
        #expect(
            stage.messenger.news() == ["hook resolved surety.inbox|infra", "inbox opened raw.b|check"])
        #expect(try await stage.incidents().contains("surety.inbox|infra resolved"))
    }

    @Test func `a message that no try delivered in six hours is given up`() async throws {
        let stage = try await Stage()
        try await queue(["inbox raw.a"], on: stage)
        stage.messenger.fail("inbox", busy)
        var tries = 0
        for _ in 0..<60 {
            tries += try await Postman(stage.surroundings).deliver().count {
                $0.message.words == "inbox opened raw.a|check"
            }
            stage.clock.pass(seconds: 600)
        }
        #expect(tries == 41)
        #expect(stage.messenger.news().contains("hook opened raw.a|check"))
        let memory = try #require(try await stage.state.messages(about: "inc_raw.a").first)
        #expect(memory.state == .dead)
    }

    @Test func `a channel that is not declared any more is no place to send to`() async throws {
        var catalog = Stage.catalog
        catalog.channels["inbox"] = nil
        let stage = try await Stage(catalog)
        try await queue(["inbox raw.a"], on: stage)
        #expect(try await deliver(on: stage) == ["hook opened raw.a|check"])
    }

    @Test func `that it is over is told where it was heard, and what waits is not said any more`()
        async throws
    {
        let stage = try await Stage()
        let desk = IncidentDesk(stage.surroundings)
        stage.messenger.fail("hook", busy)
        try await desk.alarm(.scheduler, "stalled")
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news() == ["inbox opened surety.scheduler|infra"])
        stage.messenger.fail("hook", nil)
        stage.clock.pass(seconds: 60)
        try await desk.alarm(.scheduler, nil)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news() == ["inbox resolved surety.scheduler|infra"])
        #expect(try await stage.state.backlog() == 0)
    }

    @Test(arguments: [(ServiceAlarm.declarations, true), (.scheduler, false)])
    func `nobody is disturbed in quiet hours, unless it is critical`(alarm: ServiceAlarm, isHeld: Bool)
        async throws
    {
        var catalog = Stage.catalog
        catalog.routes = [Route(when: [:], to: ["owner"], continues: false)]
        catalog.owners["ana"]?.quiet = QuietHours(
            from: CivilTime(secondOfDay: 22 * 3600), to: CivilTime(secondOfDay: 7 * 3600))
        let stage = try await Stage(catalog, at: "2026-11-20T06:30:00Z")
        try await IncidentDesk(stage.surroundings).alarm(alarm, "broken")
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news().isEmpty == isHeld)
        stage.clock.pass(seconds: 1799)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news().isEmpty)
        stage.clock.pass(seconds: 1)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news().isEmpty != isHeld)
    }

    @Test func `what ends in quiet hours was never heard of`() async throws {
        var catalog = Stage.catalog
        catalog.owners["ana"]?.quiet = QuietHours(
            from: CivilTime(secondOfDay: 22 * 3600), to: CivilTime(secondOfDay: 7 * 3600))
        let stage = try await Stage(catalog, at: "2026-11-20T06:30:00Z")
        try await IncidentDesk(stage.surroundings).alarm(.declarations, "broken")
        try await IncidentDesk(stage.surroundings).alarm(.declarations, nil)
        stage.clock.pass(seconds: 7200)
        _ = try await Postman(stage.surroundings).deliver()
        #expect(stage.messenger.news() == [])
    }

    @Test func `an escalation is dropped once somebody has it in hand`() async throws {
        var catalog = Stage.catalog
        catalog.project.escalate = [
            Escalation(.after(Period(30, .minute)), to: "hook"),
            Escalation(.after(Period(60, .minute)), to: "hook"),
        ]
        catalog.routes = [Route(when: [:], to: ["inbox"], continues: false)]
        let stage = try await Stage(catalog)
        try await stage.state.record(
            [.promiseSeen("revenue-by-8")], at: Make.instant("2026-11-19T12:00:00Z"))
        let incident = try #require(
            try await IncidentDesk(stage.surroundings).review().first?.incident)
        #expect(try await deliver(on: stage) == ["inbox opened mart.revenue|late"])
        stage.clock.pass(seconds: 1800)
        #expect(try await deliver(on: stage) == ["hook opened mart.revenue|late"])
        #expect(try await stage.state.backlog() == 1)
        _ = try await IncidentDesk(stage.surroundings).acknowledge(incident.id, rating: nil)
        #expect(try await stage.state.backlog() == 0)
        stage.clock.pass(seconds: 1800)
        #expect(try await deliver(on: stage) == [])
    }

    @Test func `channels that all refuse are each tried once`() async throws {
        var catalog = Stage.catalog
        catalog.channels["third"] = AlertChannel(id: "third", kind: .file("third"))
        catalog.routes = [Route(when: [:], to: ["inbox", "hook", "third"], continues: false)]
        let stage = try await Stage(catalog)
        for channel in ["inbox", "hook", "third"] as [ChannelID] { stage.messenger.fail(channel, gone) }
        try await queue(["inbox raw.a"], on: stage)
        for _ in 0..<5 { _ = try await deliver(on: stage) }
        #expect(
            tried(on: stage).filter { $0.hasSuffix("raw.a|check") } == [
                "hook opened raw.a|check", "inbox opened raw.a|check", "third opened raw.a|check",
            ])
        #expect(try await stage.state.backlog() == 0)
    }

    @Test func `a test is sent at once and remembered nowhere`() async throws {
        let stage = try await Stage()
        try await Postman(stage.surroundings).test("inbox")
        #expect(stage.messenger.script.withLock(\.sent).map(\.isTest) == [true])
        #expect(try await stage.state.backlog() == 0)
        await #expect(throws: PortFailure.self) { try await Postman(stage.surroundings).test("nowhere") }
    }
}
