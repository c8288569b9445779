import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `the report's promises` {
    private func line(_ fill: (inout ReportWeek) -> Void) throws -> WeeklyReport.PromiseLine {
        var week = ReportWeek()
        fill(&week)
        return try #require(week.report.promises.first)
    }

    @Test func `an occurrence belongs to the week of its deadline`() throws {
        let line = try line { week in
            for day in ["15T23:59", "16T00:00", "22T23:59", "23T00:00"] { week.occurrence(day, .kept) }
        }
        #expect(line.occurrences.map(\.deadline) == [moment("16T00:00"), moment("22T23:59")])
    }

    @Test func `outcomes are counted, and a waived one is in no denominator`() throws {
        let line = try line { week in
            week.occurrence("16", .kept)
            week.occurrence("17", .keptWithWarnings)
            week.occurrence("18", .waived)
            week.occurrence("19", .late, shown: "19T08:38")
            week.occurrence("20", .unknown, isFinal: false)
        }
        let counts = line.counts
        #expect((counts.all, counts.counted, counts.kept, counts.open) == (5, 4, 2, 1))
        #expect(line.worst == .unknown)
    }

    @Test(arguments: [
        ("18T07:59", nil), ("18T08:00", "waived by ana after the deadline: lost"),
        ("20T12:00", "waived by ana after the deadline: lost"),
    ])
    func `what was let go after its deadline says so beside its outcome`(
        waived: String, expected: String?
    ) throws {
        let line = try line { week in
            for day in ["17", "18"] { week.occurrence(day, .missed) }
            week.facts.occurrences[0].through = "2026-11-16"
            week.facts.occurrences[1].through = "2026-11-17"
            week.fact(
                .occurrenceWaived("revenue-by-8", interval: "2026-11-17", by: "ana", reason: "lost"),
                at: moment(waived))
        }
        #expect(line.occurrences.map(\.reason) == [nil, expected])
        #expect(line.occurrences.map(\.outcome) == [.missed, .missed])
    }

    @Test(
        arguments: [
            ([.kept, .waived], .waived), ([.waived, .keptWithWarnings], .keptWithWarnings),
            ([.keptWithWarnings, .late], .late), ([.late, .unknown], .unknown),
            ([.unknown, .missed], .missed),
            ([.kept], .kept),
        ] as [([PromiseView.Outcome], PromiseView.Outcome)])
    func `the worst outcome is named`(outcomes: [PromiseView.Outcome], worst: PromiseView.Outcome) throws {
        let line = try line { week in
            for (day, outcome) in outcomes.enumerated() { week.occurrence("\(16 + day)", outcome) }
        }
        #expect(line.worst == worst)
    }

    // MARK: - Budget

    @Test(arguments: [
        // 5 % of what counts, rounded down.
        (0, 19, 0, 0, 0, false), (0, 20, 1, 0, 0, false), (0, 60, 3, 0, 0, false), (0, 65, 3, 0, 0, false),
        // Failures long ago, then good ones.
        (1, 64, 3, 1, 0, false), (2, 63, 3, 2, 0, false), (3, 62, 3, 3, 0, true), (4, 61, 3, 4, 0, true),
        // One failure is all that few occurrences allow.
        (1, 10, 0, 1, 0, true), (1, 4, 0, 1, 1, true),
    ])
    func `the budget is what may be missed in 13 weeks, and what was`(
        failed: Int, kept: Int, allowed: Int, used: Int, ofLastFive: Int, isExhausted: Bool
    ) throws {
        let line = try line { week in
            week.occurrences(Array(repeating: nil, count: failed) + Array(repeating: 60, count: kept))
        }
        #expect(line.budget.occurrences == failed + kept)
        #expect((line.budget.allowed, line.budget.used) == (allowed, used))
        #expect(line.budget.failedOfLastFive == ofLastFive)
        #expect(line.budget.isExhausted == isExhausted)
    }

    @Test func `two of the last five exhaust it, a late one like a missed one`() throws {
        let line = try line { $0.occurrences(Array(repeating: 60, count: 60) + [nil, 60, 60, -60, 60]) }
        #expect((line.budget.used, line.budget.allowed, line.budget.failedOfLastFive) == (2, 3, 2))
        #expect(line.budget.isExhausted)
    }

    @Test func `an open late one and an unknown one use the budget, and a waived one does not`() throws {
        let line = try line { week in
            week.occurrences(Array(repeating: 60, count: 40))
            week.occurrence("20T09:00", .late, isFinal: false)
            week.occurrence("20T10:00", .unknown, isFinal: false)
            week.occurrence("20T11:00", .waived)
        }
        #expect((line.budget.occurrences, line.budget.allowed, line.budget.used) == (42, 2, 2))
    }

    // MARK: - Margins

    @Test func `margins are how early what is owed was shown, of the week only`() throws {
        let line = try line { $0.occurrences([7200, 600, 1200, nil, -2280, 300]) }
        let margin = try #require(line.margin)
        // The week began on Monday the 16th, with the margin of 600 s.
        #expect((margin.median, margin.worst) == (450, -2280))
        #expect(margin.tenth == nil)
        #expect(margin.last == [7200, 600, 1200, -2280, 300])
    }

    @Test func `of ten margins the tenth percentile is told, and of twenty the last are kept`() throws {
        let line = try line { week in
            for hour in 0..<30 {
                let deadline = moment("20T00:00").adding(seconds: Int64(hour) * 3600)
                week.occurrence(deadline.description, .kept)
                week.facts.occurrences[hour].shownAt = deadline.adding(seconds: Int64(hour - 100))
            }
        }
        let margin = try #require(line.margin)
        #expect((margin.median, margin.worst, margin.tenth) == (85.5, 71, 73))
        #expect(margin.last == (0..<20).map { Double(90 - $0) })
    }

    @Test func `nothing shown has no margin`() throws {
        let line = try line { $0.occurrences([nil, nil]) }
        #expect(line.margin == nil)
        #expect(line.trend == nil)
    }

    @Test func `a margin that clearly shrinks is gone after a while`() throws {
        let margins = (0..<20).map { Double(6000 - 120 * $0) }
        let trend = try #require(try line { $0.occurrences(margins) }.trend)
        #expect((trend.slope, trend.runway) == (-120, 40.5))
        #expect(trend.chance < 0.001)
    }

    @Test(
        arguments: [
            (Array(repeating: 600.0, count: 20), nil), ([600, 500, 400], nil),
            ([600, 580, 620, 590, 610], nil),
            ([100, 200, 300, 400, 500], 100), ([-100, -200, -300, -400, -500], -100),
        ] as [([Double], Double?)])
    func `a trend is only told where chance alone seldom shows as much`(margins: [Double], slope: Double?)
        throws
    {
        let trend = try line { $0.occurrences(margins) }.trend
        #expect(trend?.slope == slope)
        #expect(trend?.runway == (slope == -100 ? 0 : nil))
    }

    // MARK: - The whole

    @Test func `those that matter most come first, experiments last and in no summary`() {
        var catalog = ReportWeek.catalog
        var trial = ReportWeek.promise("a-trial", tier: .one)
        trial.experiment = true
        catalog.add(trial)
        catalog.add(ReportWeek.promise("z-daily", tier: .two))
        catalog.add(ReportWeek.promise("quiet", tier: .one))
        var week = ReportWeek(catalog)
        week.occurrence("20", .missed, of: "a-trial")
        week.occurrence("20", .kept, of: "z-daily")
        week.occurrence("20", .late, of: "revenue-by-8")
        week.occurrence("13", .late, of: "quiet")
        let report = week.report
        #expect(report.promises.map(\.id) == ["revenue-by-8", "z-daily", "a-trial"])
        #expect((report.summary.all, report.summary.kept) == (2, 1))
        #expect(report.verdict(.q1) == .yes(1))
    }

    @Test func `what was not kept names the worst incident that concerned it then`() throws {
        let line = try line { week in
            week.occurrence("18", .late, shown: "18T09:00")
            week.occurrence("19", .missed)
            week.occurrence("20", .kept, shown: "20T07:00")
            week.incident(opened: "18T07:00", resolved: "18T07:59")
            week.incident(opened: "18T07:30", resolved: "18T08:50", severity: .warning)
            week.incident(opened: "18T08:30", resolved: "18T09:10", severity: .critical)
            week.incident(opened: "18T08:10", promises: ["another"], severity: .critical)
            week.incident(opened: "18T09:01", resolved: "18T10:00", severity: .critical)
            week.incident("mart.revenue", opened: "20T06:00", resolved: "20T06:30")
        }
        #expect(line.incidents == [moment("18T08:00"): "inc_3", moment("19T08:00"): "inc_6"])
    }

    @Test func `earlier occurrences that lost what they rested on are named in the week in which they did`() {
        var week = ReportWeek()
        week.occurrence("12", .kept, restated: "15T23:59")
        week.occurrence("13", .kept, restated: "16T00:00")
        week.occurrence("14", .kept)
        week.occurrence("17", .kept, restated: "18T10:00")
        #expect(week.report.restated.map(\.deadline) == [moment("13T08:00")])
    }

    // MARK: - Weeks whose days are longer or shorter

    @Test(arguments: [
        ("2026-W13", "2026-03-23T00:00:00Z", "2026-03-29T23:00:00Z", "2026-03-02T00:00:00Z"),
        ("2026-W43", "2026-10-18T23:00:00Z", "2026-10-26T00:00:00Z", "2026-09-27T23:00:00Z"),
        ("2026-W47", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "2026-10-26T00:00:00Z"),
    ])
    func `a week goes from Monday to Monday by its zone's clocks`(
        label: String, from: String, to: String, fourWeeksAgo: String
    ) throws {
        var week = ReportWeek(week: label)
        for (instant, milliseconds) in [(from, -1), (from, 0), (to, -1), (to, 0)] as [(String, Int64)] {
            week.occurrence(moment(instant).adding(milliseconds: milliseconds).description, .kept)
        }
        let report = week.report
        #expect((report.from, report.to) == (moment(from), moment(to)))
        #expect(report.week == label)
        let deadlines = try #require(report.promises.first).occurrences.map(\.deadline)
        #expect(deadlines == [moment(from), moment(to).adding(milliseconds: -1)])
        #expect(week.facts.fourWeeksAgo == moment(fourWeeksAgo))
    }

    @Test func `a week that goes on is told as of now`() {
        let week = ReportWeek(generatedAt: "18T12:00")
        #expect(week.facts.asOf == moment("18T12:00"))
        #expect(ReportWeek().facts.asOf == moment("23T00:00"))
    }

    @Test func `the same facts give the same report`() {
        var week = ReportWeek()
        week.occurrences([60, nil, -60, 120])
        let incident = week.incident(opened: "18T07:30", affects: ["mart.revenue 2026-11-17"])
        week.message(about: incident, delivered: "18T07:31")
        #expect(week.report == week.report)
    }
}
