import SuretyCore
import Testing

@Suite struct DeadlineRuleTests {
    private func rule(_ text: String) throws -> DeadlineRule {
        try DeadlineRule(text: text, calendars: calendars, zone: try zone("Europe/London"))
    }

    @Test(arguments: [
        ("08:00", "08:00 in Europe/London"),
        ("14:00, 08:00 , 08:00", "08:00, 14:00 in Europe/London"),
        ("08:00 on business", "08:00 on business in Europe/London"),
        ("08:00,14:00 on mon, wed in Asia/Kathmandu", "08:00, 14:00 on mon wed in Asia/Kathmandu"),
        ("09:30 on last business day in UTC", "09:30 on last business day in UTC"),
        ("00:00 on day 1", "00:00 on day 1 in Europe/London"),
    ])
    func `a deadline is read`(text: String, expected: String) throws {
        let found = try rule(text)
        #expect(found.description == expected)
        #expect(try rule(found.description) == found)
    }

    @Test(arguments: [
        ("", "missing"), ("8:00", "no time of day"), ("24:00", "no time of day"),
        ("08:00 14:00", "at `14:00`"),
        ("08:00,", "at `,`"), (", 08:00", "no time of day"), ("08:00 on", "days are missing"),
        ("08:00 in", "one time zone"), ("08:00 in Europe/Londn", "no time zone"), ("on business", "missing"),
        ("08:00 in UTC on mon", "one time zone"), ("08:00 at mon", "at `at`"), ("08:00:00", "no time of day"),
    ])
    func `what is no deadline is refused`(text: String, message: String) throws {
        let error = try #require(throws: TimeSyntaxError.self) { try rule(text) }
        #expect(error.message.contains(message), "\(error)")
        #expect(!error.hint.isEmpty)
    }

    @Test func `deadlines come on their days, at their wall times`() throws {
        let found = try rule("08:00, 14:00 on business").instants(
            from: try at("2026-03-27T08:00:00Z"), to: try at("2026-03-30T13:00:00Z"))
        #expect(
            found == [
                try at("2026-03-27T08:00:00Z"), try at("2026-03-27T14:00:00Z"),
                try at("2026-03-30T07:00:00Z"),
            ])
    }

    @Test func `next and last step through the same instants`() throws {
        for text in [
            "08:00 on business", "00:00", "02:30 on last day in America/New_York", "23:59 on day 31",
        ] {
            let rule = try rule(text)
            let all = rule.instants(from: try at("2026-01-01T00:00:00Z"), to: try at("2027-01-01T00:00:00Z"))
            #expect(!all.isEmpty)
            for (one, other) in zip(all, all.dropFirst()) {
                #expect(rule.next(after: one) == other)
                #expect(rule.next(after: other.adding(milliseconds: -1)) == other)
                #expect(rule.previous(before: other) == one)
                #expect(rule.last(atOrBefore: other) == other)
            }
        }
    }

    @Test func `a deadline in a gap is due at its end, and one in an overlap once`() throws {
        let gap = try rule("02:15, 02:45 in America/New_York")
        #expect(
            gap.instants(from: try at("2026-03-08T05:00:00Z"), to: try at("2026-03-09T04:00:00Z")) == [
                try at("2026-03-08T07:00:00Z")
            ])
        let overlap = try rule("01:30 in America/New_York")
        #expect(
            overlap.instants(from: try at("2026-11-01T04:00:00Z"), to: try at("2026-11-02T05:00:00Z")) == [
                try at("2026-11-01T05:30:00Z")
            ])
    }

    @Test func `days that never come give no deadline`() throws {
        let rule = DeadlineRule.times(
            [.midnight], on: .calendar("none", BusinessCalendar(weekdays: [])), zone: .utc)
        #expect(rule.next(after: try at("2026-11-19T00:00:00Z")) == nil)
        #expect(rule.last(atOrBefore: try at("2026-11-19T00:00:00Z")) == nil)
    }

    @Test(arguments: [
        ("day of invoice_date", Grain.day, "invoice_date", "Europe/London", ""),
        ("hour of on on business in UTC", .hour, "on", "UTC", "business"),
        (
            "week of column \"Invoice \"\"Date\"\"\" in Asia/Kathmandu", .week, "Invoice \"Date\"",
            "Asia/Kathmandu", ""
        ),
        ("month of \"in the end\" on day 1", .month, "in the end", "Europe/London", "day 1"),
        ("day of column", .day, "column", "Europe/London", ""),
    ])
    func `an interval is read`(
        text: String, grain: Grain, column: String, zoneName: String, days: String
    ) throws {
        let rule = try IntervalRule(text: text, calendars: calendars, zone: try zone("Europe/London"))
        #expect(rule.cadence.grain == grain)
        #expect(rule.column == column)
        #expect(rule.cadence.zone.identifier == zoneName)
        #expect((rule.cadence.days?.description ?? "") == days)
    }

    @Test(arguments: [
        "", "day", "day of", "year of d", "day d", "day of 1st", "day of d e", "day of \"d", "day of d on",
        "day of d in Nowhere/City", "day of d on holidays", "day of \"\"", "day of a-b",
    ])
    func `what is no interval is refused`(text: String) throws {
        #expect(throws: TimeSyntaxError.self) {
            try IntervalRule(text: text, calendars: calendars, zone: try zone("Europe/London"))
        }
    }
}
