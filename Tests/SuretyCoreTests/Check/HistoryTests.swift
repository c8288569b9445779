import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `The judge of a metric against its history` {
    private func judge(_ slice: Slice = Make.day("2026-11-19")) -> Judge {
        Judge(
            Make.check("rows like usual", of: Make.name("raw.t")), of: Make.name("raw.t"), slice: slice,
            zone: Make.zone("Europe/London"))
    }

    private func rows(_ count: Int64) -> MetricMeasurement {
        MetricMeasurement(.count(count), looked: count, unit: "rows")
    }

    /// The days before 2026-11-19, a Thursday, the newest last.
    private func history(_ values: [Int64?]) -> History {
        let points = values.reversed().enumerated().compactMap { index, value -> HistoryPoint? in
            guard let today = CivilDate("2026-11-19") else { return nil }
            let date = today.adding(days: -1 - index)
            return HistoryPoint(label: date.description, date: date, value: value.map { .count($0) })
        }
        return History(
            points: points.reversed(), date: CivilDate("2026-11-19") ?? CivilDate(dayNumber: 0), grain: .day,
            source: .table)
    }

    @Test(arguments: [
        (Int64(100), Int64(100), "0", Verdict.pass), (110, 100, "10", .pass), (111, 100, "10", .fail),
        (90, 100, "10", .pass), (89, 100, "10", .fail), (0, 0, "0", .pass), (1, 0, "100", .fail),
    ])
    func `holds it to a share of the interval before`(
        now: Int64, before: Int64, percent: String, verdict: Verdict
    ) {
        let result = judge().relative(
            rows(now), of: .rows, .withinPrevious(percent: percent), history([7, before]))
        #expect(result.verdict == verdict)
        #expect(result.observed == "\(now)")
        #expect(result.expected == "within \(percent)% of \(before)")
        #expect(result.why == "compared with 2026-11-18")
    }

    @Test(
        arguments: [
            ([10, 20, 30], 3, "20"), ([10, 20, 31], 2, "25.5"), ([1, 1, 2, 9], 4, "1.5"), ([5], 1, "5"),
        ] as [([Int64?], Int, String)])
    func `takes the median of the last points exactly`(values: [Int64?], count: Int, median: String) {
        let relative = Relative.withinMedian(percent: "0", count: count, sameWeekday: false)
        let result = judge().relative(rows(20), of: .rows, relative, history(values))
        #expect(result.expected == "within 0% of \(median)")
        #expect(result.verdict == (median == "20" ? .pass : .fail))
    }

    @Test(arguments: [
        (Relative.withinPrevious(percent: "5"), 0, "learning 0 of 1"),
        (.withinMedian(percent: "5", count: 4, sameWeekday: false), 2, "learning 2 of 4"),
        (.withinMedian(percent: "5", count: 4, sameWeekday: true), 20, "learning 2 of 4"),
        (.likeUsual, 3, "learning 3 of 4"),
    ])
    func `learns while there are too few points, and blocks nothing`(
        relative: Relative, points: Int, why: String
    ) {
        let result = judge().relative(
            rows(5), of: .rows, relative, history(Array(repeating: 5, count: points)))
        #expect(result.verdict == .notRun)
        #expect(result.why == why)
        #expect(result.observed == "5")
        #expect(!result.blocks)
        #expect(!result.isEvidence)
    }

    @Test func `has no evidence where there is no value, here or before`() {
        let nothing = MetricMeasurement(nil, looked: 0, unit: "numeric")
        let previous = Relative.withinPrevious(percent: "5")
        let here = judge().relative(nothing, of: .avg("a"), previous, history([5]))
        #expect(here.verdict == .noEvidence)
        #expect(here.why == "there are no values here")
        let before = judge().relative(rows(5), of: .avg("a"), previous, history([5, nil]))
        #expect(before.verdict == .noEvidence)
        #expect(before.why == "there are no finite values in 2026-11-18")
    }

    @Test func `leaves intervals without a value out of medians`() {
        let relative = Relative.withinMedian(percent: "0", count: 2, sameWeekday: false)
        let result = judge().relative(rows(6), of: .avg("a"), relative, history([5, nil, 7, nil]))
        #expect(result.verdict == .pass)
        #expect(result.why == "compared with the median of 2 points, 2026-11-15 to 2026-11-17")
    }

    @Test(arguments: [
        (Int64(41), Verdict.pass), (36, .pass), (35, .fail), (46, .pass), (47, .fail), (0, .fail),
    ])
    func `says the range that is usual and the smallest drop it could have seen`(
        now: Int64, verdict: Verdict
    ) {
        let result = judge().relative(rows(now), of: .rows, .likeUsual, history([40, 41, 39, 40, 42]))
        #expect(result.verdict == verdict)
        #expect(result.expected == "between 36 and 46")
        #expect(
            result.why
                == "usual is 40, by 5 points, 2026-11-14 to 2026-11-18; a drop of 14% or more would be seen")
    }

    @Test(arguments: [Int64(1), 2])
    func `says when only a drop to nothing would be seen`(count: Int64) {
        let result = judge().relative(
            rows(count), of: .rows, .likeUsual, history(Array(repeating: count, count: 20)))
        #expect(result.verdict == .pass)
        #expect(
            result.why.hasSuffix(
                count == 1 ? "no drop but one to 0 would be seen" : "a drop of 50% or more would be seen"))
    }

    @Test func `says when not even a drop to nothing would be seen`() {
        let result = judge().relative(rows(0), of: .rows, .likeUsual, history([1, 200, 3, 90, 0]))
        #expect(result.verdict == .pass)
        #expect(result.why.hasSuffix("even a drop to 0 would not be seen"))
    }

    @Test func `keeps to the same weekday once there are four of those`() {
        let weeks: [Int64?] = Array(repeating: 0, count: 28).enumerated().map { index, _ in
            index.isMultiple(of: 7) ? 400 + Int64(index) : 20
        }
        let four = judge().relative(rows(410), of: .rows, .likeUsual, history(weeks))
        #expect(four.verdict == .pass)
        #expect(four.why.contains("4 points of the same weekday, 2026-10-22 to 2026-11-12"))
        let three = judge().relative(rows(410), of: .rows, .likeUsual, history(Array(weeks.dropFirst())))
        #expect(three.why.contains("27 points, 2026-10-23 to"))
    }

    @Test func `knows what is usual of amounts below zero`() {
        let history = history([-10, -11, -9, -10, 3])
        let result = judge().relative(rows(-10), of: .sum("a"), .likeUsual, history)
        #expect(result.verdict == .pass)
        #expect(result.why.contains("a drop by "))
        #expect(
            judge().relative(rows(-500), of: .sum("a"), .likeUsual, history).verdict == .fail)
    }

    @Test func `fails values that are not finite, and refuses what is no number`() {
        var odd = rows(5)
        odd.odd = 1
        let previous = Relative.withinPrevious(percent: "5")
        #expect(judge().relative(odd, of: .sum("a"), previous, history([5])).verdict == .fail)
        let date = MetricMeasurement(.date(CivilDate(dayNumber: 7)), looked: 3, unit: "date")
        let result = judge().relative(date, of: .max("day"), .likeUsual, history([]))
        #expect(result.verdict == .error)
        #expect(result.sqlState == "42804")
    }

    @Test func `compares lengths of time as such`() {
        let length = MetricMeasurement(.length(ExactNumber(90)), looked: 3, unit: "interval")
        let points = history([80, 100])
        let median = Relative.withinMedian(percent: "0", count: 2, sameWeekday: false)
        let result = judge().relative(length, of: .avg("wait"), median, points)
        #expect(result.verdict == .pass)
        #expect(result.expected == "within 0% of PT1M30S")
        let usual = judge().relative(length, of: .avg("wait"), .likeUsual, history([90, 90, 90, 90]))
        #expect(usual.why.hasPrefix("usual is PT1M30S, by 4 points"))
    }
}

@Suite struct `A recorded history` {
    private let london = Make.zone("Europe/London")

    private func observation(_ value: Int, at text: String, of slice: Slice = .whole) -> RecordedObservation {
        RecordedObservation(
            check: "raw.t/rows-like-usual", text: "rows like usual", start: slice.interval?.start,
            certifiedAt: Make.instant(text), value: ExactNumber(value))
    }

    @Test func `of a whole table has one point for each day before, the newest`() throws {
        let history = History(
            recorded: [
                observation(1, at: "2026-11-17T05:00:00Z"), observation(3, at: "2026-11-18T09:00:00Z"),
                observation(2, at: "2026-11-18T05:00:00Z"), observation(9, at: "2026-11-19T05:00:00Z"),
                observation(8, at: "2026-11-10T05:00:00Z"),
            ], before: try #require(CivilDate("2026-11-19")),
            since: CivilDate("2026-11-11"), in: london)
        #expect(history.points.map(\.label) == ["2026-11-17", "2026-11-18"])
        #expect(history.points.map { $0.value?.double } == [1, 3])
        #expect(history.source == .certificates)
    }

    @Test func `of intervals has a point for each that was certified, by its newest certificate`() throws {
        let intervals = try ["2026-11-16", "2026-11-17", "2026-11-18"].map {
            try #require(Make.day($0).interval)
        }
        let history = History(
            recorded: [
                observation(5, at: "2026-11-20T09:00:00Z", of: Make.day("2026-11-18")),
                observation(4, at: "2026-11-19T05:00:00Z", of: Make.day("2026-11-18")),
                observation(7, at: "2026-11-17T05:00:00Z", of: Make.day("2026-11-16")),
                observation(1, at: "2026-11-17T05:00:00Z", of: Make.day("2026-11-01")),
            ], of: intervals, before: try #require(Make.day("2026-11-19").interval))
        #expect(history.points.map(\.label) == ["2026-11-16", "2026-11-18"])
        #expect(history.points.map { $0.value?.double } == [7, 5])
    }

    @Test(arguments: [
        ("41", Double?.some(41), String?.some("41")), ("12.50", 12.5, "12.50"), ("P1D", 86_400, "86400.0"),
        ("abc", nil, nil), ("1e-7", nil, "0.0000001"),
    ])
    func `reads the exact text, or the number where that is none`(
        observed: String, number: Double?, value: String?
    ) {
        let found = RecordedObservation(
            check: "raw.t/a", text: "a", start: nil, certifiedAt: Make.instant("2026-11-19T05:00:00Z"),
            observed: observed, number: number)
        #expect(found?.value.description == value)
    }
}
