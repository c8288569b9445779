import SuretyCore
import Testing

@Suite struct DaySetTests {
    @Test(arguments: [
        ("business", DaySet.calendar("business", business)),
        ("mon wed fri", .weekdays([.mon, .wed, .fri])),
        ("mon, wed,fri", .weekdays([.mon, .wed, .fri])),
        ("Sun", .weekdays([.sun])),
        ("day 1", .dayOfMonth(1)),
        ("day 31", .dayOfMonth(31)),
        ("last day", .lastDay),
        ("business day 3", .businessDay(3, business)),
        ("last  business day", .lastBusinessDay(business)),
    ])
    func `days are read`(text: String, expected: DaySet) throws {
        let found = try DaySet.parse(text, calendars: calendars)
        #expect(found == expected)
        #expect(try DaySet.parse(found.description, calendars: calendars) == expected)
    }

    @Test(arguments: [
        ("", "missing"), ("holidays", "no calendar `holidays`"), ("mon-fri", "weekdays are listed"),
        ("monday", "`monday` is not understood"), ("day 0", "no day"), ("day 32", "no day"),
        ("day", "no calendar"),
        ("business day 24", "no day"), ("business day x", "no day"), ("last", "no calendar"),
        ("mon business", "no days"),
    ])
    func `what are no days is refused`(text: String, message: String) throws {
        let error = try #require(throws: TimeSyntaxError.self) {
            try DaySet.parse(text, calendars: calendars)
        }
        #expect(error.message.contains(message), "\(error)")
        #expect(!error.hint.isEmpty)
    }

    @Test func `business days are those of the only calendar when none is named business`() throws {
        #expect(try DaySet.parse("business day 1", calendars: ["uk": business]) == .businessDay(1, business))
        #expect(throws: TimeSyntaxError.self) { try DaySet.parse("business day 1", calendars: [:]) }
        #expect(throws: TimeSyntaxError.self) {
            try DaySet.parse("last business day", calendars: ["uk": business, "us": business])
        }
    }

    @Test(arguments: [
        ("business day 1", ["2026-11-02", "2026-12-01"]),
        ("business day 19", ["2026-11-26", "2026-12-28"]),
        ("last business day", ["2026-11-30", "2026-12-31"]),
        ("last day", ["2026-11-30", "2026-12-31"]),
        ("day 31", ["2026-12-31"]),
    ])
    func `days of a month are found`(text: String, dates: [String]) throws {
        let days = try DaySet.parse(text, calendars: calendars)
        let first = try day("2026-11-01")
        let found = (0..<61).map { first.adding(days: $0) }.filter(days.contains)
        #expect(found.map(\.description) == dates)
    }
}
