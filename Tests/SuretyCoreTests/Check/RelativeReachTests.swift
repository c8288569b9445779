import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `The intervals of a history` {
    private let london = Make.zone("Europe/London")
    private let berlin = Make.zone("Europe/Berlin")

    private func labels(
        _ relative: Relative, before label: String, of cadence: Cadence, since: String? = nil,
        stepsOver: Bool = false
    ) throws -> [String] {
        let interval = try #require(cadence.interval(labelled: label))
        return relative.intervals(
            before: interval, of: cadence, since: since.flatMap { CivilDate($0) }, stepsOver: stepsOver
        ).map(\.description)
    }

    @Test func `are the one before, and the last so many`() throws {
        let days = Cadence(.day, in: london)
        #expect(try labels(.withinPrevious(percent: "5"), before: "2026-11-19", of: days) == ["2026-11-18"])
        let median = Relative.withinMedian(percent: "5", count: 3, sameWeekday: false)
        #expect(
            try labels(median, before: "2026-11-02", of: days) == ["2026-10-30", "2026-10-31", "2026-11-01"])
        #expect(try labels(median, before: "2026-11-02", of: days, stepsOver: true).count == 9)
        #expect(
            try labels(median, before: "2026-11-02", of: days, since: "2026-10-31") == [
                "2026-10-31", "2026-11-01",
            ])
    }

    @Test func `step over days on which there are none`() throws {
        let weekdays = Cadence(.day, in: london, on: .weekdays([.mon, .tue, .wed, .thu, .fri]))
        #expect(
            try labels(.withinPrevious(percent: "5"), before: "2026-11-16", of: weekdays) == ["2026-11-13"])
        #expect(try labels(.likeUsual, before: "2026-11-16", of: weekdays).count == 40)
    }

    @Test func `of the same weekday are whole weeks apart, also where clocks change`() throws {
        let days = Relative.withinMedian(percent: "5", count: 3, sameWeekday: true)
        #expect(
            try labels(days, before: "2026-11-05", of: Cadence(.day, in: berlin)) == [
                "2026-10-15", "2026-10-22", "2026-10-29",
            ])
        let hours = Relative.withinMedian(percent: "5", count: 2, sameWeekday: true)
        // 2026-03-29 has no hour from 2 to 3 in Berlin.
        #expect(
            try labels(hours, before: "2026-04-05T02", of: Cadence(.hour, in: berlin)) == [
                "2026-03-15T02", "2026-03-22T02",
            ])
    }

    @Test func `that are usual reach back eight weeks of days, or at one hour of them`() throws {
        let days = try labels(.likeUsual, before: "2026-11-19", of: Cadence(.day, in: london))
        #expect(days.count == 56)
        #expect(days.first == "2026-09-24")
        #expect(days.last == "2026-11-18")
        let hours = try labels(.likeUsual, before: "2026-11-19T08", of: Cadence(.hour, in: london))
        #expect(hours.count == 56)
        #expect(hours.allSatisfy { $0.hasSuffix("T08") })
        #expect(hours.last == "2026-11-18T08")
    }

    @Test func `that are usual reach back half a year of weeks and two years of months`() throws {
        let weeks = try labels(.likeUsual, before: "2026-W47", of: Cadence(.week, in: london))
        #expect([weeks.count.description, weeks.first, weeks.last] == ["26", "2026-W21", "2026-W46"])
        let months = try labels(.likeUsual, before: "2026-11", of: Cadence(.month, in: london))
        #expect([months.count.description, months.first, months.last] == ["24", "2024-11", "2026-10"])
    }

    @Test(arguments: Grain.allCases)
    func `are earlier, in order, apart, and never before the beginning`(grain: Grain) throws {
        let cadence = Cadence(grain, in: berlin)
        let since = try #require(CivilDate("2026-01-05"))
        let relatives: [Relative] = [
            .withinPrevious(percent: "1"), .withinMedian(percent: "1", count: 50, sameWeekday: false),
            .withinMedian(percent: "1", count: 9, sameWeekday: true), .likeUsual,
        ]
        for day in stride(from: since.dayNumber - 3, to: since.dayNumber + 400, by: 37) {
            let date = CivilDate(dayNumber: day)
            let interval = try #require(cadence.interval(on: date))
            for relative in relatives {
                let found = relative.intervals(before: interval, of: cadence, since: since, stepsOver: false)
                #expect(found.allSatisfy { $0.end <= interval.start && $0.date >= since })
                #expect(zip(found, found.dropFirst()).allSatisfy { $0.end <= $1.start })
            }
        }
    }
}
