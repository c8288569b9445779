import Engine
import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

/// The report of 2026-W47 is due on Monday, 23 November, at 09:00.
@Suite struct `the weekly report on its way` {
    private static let catalog: Catalog = {
        var catalog = Stage.catalog
        catalog.channels["mail"] = AlertChannel(
            id: "mail", kind: .email(MailServer(server: Secret("smtp://localhost"), from: "a@acme.example")))
        catalog.owners["ana"] = Owner(
            id: "ana", name: "Ana", email: "ana@acme.example", to: ["inbox", "mail"])
        catalog.project.report = ReportSchedule(
            at: .times([CivilTime(secondOfDay: 9 * 3600)], on: .weekdays([.mon]), zone: Stage.zone),
            to: ["ana", "inbox", "hook"])
        return catalog
    }()

    /// What is sent at an instant, in order.
    private func sent(
        _ stage: Stage, seen: String? = "2026-11-19T12:00:00Z"
    ) async throws -> [String] {
        if let seen { try await stage.state.record([.promiseSeen("revenue-by-8")], at: Make.instant(seen)) }
        try await ReportPost(stage.surroundings).sendWhatIsDue()
        return stage.messenger.script.withLock { script in
            defer { script.reports = [] }
            return script.reports
        }
    }

    @Test func `it goes once to each recipient, whoever names them how often`() async throws {
        let stage = try await Stage(Self.catalog, at: "2026-11-23T09:00:00Z")
        #expect(
            try await sent(stage) == [
                "inbox - 2026-W47 report-2026-W47-inbox-", "mail ana 2026-W47 report-2026-W47-mail-ana",
                "hook - 2026-W47 report-2026-W47-hook-",
            ])
        for _ in 0..<3 {
            stage.clock.pass(seconds: 601)
            #expect(try await sent(stage) == [])
        }
        stage.clock.pass(seconds: 7 * 86_400)
        #expect(try await sent(stage).count == 3)
    }

    @Test func `a channel that fails gets it later, and nobody gets it twice`() async throws {
        let stage = try await Stage(Self.catalog, at: "2026-11-23T09:00:00Z")
        stage.messenger.fail("mail", PortFailure(.unreachable, "421", isRetryable: true))
        #expect(try await sent(stage).count == 2)
        stage.clock.pass(seconds: 299)
        #expect(try await sent(stage) == [])
        stage.clock.pass(seconds: 2)
        #expect(try await sent(stage) == [])
        stage.messenger.fail("mail", nil)
        stage.clock.pass(seconds: 301)
        #expect(try await sent(stage) == ["mail ana 2026-W47 report-2026-W47-mail-ana"])
        stage.clock.pass(seconds: 301)
        #expect(try await sent(stage) == [])
    }

    @Test(
        arguments: [
            ("2026-11-23T08:59:59Z", "2026-11-19T12:00:00Z", 0),
            ("2026-11-25T09:00:00Z", "2026-11-19T12:00:00Z", 3),
            ("2026-11-25T09:00:01Z", "2026-11-19T12:00:00Z", 0),
            ("2026-11-23T10:00:00Z", "2026-11-23T09:30:00Z", 0),
            ("2026-11-23T10:00:00Z", nil, 0),
        ] as [(String, String?, Int)])
    func `it goes from its time on for two days, of weeks in which there was a project`(
        now: String, seen: String?, count: Int
    ) async throws {
        let stage = try await Stage(Self.catalog, at: now)
        #expect(try await sent(stage, seen: seen).count == count)
    }

    @Test func `without a schedule none goes`() async throws {
        let stage = try await Stage(at: "2026-11-23T09:00:00Z")
        #expect(try await sent(stage) == [])
    }
}
