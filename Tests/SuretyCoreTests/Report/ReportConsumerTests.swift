import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `the report's consumers` {
    private func line(
        _ catalog: Catalog = ReportWeek.catalog, generatedAt: String? = nil,
        _ fill: (inout ReportWeek) -> Void
    ) throws -> WeeklyReport.ConsumerLine {
        var week = ReportWeek(catalog, generatedAt: generatedAt)
        fill(&week)
        return try #require(week.report.consumers.first)
    }

    /// The same catalogue, in which something refreshes the board and three promises serve it, one an experiment.
    private static let refreshed: Catalog = {
        var catalog = ReportWeek.catalog
        catalog.consumers["board"]?.refresh = .command(["true"])
        catalog.add(ReportWeek.promise("second"))
        var trial = ReportWeek.promise("trial")
        trial.experiment = true
        catalog.add(trial)
        return catalog
    }()

    // MARK: - Exposure

    @Test(
        arguments: [
            (PromiseView.Outcome.late, "18T08:38", 38), (.unknown, "18T08:38", 38), (.late, "18T08:00", 0),
            (.kept, "18T07:00", 0), (.keptWithWarnings, "18T07:00", 0), (.waived, nil, 0),
            // Nothing was ever shown: from Wednesday 08:00 to the end of the week.
            (.late, nil, 6720), (.missed, nil, 6720), (.unknown, nil, 6720),
        ] as [(PromiseView.Outcome, String?, Int)])
    func `it showed older data than owed from a deadline until what was owed was shown`(
        outcome: PromiseView.Outcome, shown: String?, minutes: Int
    ) throws {
        let line = try line { $0.occurrence("18", outcome, shown: shown) }
        #expect(line.exposureMinutes == minutes)
    }

    @Test func `part of a minute is a minute`() throws {
        let line = try line { $0.occurrence("18", .late, shown: "2026-11-18T08:00:00.001Z") }
        #expect(line.exposureMinutes == 1)
    }

    @Test func `times that overlap or touch are counted once`() throws {
        let line = try line(Self.refreshed) { week in
            week.occurrence("18T08:00", .late, shown: "18T08:38")
            week.occurrence("18T08:20", .late, of: "second", shown: "18T09:00")
            week.occurrence("18T08:30", .late, of: "second", shown: "18T08:35")
            week.occurrence("18T09:00", .late, shown: "18T09:10")
            week.occurrence("19T08:00", .late, shown: "19T08:05")
            week.occurrence("20T08:00", .missed, of: "trial")
        }
        #expect(line.exposureMinutes == 75)
    }

    @Test func `a missed occurrence is over when a later one was shown`() throws {
        let line = try line { week in
            week.occurrence("18", .missed)
            week.occurrence("19", .late, shown: "19T09:00")
            week.occurrence("20", .kept, shown: "20T07:00")
        }
        #expect(line.exposureMinutes == 25 * 60)
    }

    @Test func `only the time in the week counts, up to now while it goes on`() throws {
        #expect(
            try line { week in
                week.occurrence("13", .missed)
                week.occurrence("16T08:00", .kept, shown: "16T07:00")
                week.occurrence("22T23:00", .late, shown: "23T02:00")
            }.exposureMinutes == 8 * 60)
        #expect(
            try line(generatedAt: "18T12:00") { $0.occurrence("18", .late, isFinal: false) }.exposureMinutes
                == 4 * 60)
    }

    @Test(arguments: [("2026-W13", 10_020), ("2026-W43", 10_140), ("2026-W47", 10_080)])
    func `a week may be an hour shorter or longer`(label: String, minutes: Int) throws {
        var week = ReportWeek(week: label)
        let due = week.facts.week.start.adding(seconds: -86_400).description
        week.occurrence(due, .missed)
        let line = try #require(week.report.consumers.first)
        #expect(line.exposureMinutes == minutes)
    }

    @Test(
        arguments: [
            // Nobody has made it anew yet: Tuesday 10:00 to the end of the week.
            (nil, ["17T10:20"], 8040),
            // It was made anew, and then shown.
            ("17T10:15", ["17T10:05", "17T10:20", "17T12:00"], 20), ("17T10:15", ["17T10:15"], 15),
            ("17T10:15", ["17T10:05"], 8040),
        ] as [(String?, [String], Int)])
    func `it showed what was not true any more until that was made anew and shown`(
        mended: String?, refreshed: [String], minutes: Int
    ) throws {
        let line = try line(Self.refreshed) { week in
            week.occurrence("16", .kept, shown: "16T07:00", restated: "17T10:00")
            week.mended("16", mended)
            for (number, time) in refreshed.enumerated() { week.refreshed("board", time, "k\(number)") }
            week.refreshed("other", "17T10:01", "o")
        }
        #expect(line.exposureMinutes == minutes)
    }

    @Test func `what nothing refreshes shows it as soon as it is made anew`() throws {
        let line = try line { week in
            week.occurrence("16", .kept, shown: "16T07:00", restated: "17T10:00")
            week.mended("16", "17T10:15")
            week.occurrence("17", .late, shown: "17T10:10")
        }
        #expect(line.exposureMinutes == 135)
    }

    @Test func `what was withdrawn and made anew weeks ago is no exposure of this week`() throws {
        let line = try line(Self.refreshed) { week in
            week.occurrence("2026-10-05T07:00:00Z", .kept, restated: "2026-10-06T10:00:00Z")
            week.mended("2026-10-05T07:00:00Z", "2026-10-06T10:10:00Z")
            week.refreshed("board", "2026-10-06T10:20:00Z", "k1")
            week.refreshed("board", "16T06:10", "k2")
        }
        #expect(line.exposureMinutes == 0)
    }

    // MARK: - Views

    @Test func `views while it was stale are counted where views are told`() throws {
        let line = try line { week in
            week.occurrence("18", .late, shown: "18T08:38")
            for (time, count) in [("18T07:59", 1), ("18T08:00", 2), ("18T08:37", 4), ("18T08:38", 8)] {
                week.fact(.consumerViewed("board", at: moment(time), count: count), at: moment(time))
            }
            week.fact(.consumerViewed("other", at: moment("18T08:10"), count: 16), at: moment("18T08:10"))
        }
        #expect((line.staleViews, line.views) == (6, 15))
    }

    @Test func `without any word of views they are not measured`() throws {
        let silent = try line { $0.occurrence("18", .late, shown: "18T08:38") }
        #expect((silent.staleViews, silent.views) == (nil, nil))
        let quiet = try line { week in
            week.occurrence("18", .late, shown: "18T08:38")
            week.fact(.consumerViewed("board", at: moment("02T08:10"), count: 3), at: moment("02T08:10"))
        }
        #expect((quiet.staleViews, quiet.views) == (0, 0))
    }

    @Test(arguments: [(nil, .notMeasured), (1, .yes(1)), (0, .no)] as [(Int?, WeeklyReport.Verdict)])
    func `whether stale data was used is only said where that is known`(
        views: Int?, verdict: WeeklyReport.Verdict
    ) {
        var week = ReportWeek()
        #expect(week.report.verdict(.q4) == .no)
        week.occurrence("18", .late, shown: "18T08:38")
        if let views {
            let time = moment(views > 0 ? "18T08:10" : "18T09:10")
            week.fact(.consumerViewed("board", at: time, count: max(1, views)), at: time)
        }
        #expect(week.report.verdict(.q4) == verdict)
    }

    // MARK: - Gates and overrides

    @Test(arguments: [(nil, 2), (true, 2), (false, 1)] as [(Bool?, Int)])
    func `each time its gate closed it was held back once, and staying closed is no closing`(
        before: Bool?, expected: Int
    ) throws {
        let line = try line { week in
            week.facts.gatesBefore["board"] = before
            let answers = [
                ("board", false), ("board", false), ("other", false), ("board", true), ("other", true),
                ("board", true), ("board", false), ("other", false),
            ]
            for (second, (consumer, isOpen)) in answers.enumerated() {
                let answer = GateAnswer(
                    consumer: ConsumerID(rawValue: consumer), isOpen: isOpen, intervals: [],
                    certifiedThrough: [:], reasons: [], certificates: [])
                week.facts.gateAnswers.append(
                    FactMemory(
                        at: moment("18T07:00").adding(seconds: Int64(second)), fact: .gateAnswered(answer)))
            }
        }
        #expect(line.heldBack == expected)
    }

    @Test func `failing checks behind it that people took as they were are named, those of the week`() throws
    {
        var catalog = ReportWeek.catalog
        catalog.add(Make.source("raw.elsewhere"))
        let line = try line(catalog) { week in
            week.acceptance("raw.orders", accepted: "15T23:59", interval: "2026-11-14")
            week.acceptance("raw.orders", accepted: "18T07:00", interval: "2026-11-17")
            week.acceptance("mart.revenue", accepted: "18T07:10")
            week.acceptance("raw.elsewhere", accepted: "18T07:20")
        }
        #expect(line.overrides.map(\.place) == ["raw.orders 2026-11-17", "mart.revenue"])
        #expect(line.overrides.map(\.at) == [moment("18T07:00"), moment("18T07:10")])
        #expect(line.overrides.first?.by == "ben")
        #expect(line.overrides.first?.reason == "known")
    }

    @Test func `consumers that no promise serves are not listed`() {
        var catalog = ReportWeek.catalog
        catalog.consumers["archive"] = Consumer(
            id: "archive", location: Make.location, name: "Archive", owner: nil, uses: [])
        #expect(ReportWeek(catalog).report.consumers.map(\.id) == ["board"])
    }
}
