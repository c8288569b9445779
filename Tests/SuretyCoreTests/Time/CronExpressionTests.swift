import SuretyCore
import Testing

@Suite struct CronExpressionTests {
    @Test(arguments: [
        ("* * * *", nil, "five fields"),
        ("60 * * * *", CronField.minute, "60 is out of range"),
        ("0 24 * * *", .hour, "24 is out of range"),
        ("0 0 0 * *", .dayOfMonth, "0 is out of range"),
        ("0 0 * 13 *", .month, "13 is out of range"),
        ("0 0 * * 8", .dayOfWeek, "8 is out of range"),
        ("0 0 * * fry", .dayOfWeek, "`fry` is not understood"),
        ("0 0 mon * *", .dayOfMonth, "`mon` is not understood"),
        ("*/0 * * * *", .minute, "at least 1"),
        ("5/15 * * * *", .minute, "a step without a range"),
        ("1,,2 * * * *", .minute, "empty element"),
        ("0 22-2 * * *", .hour, "runs backwards"),
        ("0 0 * * fri-mon", .dayOfWeek, "runs backwards"),
        ("- * * * *", .minute, "not understood"),
        ("@daily", nil, "not supported"),
        ("", nil, "five fields"),
    ])
    func `an error names its field`(text: String, field: CronField?, message: String) throws {
        let error = try #require(throws: CronError.self) { try CronExpression(text) }
        #expect(error.field == field)
        #expect(error.description.contains(message))
        #expect(!error.hint.isEmpty)
    }

    @Test(arguments: [
        ("0 0 30 2 *", false), ("0 0 31 2,4,6,9,11 *", false), ("0 0 29 2 *", true), ("0 0 31 1 *", true),
        ("0 0 30 2 mon", true), ("* * * * *", true), ("0 0 31 2-3 *", true),
    ])
    func `an expression that never fires is known`(text: String, can: Bool) throws {
        let cron = try CronExpression(text)
        #expect(cron.canFire == can)
        #expect((cron.next(after: try at("2026-11-19T00:00:00Z"), in: .utc) != nil) == can)
        #expect((cron.last(atOrBefore: try at("2026-11-19T00:00:00Z"), in: .utc) != nil) == can)
    }

    @Test func `names and both Sundays are understood in any case`() throws {
        #expect(try CronExpression("0 0 * JAN-mar Mon-FRI").weekdays == [.mon, .tue, .wed, .thu, .fri])
        #expect(try CronExpression("0 0 * JAN-mar Mon-FRI").months == [1, 2, 3])
        #expect(try CronExpression("0 0 * * 7").weekdays == [.sun])
        #expect(try CronExpression("0 0 * * 5-7").weekdays == [.fri, .sat, .sun])
        #expect(try CronExpression("0 0 * * 0-7").weekdays == Set(Weekday.allCases))
        #expect(try CronExpression(" 0\t0  * *   * ").text == "0 0 * * *")
    }

    @Test func `either of two restricted day fields matches`() throws {
        let cron = try CronExpression("0 0 13 * fri")
        #expect(cron.matches(CivilDateTime(try day("2026-11-13"))))
        #expect(cron.matches(CivilDateTime(try day("2026-11-20"))))
        #expect(cron.matches(CivilDateTime(try day("2026-12-13"))))
        #expect(!cron.matches(CivilDateTime(try day("2026-11-19"))))
    }

    @Test func `firings agree with croniter`() throws {
        for line in CronReference.table.split(separator: "\n") {
            let fields = line.split(separator: "|").map(String.init)
            let cron = try CronExpression(fields[0])
            let zone = try zone(fields[1])
            let start = Instant(seconds: try #require(Int64(fields[2])) * 60)
            var expected: [Instant] = []
            for step in fields[3].split(separator: ",") {
                expected.append((expected.last ?? start).adding(seconds: try #require(Int64(step)) * 60))
            }
            var reached = start
            var found: [Instant] = []
            for _ in expected {
                reached = try #require(cron.next(after: reached, in: zone))
                found.append(reached)
            }
            #expect(found == expected, "\(line)")
            for (one, other) in zip(found, found.dropFirst()) {
                #expect(cron.previous(before: other, in: zone) == one, "\(line)")
                #expect(cron.last(atOrBefore: other.adding(seconds: -1), in: zone) == one, "\(line)")
            }
            if let last = found.last {
                #expect(cron.instants(from: found[0], to: last, in: zone) == found.dropLast(), "\(line)")
            }
        }
    }

    @Test func `a repeated hour fires once, and each elapsed hour where the hour is a star`() throws {
        let newYork = try zone("America/New_York")
        let from = try at("2026-11-01T00:00:00-04:00")
        let to = try at("2026-11-01T03:00:00-05:00")
        #expect(
            try CronExpression("30 1 * * *").instants(from: from, to: to, in: newYork) == [
                try at("2026-11-01T01:30:00-04:00")
            ])
        #expect(
            try CronExpression("30 * * * *").instants(from: from, to: to, in: newYork) == [
                try at("2026-11-01T00:30:00-04:00"), try at("2026-11-01T01:30:00-04:00"),
                try at("2026-11-01T01:30:00-05:00"), try at("2026-11-01T02:30:00-05:00"),
            ])
    }

    @Test func `a leap day is found across a century that has none`() throws {
        let cron = try CronExpression("0 0 29 2 *")
        #expect(
            cron.next(after: try at("2096-03-01T00:00:00Z"), in: .utc) == (try at("2104-02-29T00:00:00Z")))
        #expect(
            cron.last(atOrBefore: try at("2104-02-28T00:00:00Z"), in: .utc)
                == (try at("2096-02-29T00:00:00Z")))
    }
}
