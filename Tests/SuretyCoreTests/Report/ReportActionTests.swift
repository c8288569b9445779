import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `the report's actions` {
    /// What is proposed, each as `status id due`.
    private func actions(_ week: ReportWeek, after earlier: WeeklyReport? = nil) -> [String] {
        WeeklyReport(week.facts, after: earlier).actions.map { "\($0.status.rawValue) \($0.id) \($0.due)" }
    }

    private func proposed(_ catalog: Catalog = ReportWeek.catalog, _ fill: (inout ReportWeek) -> Void)
        -> [String]
    {
        var week = ReportWeek(catalog)
        fill(&week)
        return week.report.actions.map(\.id)
    }

    @Test func `a good week asks for nothing`() {
        #expect(proposed { $0.occurrences(Array(repeating: 600, count: 20)) }.isEmpty)
    }

    @Test func `a source's change that nobody handled is to be handled`() {
        let found = proposed { week in
            week.incident(opened: "18T05:00", check: "columns unchanged")
            week.incident(opened: "19T05:00", resolved: "19T06:00", check: "columns exactly")
        }
        #expect(found.filter { $0.hasPrefix("source") } == ["source:raw.orders:no rows"])
    }

    @Test func `a budget that is used up, or a margin that soon is, is to be mended`() {
        #expect(proposed { $0.occurrences([60, nil, 60, nil, 60]) } == ["budget:revenue-by-8"])
        #expect(
            proposed { $0.occurrences((0..<20).map { Double(1000 - 60 * $0) }) } == ["budget:revenue-by-8"])
        #expect(
            proposed { $0.occurrences((0..<20).map { Double(1145 - 60 * $0) }) } == ["runway:revenue-by-8"])
        #expect(proposed { $0.occurrences((0..<20).map { Double(9000 - 60 * $0) }) }.isEmpty)
        var trial = ReportWeek.catalog
        trial.promises["revenue-by-8"]?.experiment = true
        #expect(proposed(trial) { $0.occurrences([nil, nil]) }.isEmpty)
    }

    @Test(arguments: [
        (["18T07:00", "20T07:00"], true), (["2026-10-26T00:00:00Z", "20T07:00"], true),
        (["2026-10-25T23:59:59Z", "20T07:00"], false), (["20T07:00"], false),
        (["10T07:00", "12T07:00"], false),
    ])
    func `what comes back within four weeks, the last time in this one, is to be fixed`(
        opened: [String], isProposed: Bool
    ) {
        let found = proposed { week in
            for time in opened { week.incident(opened: time, acknowledged: time) }
        }
        #expect(found == (isProposed ? ["repeat:raw.orders|check"] : []))
    }

    @Test(
        arguments: [
            ([Incident.Rating.noise], true), ([.noise, .acted], false), ([.noise, nil], true),
            ([.noise, nil, nil], false), ([.noise, .noise, .acted, nil, nil], true), ([nil], false),
        ] as [([Incident.Rating?], Bool)])
    func `alerts that are mostly noise, as far as enough are rated, are to be quietened`(
        ratings: [Incident.Rating?], isProposed: Bool
    ) {
        let found = proposed { week in
            for (number, rating) in ratings.enumerated() {
                let id = week.incident(
                    "raw.t\(number)", opened: "18T07:00", acknowledged: "18T07:10", rating: rating)
                week.message(about: id, delivered: "18T07:01")
            }
        }
        #expect(found.contains("noise") == isProposed)
    }

    @Test func `messages that no try delivered ask for the channels to be repaired`() {
        let found = proposed { week in
            let id = week.incident(opened: "18T07:00", acknowledged: "18T07:10")
            week.message(about: id, dead: "18T13:00")
        }
        #expect(found == ["delivery"])
    }

    @Test func `every failing check that was taken as it is is looked at again`() {
        let found = proposed { $0.acceptance("raw.orders", accepted: "18T07:00", interval: "2026-11-17") }
        #expect(found == ["override:raw.orders 2026-11-17"])
    }

    @Test(arguments: [(Tier.one, true), (.two, true), (.three, false)])
    func `what matters is to be owned`(tier: Tier, isProposed: Bool) {
        var catalog = ReportWeek.catalog
        catalog.promises["revenue-by-8"]?.tier = tier
        catalog.owners["ana"]?.to = []
        #expect(proposed(catalog) { _ in } == (isProposed ? ["owner:revenue-by-8"] : []))
    }

    @Test(arguments: [("2026-11-15", false), ("2026-11-14", true)])
    func `what has been missing for more than a week is to be made`(day: String, isProposed: Bool) {
        let found = proposed { week in
            // The interval of the 15th ended seven days before the week did.
            week.facts.missing = [Make.name("mart.revenue"): [Make.day(day).interval].compactMap { $0 }]
        }
        #expect(found == (isProposed ? ["backfill:mart.revenue"] : []))
    }

    @Test(arguments: [(2, false), (3, true)])
    func `what was done by hand three times is to be automated`(count: Int, isProposed: Bool) {
        let found = proposed { week in
            for _ in 0..<count { week.run("revenue-by-8", "person", began: "18T07:00") }
        }
        #expect(found == (isProposed ? ["manual:manual_run:revenue-by-8"] : []))
    }

    // MARK: - Carried over

    /// Two weeks later each other, in which budgets are used up or not.
    private func weeks(_ first: Bool, _ second: Bool) -> (WeeklyReport, ReportWeek) {
        func week(_ label: String, _ due: String, _ isBad: Bool) -> ReportWeek {
            var week = ReportWeek(week: label)
            week.occurrence(due, isBad ? .missed : .kept)
            return week
        }
        return (week("2026-W46", "13", first).report, week("2026-W47", "20", second))
    }

    @Test func `a new proposal is open until the Friday after its week`() {
        let (earlier, week) = weeks(false, true)
        #expect(actions(week, after: earlier) == ["open budget:revenue-by-8 2026-11-27"])
        #expect(actions(week) == ["open budget:revenue-by-8 2026-11-27"])
    }

    @Test
    func `last week's proposal that is still needed keeps its date, and is overdue once that has passed`() {
        let (earlier, week) = weeks(true, true)
        #expect(actions(week, after: earlier) == ["overdue budget:revenue-by-8 2026-11-20"])
        var early = ReportWeek(generatedAt: "20T12:00")
        early.occurrence("20", .missed)
        #expect(actions(early, after: earlier) == ["open budget:revenue-by-8 2026-11-20"])
    }

    @Test func `last week's proposal that is not needed any more is closed, and then forgotten`() {
        let (earlier, week) = weeks(true, false)
        #expect(actions(week, after: earlier) == ["closed budget:revenue-by-8 2026-11-20"])
        let closed = WeeklyReport(week.facts, after: earlier)
        var next = ReportWeek(week: "2026-W48")
        next.occurrence("27", .kept)
        #expect(actions(next, after: closed).isEmpty)
    }

    @Test func `what is overdue comes first and what is closed last`() {
        var earlier = ReportWeek(week: "2026-W46")
        earlier.occurrence("13", .missed)
        earlier.acceptance("raw.orders", accepted: "12T07:00")
        var week = ReportWeek()
        week.occurrence("20", .missed)
        week.facts.missing = [
            Make.name("mart.revenue"): [Make.day("2026-11-02").interval].compactMap { $0 }
        ]
        #expect(
            actions(week, after: earlier.report) == [
                "overdue budget:revenue-by-8 2026-11-20", "open backfill:mart.revenue 2026-11-27",
                "closed override:raw.orders 2026-11-20",
            ])
    }
}
