import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `the report's incidents and alerts` {
    private func line(_ fill: (inout ReportWeek) -> Void) throws -> WeeklyReport.IncidentLine {
        var week = ReportWeek()
        fill(&week)
        return try #require(week.report.incidents.first)
    }

    @Test func `those that were open in the week are listed, experiments left out`() {
        var week = ReportWeek()
        week.incident(opened: "10T07:00", resolved: "15T23:59")
        week.incident(opened: "10T07:00", resolved: "16T00:00")
        week.incident(opened: "10T07:00")
        week.incident(opened: "22T23:59", resolved: "24T07:00")
        week.incident(opened: "23T00:00")
        week.incident(opened: "18T07:00")
        week.facts.incidents[5].isExperiment = true
        #expect(week.report.incidents.map(\.incident.id) == ["inc_2", "inc_3", "inc_4"])
    }

    @Test func `times run from the fault, its detection and the first message`() throws {
        let line = try line { week in
            let id = week.incident(
                opened: "18T07:30", fault: "18T07:10", resolved: "18T08:10", acknowledged: "18T07:45")
            week.message(.updated, about: id, number: 2, delivered: "18T07:40")
            week.message(.opened, about: id, delivered: "18T07:32")
            week.message(.resolved, about: id, number: 3, delivered: "18T08:11")
        }
        #expect(line.timeToDetect == 20 * 60.0)
        #expect(line.timeToNotify == 2 * 60.0)
        #expect(line.timeToAcknowledge == 13 * 60.0)
        #expect(line.timeToRecover == 60 * 60.0)
        #expect(line.notifications == 2)
    }

    @Test func `what is not known is no time, and what is open has not recovered`() throws {
        let open = try line { $0.incident(opened: "18T07:30", fault: "18T07:10") }
        #expect((open.timeToNotify, open.timeToAcknowledge, open.timeToRecover) == (nil, nil, nil))
        let silent = try line {
            $0.incident(opened: "18T07:30", resolved: "18T08:00", acknowledged: "18T07:45")
        }
        #expect((silent.timeToDetect, silent.timeToAcknowledge) == (nil, nil))
        #expect(silent.timeToRecover == 30 * 60.0)
    }

    @Test func `escalations are notifications, and tests and refused messages are none`() throws {
        let line = try line { week in
            let id = week.incident(opened: "18T07:30")
            week.message(about: id, delivered: "18T07:31")
            week.message(about: id, delivered: "18T08:01", escalation: 1)
            week.message(.updated, about: id, number: 2, dead: "18T13:31")
            week.message(.updated, about: id, number: 3, superseded: "18T07:50")
            week.message(about: id, number: 4, delivered: "18T07:55", isTest: true)
        }
        #expect(line.notifications == 2)
    }

    // MARK: - Ratings

    @Test(
        arguments: [
            // Acknowledged, and something was done.
            ("18T07:40", "18T09:00", "person revenue-by-8 18T07:50", .acted),
            ("18T07:40", "18T09:00", "backfill mart.revenue 18T07:50", .acted),
            ("18T07:40", "18T09:00", "accept raw.orders 18T07:50", .acted),
            ("18T07:40", "18T09:00", "waive revenue-by-8 18T07:50", .acted),
            ("18T07:40", "18T09:00", "manual raw.orders 18T07:50", .acted),
            ("18T07:40", "18T09:00", "approve mart.revenue 18T07:50", .acted),
            ("18T07:40", nil, "person revenue-by-8 20T07:50", .acted),
            // Acknowledged, and nothing was done about it, or not then, or not by a person.
            ("18T07:40", "18T09:00", nil, nil),
            ("18T07:40", "18T09:00", "schedule revenue-by-8 18T07:50", nil),
            ("18T07:40", "18T09:00", "person another 18T07:50", nil),
            ("18T07:40", "18T09:00", "person revenue-by-8 18T09:01", nil),
            ("18T07:40", "18T09:00", "rehearse revenue-by-8 18T07:50", nil),
            // It ended by itself.
            (nil, "18T08:00", nil, .noise), (nil, "18T08:01", nil, nil), (nil, nil, nil, nil),
            (nil, "18T08:00", "schedule revenue-by-8 18T07:50", .noise),
            (nil, "18T08:00", "rehearse revenue-by-8 18T07:50", .noise),
            (nil, "18T08:00", "person revenue-by-8 18T07:50", nil),
        ] as [(String?, String?, String?, Incident.Rating?)])
    func
        `without a person's word it is worth sending if somebody acted, and noise if it ended by itself soon`(
            acknowledged: String?, resolved: String?, action: String?, rating: Incident.Rating?
        ) throws
    {
        let line = try line { week in
            week.incident(
                opened: "18T07:30", resolved: resolved, affects: ["mart.revenue 2026-11-17"],
                acknowledged: acknowledged)
            guard let words = action?.split(separator: " ").map(String.init) else { return }
            let interval = "2026-11-17"
            switch words[0] {
            case "accept": week.acceptance(words[1], accepted: words[2])
            case "waive":
                let id = PromiseID(rawValue: words[1])
                week.fact(
                    .occurrenceWaived(id, interval: interval, by: "ana", reason: "holiday"),
                    at: moment(words[2]))
            case "manual":
                week.fact(
                    .manualDone(Make.name(words[1]), interval: interval, by: "ana"), at: moment(words[2]))
            case "approve":
                week.approval("a1", of: words[1], asked: "18T07:00", answered: words[2])
            case "rehearse": week.run(words[1], "person", began: words[2], state: .rehearsed)
            case _: week.run(words[1], words[0], began: words[2])
            }
        }
        #expect(line.rating == rating)
        #expect(!line.isRatedByPerson)
    }

    @Test(arguments: Incident.Rating.allCases)
    func `a person's word counts more than what they did`(rating: Incident.Rating) throws {
        let line = try line { week in
            week.incident(opened: "18T07:30", resolved: "18T07:40", acknowledged: "18T07:35", rating: rating)
            week.run("revenue-by-8", "person", began: "18T07:36")
        }
        #expect(line.rating == rating)
        #expect(line.isRatedByPerson)
    }

    // MARK: - Figures

    @Test func `messages of the week are counted, and those that were spared by why they were`() {
        var week = ReportWeek()
        let one = week.incident(opened: "18T07:30", resolved: "18T09:00")
        week.message(about: one, delivered: "18T07:31")
        week.message(about: one, delivered: "18T08:00", escalation: 1)
        week.message(about: one, superseded: "18T08:10", escalation: 2)
        week.message(.updated, about: one, number: 2, superseded: "18T07:45")
        week.message(.updated, about: one, number: 3, delivered: "18T07:50")
        week.message(.resolved, about: one, number: 4, delivered: "18T09:01")
        let two = week.incident("mart.revenue", opened: "19T23:00", resolved: "20T06:00")
        week.message(about: two, superseded: "20T06:00", hold: .quietHours)
        week.message(.updated, about: two, number: 2, superseded: "20T06:00", hold: .silenced)
        let three = week.incident(opened: "20T07:30")
        week.message(about: three, dead: "20T13:30")
        let before = week.incident(opened: "10T07:30", resolved: "10T09:00")
        week.message(about: before, delivered: "10T07:31")
        week.message(.updated, about: before, number: 2, superseded: "10T08:00")
        let alerts = week.report.alerts
        #expect((alerts.incidents, alerts.delivered, alerts.failures) == (1, 3, 1))
        #expect(alerts.suppressed == [.superseded: 1, .quietHours: 1, .silenced: 1])
    }

    @Test(
        arguments: [
            ([], nil), (["raw.orders 2026-11-17"], nil), (["raw.orders"], nil),
            (["raw.orders 2026-11-17", "mart.revenue 2026-11-17", "mart.revenue 2026-11-18"], 2),
            (["raw.orders 2026-11-17", "raw.orders_clean 2026-11-17"], 1),
        ] as [([String], Int?)])
    func `what is downstream of a root that was told of is spared`(affects: [String], spared: Int?) {
        var week = ReportWeek()
        week.incident(opened: "18T07:30", affects: affects)
        week.incident(opened: "10T07:30", resolved: "17T07:30", affects: ["mart.revenue 2026-11-09"])
        #expect(week.report.alerts.suppressed[.rootCause] == spared)
    }

    @Test func `alerts are rated by incident, and those that nobody was told of are left out`() {
        var week = ReportWeek()
        let fates: [(String?, Incident.Rating?)] = [
            ("18T07:35", .acted), ("18T07:35", .noise), (nil, nil), ("18T07:35", nil),
        ]
        for (acknowledged, rating) in fates {
            let id = week.incident(
                opened: "18T07:30", resolved: "18T07:40", acknowledged: acknowledged, rating: rating)
            week.message(about: id, delivered: "18T07:31")
        }
        week.incident(opened: "18T07:30", resolved: "18T07:40")
        let report = week.report
        #expect(
            (report.alerts.incidents, report.alerts.actionable, report.alerts.noise, report.alerts.unrated)
                == (4, 1, 2, 1))
        #expect(report.alerts.rated == 3)
        #expect(report.verdict(.q2) == .yes(1))
    }

    @Test func `nobody knows whether unrated alerts were worth sending`() {
        var week = ReportWeek()
        #expect(week.report.verdict(.q2) == .no)
        let id = week.incident(opened: "18T07:30")
        week.message(about: id, delivered: "18T07:31")
        #expect(week.report.verdict(.q2) == .notMeasured)
    }

    @Test func `the noisiest checks of four weeks are named, the five worst`() {
        var week = ReportWeek()
        let days = ["2026-10-25T23:59:59Z", "2026-10-26T00:00:00Z", "02T07:00", "18T07:00", "22T23:00"]
        for (place, count) in [
            ("raw.a", 4), ("raw.b", 1), ("raw.c", 2), ("raw.d", 3), ("raw.e", 1), ("raw.f", 1),
        ] {
            for day in days.suffix(count) {
                let end = moment(day).adding(seconds: 600).description
                let id = week.incident(
                    place, opened: day, resolved: end, check: place == "raw.d" ? nil : "rows >= 1")
                week.message(about: id, delivered: day)
            }
        }
        // Each message counts, the word that it is over does not.
        let second = week.incident("raw.f", opened: "18T07:00", resolved: "18T07:20")
        for number in 1...4 {
            week.message(.updated, about: second, number: number, delivered: "18T07:0\(number)")
        }
        week.message(.resolved, about: second, number: 5, delivered: "18T07:20")
        // Nobody was disturbed by these.
        week.incident("raw.z", opened: "18T07:00", resolved: "18T07:10")
        let first = week.incident("raw.z", opened: days[0], resolved: days[0])
        week.message(about: first, delivered: days[0])
        let noisiest = week.report.alerts.noisiest
        #expect(
            noisiest.map { "\($0.asset) \($0.check ?? "-") \($0.count)" } == [
                "raw.f rows >= 1 5", "raw.a rows >= 1 4", "raw.d - 3", "raw.c rows >= 1 2",
                "raw.b rows >= 1 1",
            ])
        #expect(noisiest[2].suggestion == "give it more time or more retries")
    }
}
