import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `Calendar slots without rows` {
    private let berlin = Make.zone("Europe/Berlin")

    private func wall(_ date: String, hour: Int = 0) -> CivilDateTime {
        CivilDateTime(
            CivilDate(date) ?? CivilDate(dayNumber: 0), CivilTime(hour: hour, minute: 0) ?? .midnight)
    }

    private func filled(_ dates: [String]) -> [GapSlots.Filled] {
        dates.map { GapSlots.Filled(wall: wall($0), rows: 1) }
    }

    @Test func `are weeks of ISO and calendar months`() {
        let dates = ["2025-12-22", "2026-01-12"]
        let weeks = GapSlots(.week, in: berlin).gaps(
            in: filled(dates), first: wall("2025-12-22"), from: nil, since: nil, to: nil)
        #expect(weeks.missing == ["2026-W01", "2026-W02"])
        let months = GapSlots(.month, in: berlin).gaps(
            in: filled(["2025-11-30", "2026-02-01"]), first: wall("2025-11-30"), from: nil, since: nil,
            to: nil)
        #expect(months.missing == ["2025-12", "2026-01"])
        #expect(months.slots == 4)
    }

    @Test func `count 25 hours when the clock goes back and 23 when it goes forward`() {
        for (day, next, hours) in [("2026-10-25", "2026-10-26", 25), ("2026-03-29", "2026-03-30", 23)] {
            let found = GapSlots(.hour, in: berlin).gaps(
                in: [], first: wall(day), from: nil, since: nil, to: berlin.instant(of: wall(next)))
            #expect(found.slots == Int64(hours))
            #expect(found.missing.count == hours)
        }
    }

    @Test func `end with the interval, also where the clock goes forward at its end`() {
        let london = Make.zone("Europe/London")
        let found = GapSlots(.hour, in: london).gaps(
            in: [
                GapSlots.Filled(
                    wall: wall("2026-03-29"), instant: Make.instant("2026-03-29T00:30:00Z"), rows: 2)
            ],
            first: wall("2026-03-29"), from: nil, since: nil, to: Make.instant("2026-03-29T01:00:00Z"))
        #expect(found.missing == [])
        #expect(found.slots == 1)
    }

    @Test func `tell the two hours of a clock that goes back apart`() {
        let second = Make.instant("2026-10-25T01:15:00Z")
        let found = GapSlots(.hour, in: berlin).gaps(
            in: [GapSlots.Filled(wall: berlin.civil(of: second), instant: second, rows: 4)],
            first: wall("2026-10-25", hour: 2), from: nil, since: nil,
            to: berlin.instant(of: wall("2026-10-25", hour: 4)))
        #expect(found.missing == ["2026-10-25T02", "2026-10-25T03"])
        #expect(found.looked == 4)
    }

    @Test func `never count before the first row or since, nor after the end`() {
        let found = GapSlots(.day, in: berlin).gaps(
            in: filled(["2026-11-05", "2026-11-07"]), first: wall("2026-11-02"), from: wall("2026-10-01"),
            since: CivilDate("2026-11-04"), to: berlin.instant(of: wall("2026-11-09")))
        #expect(found.missing == ["2026-11-04", "2026-11-06", "2026-11-08"])
    }

    @Test func `are unknown without any row`() {
        let found = GapSlots(.day, in: berlin).gaps(
            in: [], first: nil, from: nil, since: nil, to: berlin.instant(of: wall("2026-11-09")))
        #expect(found.slots == nil)
    }
}
