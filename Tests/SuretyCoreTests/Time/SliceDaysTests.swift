import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `the days that a slice has rows of` {
    @Test(arguments: [
        ("Europe/London", "2026-11-18", "2026-11-18", true),
        ("Europe/London", "2026-11-18", "2026-11-17", false),
        ("Europe/London", "2026-11-18", "2026-11-19", false),
        ("America/New_York", "2026-11-18", "2026-11-18", true),
        // Clocks went from a minute past midnight back to the day before.
        ("America/St_Johns", "2010-11-07", "2010-11-06", true),
        // There was no 30 December.
        ("Pacific/Apia", "2011-12-31", "2011-12-30", true),
        ("Pacific/Apia", "2011-12-29", "2011-12-30", true),
    ])
    func `are those between its ends, and those beside it where clocks change there`(
        zone: String, day: String, changed: String, isTouched: Bool
    ) throws {
        let zone = Make.zone(zone)
        let first = try #require(CivilDate(day))
        let interval = try #require(Cadence(.day, in: zone).interval(starting: first))
        let date = try #require(CivilDate(changed))
        #expect(Slice.interval(interval).touches([date...date], in: zone) == isTouched)
    }

    @Test func `are all of the table's where it has no intervals`() throws {
        let date = try #require(CivilDate("2026-11-18"))
        #expect(Slice.whole.touches([date...date], in: nil))
    }
}
