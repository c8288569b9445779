import SuretyCore
import SuretyTestKit
import Testing

@Suite struct AlertRoutingTests {
    private let now = Make.instant("2026-11-20T06:00:00Z")

    private func catalog(_ routes: [Route]) -> Catalog {
        let project = ProjectSettings(
            name: "p", zone: Make.zone("Europe/London"), state: Secret("sqlite:s"), warehouses: [:])
        var catalog = Catalog(project: project)
        for id in ["inbox", "hook", "mail"] {
            let channel = ChannelID(rawValue: id)
            let kind: AlertChannel.Kind =
                id == "mail" ? .email(MailServer(server: Secret("smtp://localhost"), from: "a@b")) : .file(id)
            catalog.channels[channel] = AlertChannel(id: channel, kind: kind)
        }
        let quiet = QuietHours(
            from: CivilTime(secondOfDay: 22 * 3600), to: CivilTime(secondOfDay: 7 * 3600))
        catalog.owners["ana"] = Owner(id: "ana", name: "Ana", to: ["inbox", "mail"], quiet: quiet)
        catalog.owners["ben"] = Owner(id: "ben", name: "Ben", to: ["mail"])
        catalog.owners["team"] = Owner(id: "team", name: "Team", members: ["ana", "ben"])
        catalog.routes = routes
        return catalog
    }

    private func alert(_ severity: Severity = .high) -> Alert {
        let cause = Cause(.checkFailed, asset: Make.name("raw.t"), interval: nil, message: "no", owner: "ana")
        let trouble = Trouble(
            cause: cause, intervals: [], affects: [], promises: ["p"], consumers: [], severity: severity)
        return Alert(
            event: .opened, at: now, incident: Incident(id: "inc_1", trouble: trouble, at: now), headline: "h"
        )
    }

    private func told(_ routes: [Route], _ severity: Severity = .high) -> [String] {
        AlertRouting(catalog(routes)).recipients(of: alert(severity)).map {
            "\($0.channel)" + ($0.person.map { " \($0)" } ?? "")
        }
    }

    @Test func `the first route that matches wins`() {
        let routes = [
            Route(when: [.severity: ["critical"]], to: ["hook"], continues: false),
            Route(when: [:], to: ["owner"], continues: false),
        ]
        #expect(told(routes) == ["inbox", "mail ana"])
        #expect(told(routes, .critical) == ["hook"])
    }

    @Test func `a route that continues adds those after it, each once`() {
        let routes = [
            Route(when: [.asset: ["raw.t"]], to: ["hook", "owner"], continues: true),
            Route(when: [:], to: ["inbox", "team"], continues: false),
        ]
        #expect(told(routes) == ["hook", "inbox", "mail ana", "mail ben"])
    }

    @Test func `a group's mail goes to its own address, else to those of its members`() {
        func told(_ email: String?) -> [String] {
            var catalog = catalog([Route(when: [:], to: ["desk"], continues: false)])
            catalog.owners["ana"]?.email = "ana@acme.example"
            catalog.owners["desk"] = Owner(
                id: "desk", name: "Desk", email: email, to: ["mail"], members: ["ana", "ben"])
            return AlertRouting(catalog).recipients(of: alert()).compactMap(\.person?.rawValue)
        }
        #expect(told("desk@acme.example") == ["desk"])
        #expect(told(nil) == ["ana"])
    }

    @Test(arguments: [
        ("2026-11-20T06:30:00Z", "2026-11-20T07:00:00Z"), ("2026-11-20T23:00:00Z", "2026-11-21T07:00:00Z"),
        ("2026-11-20T12:00:00Z", nil),
    ])
    func `nobody is disturbed in quiet hours, unless it is critical`(at: String, until: String?) {
        let routing = AlertRouting(catalog([]))
        let now = Make.instant(at)
        func ends(_ person: OwnerID, _ severity: Severity) -> Instant? {
            let recipient = AlertRecipient(channel: "somewhere", person: nil, listeners: [person])
            return routing.quietUntil(recipient, severity, at: now)
        }
        #expect(ends("ana", .high) == until.map { Make.instant($0) })
        #expect(ends("ana", .critical) == nil)
        #expect(ends("ben", .high) == nil)
        // Who listens to a channel without quiet hours is told, whoever else sleeps.
        #expect(
            routing.quietUntil(AlertRecipient(channel: "elsewhere", person: nil), .high, at: now) == nil)
    }
}
