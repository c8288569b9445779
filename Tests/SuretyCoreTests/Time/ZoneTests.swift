import Foundation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct ZoneWordsTests {
    @Test(arguments: [
        ("Europe/London", "2026-04-01T07:00:00Z", "2026-04-01 08:00 +01:00"),
        ("America/St_Johns", "2026-01-01T00:00:05.250Z", "2025-12-31 20:30:05 -03:30"),
        ("UTC", "2026-04-01T07:00:00Z", "2026-04-01 07:00 +00:00"),
    ])
    func `people read an instant by the clocks of a zone`(zone: String, instant: String, words: String) {
        #expect(Make.zone(zone).words(Make.instant(instant)) == words)
    }

    @Test(arguments: [
        ("09:30", 34_200_000_000), ("9:30:00.25", 34_200_250_000), ("24:00:00", 86_400_000_000),
        ("24:00:01", nil), ("09:60", nil), ("noon", nil), ("", nil),
    ])
    func `a time of day is read as a warehouse prints it`(text: String, microseconds: Int64?) {
        #expect(CivilTime.microseconds(of: text) == microseconds)
    }
}

@Suite struct ZoneTests {
    @Test(arguments: [
        ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00:00Z"),
        ("Europe/London", "2026-03-29T00:59", "2026-03-29T00:59:00Z"),
        ("Europe/London", "2026-03-29T02:00", "2026-03-29T01:00:00Z"),
        ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30:00Z"),
        ("Europe/London", "2026-10-25T02:00", "2026-10-25T02:00:00Z"),
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T02:59", "2026-10-25T00:59:00Z"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T01:00", "2026-11-01T05:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"),
        ("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59:00Z"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00Z"),
        ("Asia/Kathmandu", "1986-01-01T00:05", "1985-12-31T18:30:00Z"),
        ("Asia/Kathmandu", "2026-11-19T08:00", "2026-11-19T02:15:00Z"),
        ("America/St_Johns", "2006-10-29T00:00", "2006-10-29T02:30:00Z"),
        ("America/St_Johns", "2006-10-28T23:30", "2006-10-29T02:00:00Z"),
        ("Atlantic/Azores", "2026-10-25T00:30", "2026-10-25T00:30:00Z"),
        ("Atlantic/Azores", "2026-03-29T00:30", "2026-03-29T01:00:00Z"),
        ("Africa/Monrovia", "1972-01-07T00:20", "1972-01-07T00:44:30Z"),
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00:00Z"),
    ])
    func `a wall time is resolved`(name: String, wall: String, expected: String) throws {
        let civil = try #require(Instant(rfc3339: wall + "Z")).milliseconds
        let found = try zone(name).instant(of: CivilDateTime(milliseconds: civil))
        #expect(found == (try at(expected)))
    }

    @Test func `every zone resolves every wall time to the first instant that shows it`() throws {
        #expect(ZoneSample.all.count > 400 && ZoneSample.all.count { !$0.changes.isEmpty } > 300)
        for zone in ZoneSample.all {
            for change in zone.changes {
                for seconds in [-90_000, -5400, -3600, -1, 0, 1, 1799, 3600, 90_000] as [Int64] {
                    let instant = change.adding(seconds: seconds)
                    let civil = zone.zone.civil(of: instant)
                    let found = zone.zone.instant(of: civil)
                    #expect(
                        found <= instant && zone.zone.civil(of: found) == civil, "\(zone.zone) \(instant)")
                }
                let before = zone.zone.civil(of: change.adding(seconds: -1))
                let after = zone.zone.civil(of: change)
                let jump = after.millisecondsAsUTC - before.millisecondsAsUTC - 1000
                if jump > 0 {
                    let inside = CivilDateTime(milliseconds: before.millisecondsAsUTC + 1000 + jump / 2)
                    if zone.zone.instant(of: inside) != change { Issue.record("\(zone.zone) \(change)") }
                } else {
                    let first = zone.zone.instant(of: after)
                    if first != change.adding(milliseconds: jump) { Issue.record("\(zone.zone) \(change)") }
                }
            }
        }
    }

    @Test func `the wall times that mean an instant are those that resolve to it`() {
        for zone in ZoneSample.all {
            func meant(_ wall: Int64) -> Instant { zone.zone.instant(of: CivilDateTime(milliseconds: wall)) }
            for change in zone.changes {
                for seconds in [-90_000, -5400, -3600, -1, 0, 1, 1799, 3600, 90_000] as [Int64] {
                    let instant = change.adding(seconds: seconds)
                    let walls = zone.zone.walls(meaning: instant)
                    let last = walls.last ?? walls.first - 1000
                    let isRight =
                        meant(walls.first) >= instant && meant(walls.first - 1000) < instant
                        && meant(last) <= instant && meant(last + 1000) > instant
                        && (walls.last == nil) == (meant(walls.first) != instant)
                    if !isRight { Issue.record("\(zone.zone) \(instant) \(walls)") }
                }
            }
        }
    }

    @Test(arguments: [
        ("Europe/Berlin", "2026-10-25T00:30:00.250Z", "2026-10-25T02:30:00.250", "2026-10-25T02:30:00.250"),
        ("Europe/Berlin", "2026-10-25T01:30:00.250Z", "2026-10-25T03:00", nil),
        ("Europe/Berlin", "2026-10-25T02:00:00Z", "2026-10-25T03:00", "2026-10-25T03:00"),
        ("Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-29T00:00", "2026-03-29T01:00"),
    ])
    func `wall times that mean an instant are told`(
        name: String, instant: String, first: String, last: String?
    ) throws {
        let walls = try zone(name).walls(meaning: try at(instant))
        #expect(walls.first == (try at(first + "Z")).milliseconds)
        #expect(try walls.last == last.map { try at($0 + "Z").milliseconds })
    }

    @Test(arguments: [
        ("Europe/London", true), ("UTC", false), ("Asia/Kathmandu", false), ("Africa/Casablanca", true),
    ])
    func `clock changes within two years are known`(name: String, expected: Bool) throws {
        let found = try zone(name).hasClockChanges(
            from: try at("2026-01-01T00:00:00Z"), to: try at("2028-01-01T00:00:00Z"))
        #expect(found == expected)
    }

    @Test func `names that databases read otherwise are no zones`() {
        for name in ["", "GMT+5", "UTC-3", "PST", "IST", "Europe/Londn", "+02:00", "local"] {
            #expect(Zone(name) == nil, "\(name)")
        }
        for name in ["UTC", "Europe/London", "Etc/GMT+5", "America/Port-au-Prince", "EST5EDT", "GMT"] {
            #expect(Zone(name) != nil, "\(name)")
        }
    }

    @Test(arguments: [
        ("1d", "2026-03-29T12:00:00+01:00", "2026-03-28T12:00:00Z"),
        ("24h", "2026-03-29T12:00:00+01:00", "2026-03-28T11:00:00Z"),
        ("1w", "2026-10-26T00:00:00Z", "2026-10-19T00:00:00+01:00"),
        ("30d", "2026-11-20T00:00:00Z", "2026-10-21T00:00:00+01:00"),
    ])
    func `days are calendar days and hours elapse`(period: String, from: String, expected: String) throws {
        let length = try #require(Period(period))
        #expect(try zone("Europe/London").instant(try at(from), minus: length) == (try at(expected)))
    }

    @Test func `the start of a day stays the start of a day where midnight is skipped`() throws {
        let saoPaulo = try zone("America/Sao_Paulo")
        let start = saoPaulo.startOfDay(try day("2018-11-04"))
        #expect(saoPaulo.instant(start, minus: Period(1, .day)) == saoPaulo.startOfDay(try day("2018-11-03")))
    }
}
