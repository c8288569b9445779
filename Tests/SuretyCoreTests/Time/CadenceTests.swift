import SuretyCore
import Testing

@Suite struct CadenceTests {
    @Test(arguments: [
        ("Europe/London", "2026-03-29", 23.0), ("Europe/London", "2026-10-25", 25),
        ("Europe/Berlin", "2026-03-29", 23), ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-10-04", 23.5), ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Asia/Kathmandu", "1986-01-01", 23.75), ("Atlantic/Azores", "2026-03-29", 23),
        ("America/Sao_Paulo", "2018-11-04", 23), ("Pacific/Apia", "2011-12-29", 24),
        ("Pacific/Apia", "2011-12-31", 24), ("UTC", "2026-11-19", 24),
    ])
    func `a day is as long as its clocks make it`(name: String, date: String, hours: Double) throws {
        let days = Cadence(.day, in: try zone(name))
        let found = try #require(days.interval(on: try day(date)))
        #expect(found.description == date)
        #expect(found.civilStart.date == (try day(date)))
        #expect(Double(found.end.milliseconds(since: found.start)) / 3_600_000 == hours)
        #expect(days.interval(containing: found.start) == found)
        #expect(days.interval(containing: found.end.adding(milliseconds: -1)) == found)
        #expect(days.interval(containing: found.end) != found)
    }

    @Test func `what follows one another is a range, also across days that have no interval`() throws {
        let days = Cadence(.day, in: try zone("Europe/London"))
        let labels = ["2026-11-14", "2026-11-11", "2026-11-13", "2026-11-16", "2026-11-15"]
        let intervals = labels.compactMap { days.interval(labelled: $0) }
        #expect(days.ranges(of: intervals) == ["2026-11-11", "2026-11-13..2026-11-16"])
        #expect(days.ranges(of: []) == [])
        let steps = labels.map { "surety run p --for \($0)" } + ["Ask the shop.", "surety run p"]
        #expect(
            days.joiningCommands(steps) == [
                "surety run p --for 2026-11-11", "surety run p --for 2026-11-13..2026-11-16",
                "Ask the shop.", "surety run p",
            ])
        #expect(days.joiningCommands(["surety run p --for 2026-11"]) == ["surety run p --for 2026-11"])
    }

    @Test func `a date that the clocks skip has no day`() throws {
        let days = Cadence(.day, in: try zone("Pacific/Apia"))
        #expect(days.interval(on: try day("2011-12-30")) == nil)
        #expect(days.interval(labelled: "2011-12-30") == nil)
        let range = try days.intervals(labelled: "2011-12-29..2011-12-31")
        #expect(range.map(\.description) == ["2011-12-29", "2011-12-31"])
        #expect(range[0].end == range[1].start)
    }

    @Test(arguments: [
        (
            "America/New_York", "2026-11-01T00", 4,
            ["2026-11-01T00", "2026-11-01T01", "2026-11-01T01-05:00", "2026-11-01T02"]
        ),
        ("America/New_York", "2026-03-08T01", 2, ["2026-03-08T01", "2026-03-08T03"]),
        (
            "Australia/Lord_Howe", "2026-04-05T00", 4,
            ["2026-04-05T00", "2026-04-05T01", "2026-04-05T01+10:30", "2026-04-05T02"]
        ),
        (
            "Australia/Lord_Howe", "2026-10-04T01", 3,
            ["2026-10-04T01", "2026-10-04T02", "2026-10-04T03"]
        ),
        ("Asia/Kathmandu", "2026-11-19T23", 2, ["2026-11-19T23", "2026-11-20T00"]),
        (
            "America/St_Johns", "2006-10-28T23", 5,
            [
                "2006-10-28T23", "2006-10-29T00", "2006-10-28T23-03:30", "2006-10-29T00-03:30",
                "2006-10-29T01",
            ]
        ),
        ("Europe/London", "2026-10-25T00", 3, ["2026-10-25T00", "2026-10-25T01", "2026-10-25T01+00:00"]),
    ])
    func `hours have labels of their own`(name: String, first: String, count: Int, labels: [String]) throws {
        let hours = Cadence(.hour, in: try zone(name))
        var interval = try #require(hours.interval(labelled: first))
        var found = [interval]
        while found.count < count {
            interval = try #require(hours.interval(after: interval))
            #expect(hours.interval(before: interval) == found.last)
            found.append(interval)
        }
        #expect(found.map(\.description) == labels)
        for interval in found { #expect(hours.interval(labelled: interval.description) == interval) }
    }

    @Test func `an hour in half an hour's gap is half as long`() throws {
        let hours = Cadence(.hour, in: try zone("Australia/Lord_Howe"))
        let short = try #require(hours.interval(labelled: "2026-10-04T02"))
        #expect(short.end.milliseconds(since: short.start) == 1_800_000)
        let second = try #require(hours.interval(labelled: "2026-04-05T01+10:30"))
        #expect(second.end.milliseconds(since: second.start) == 1_800_000)
    }

    @Test(arguments: Grain.allCases)
    func `intervals tile all time in every zone`(grain: Grain) {
        var broken: [String] = []
        for sample in ZoneSample.all {
            let cadence = Cadence(grain, in: sample.zone)
            for change in sample.changes {
                for seconds in [-3600, -1, 0, 3600] as [Int64] {
                    let instant = change.adding(seconds: seconds)
                    if !isTile(at: instant, of: cadence) { broken.append("\(sample.zone) \(instant)") }
                }
            }
        }
        #expect(broken.isEmpty)
    }

    /// Whether the interval at an instant is the same from each of its ends, from its neighbours and from its label.
    private func isTile(at instant: Instant, of cadence: Cadence) -> Bool {
        guard let interval = cadence.interval(containing: instant), interval.start <= instant,
            instant < interval.end, let next = cadence.interval(after: interval)
        else { return false }
        return cadence.interval(containing: interval.start) == interval
            && cadence.interval(containing: interval.end.adding(milliseconds: -1)) == interval
            && next.start == interval.end && next > interval && cadence.interval(before: next) == interval
            && cadence.interval(labelled: interval.description) == interval
    }

    @Test(arguments: [
        (Grain.day, "2026-11-19", ["2026-11-19"]),
        (.day, "2026-11-19..2026-11-21", ["2026-11-19", "2026-11-20", "2026-11-21"]),
        (.day, "2026-W47", (16...22).map { "2026-11-\($0)" }),
        (.week, "2026-W53", ["2026-W53"]),
        (.week, "2026-W52..2027-W01", ["2026-W52", "2026-W53", "2027-W01"]),
        (.week, "2026-11", ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]),
        (.month, "2026-11..2027-01", ["2026-11", "2026-12", "2027-01"]),
        (.hour, "2026-11-19T06", ["2026-11-19T06"]),
        (.hour, "2026-11-19T23..2026-11-20T00", ["2026-11-19T23", "2026-11-20T00"]),
    ])
    func `a label or range names its intervals`(grain: Grain, text: String, labels: [String]) throws {
        let cadence = Cadence(grain, in: try zone("Europe/London"))
        #expect(try cadence.intervals(labelled: text).map(\.description) == labels)
    }

    @Test func `a coarser label means all that is inside`() throws {
        let london = try zone("Europe/London")
        #expect(try Cadence(.hour, in: london).intervals(labelled: "2026-10-25").count == 25)
        #expect(try Cadence(.day, in: london).intervals(labelled: "2026-10..2026-11").count == 61)
        let worked = Cadence(.day, in: london, on: .calendar("business", business))
        #expect(try worked.intervals(labelled: "2026-12").count == 22)
    }

    @Test(arguments: [
        (Grain.day, "2026-11-19T06", "finer", "`2026-11-19`"),
        (.month, "2026-W47", "finer", "`2026-11`"),
        (.week, "2026-11-19", "finer", "`2026-W47`"),
        (.day, "2026-11-21..2026-11-19", "backwards", "2026-11-19..2026-11-21"),
        (.day, "2026-11-31", "no interval", "2026-11-19"),
        (.week, "2025-W53", "no interval", "2026-W47"),
        (.day, "", "no interval", "2026-11-19"),
        (.day, "2026-11-19..", "no interval", "2026-11-19"),
        (.day, "2026-11-19...2026-11-20", "no interval", "2026-11-19"),
        (.hour, "2026-03-29T01", "there is no `2026-03-29T01` in Europe/London", "skip"),
        (.hour, "2026-11-19T06-05:00", "there is no", "offset"),
        (.hour, "1990-01..2026-11", "more than 100000", "shorter"),
        (.hour, "2026-11-19T24", "no interval", ""),
    ])
    func `a label that cannot be is refused`(grain: Grain, text: String, message: String, hint: String) throws
    {
        let cadence = Cadence(grain, in: try zone("Europe/London"))
        let error = try #require(throws: TimeSyntaxError.self) { try cadence.intervals(labelled: text) }
        #expect(error.message.contains(message), "\(error)")
        #expect(hint.isEmpty || error.hint.contains(hint), "\(error)")
    }

    @Test func `with days only intervals that start on them exist`() throws {
        let london = try zone("Europe/London")
        let days = Cadence(.day, in: london, on: .weekdays([.mon, .tue, .wed, .thu, .fri]))
        let friday = try #require(days.interval(on: try day("2026-11-20")))
        #expect(days.interval(containing: friday.end) == nil)
        #expect(days.interval(after: friday)?.description == "2026-11-23")
        #expect(days.interval(after: friday).flatMap { days.interval(before: $0) } == friday)
        #expect(days.interval(labelled: "2026-11-21") == nil)
        #expect(throws: TimeSyntaxError.self) { try days.intervals(labelled: "2026-11-21..2026-11-22") }
        let hours = Cadence(.hour, in: london, on: .weekdays([.mon]))
        #expect(try hours.intervals(labelled: "2026-11").count == 5 * 24)
        let last = try #require(hours.interval(labelled: "2026-11-16T23"))
        #expect(hours.interval(after: last)?.description == "2026-11-23T00")
        #expect(hours.interval(endingAtOrBefore: try at("2026-11-22T12:00:00Z")) == last)
    }

    @Test func `never means no interval instead of an endless search`() throws {
        let none = BusinessCalendar(weekdays: [])
        let hours = Cadence(.hour, in: .utc, on: .calendar("none", none))
        let now = try at("2026-11-19T00:00:00Z")
        #expect(hours.interval(endingAtOrBefore: now) == nil)
        #expect(hours.interval(startingAtOrAfter: now) == nil)
        #expect(hours.intervals(from: now, to: now.adding(seconds: 86_400 * 400)).isEmpty)
    }

    @Test func `overlapping intervals of another size are all of them`() throws {
        let london = try zone("Europe/London")
        let month = try #require(Cadence(.month, in: london).interval(labelled: "2026-11"))
        #expect(Cadence(.day, in: london).intervals(overlapping: month).count == 30)
        let weeks = Cadence(.week, in: london).intervals(overlapping: month).map(\.description)
        #expect(weeks == ["2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48", "2026-W49"])
        let kathmandu = Cadence(.day, in: try zone("Asia/Kathmandu"))
        let today = try #require(Cadence(.day, in: london).interval(labelled: "2026-11-19"))
        #expect(kathmandu.intervals(overlapping: today).map(\.description) == ["2026-11-19", "2026-11-20"])
        #expect(Cadence(.day, in: london).intervals(overlapping: today.start, end: today.start).isEmpty)
    }
}
