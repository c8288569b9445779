import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `starts that have come due` {
    private static let london = Make.zone("Europe/London")

    private func timetable(
        _ starts: [Start], catchUp: Promise.CatchUp = .latest, window: Period = Period(24, .hour)
    ) -> Timetable {
        var promise = Promise(
            id: "revenue-by-8", location: Make.location, sentence: "Revenue by eight.", owner: "ana",
            deadline: .times([CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: Self.london),
            through: .priorDay, needs: [])
        promise.starts = starts
        promise.catchUp = catchUp
        promise.catchUpWindow = window
        return Timetable(promise)
    }

    private func start(_ text: String) throws -> Start {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch words[0] {
        case "at": return .at([try #require(CivilTime(words[1]))], on: nil, zone: Self.london)
        case "every": return .every(try #require(Period(words[1])), zone: Self.london)
        case "cron": return .cron(try CronExpression(words[1]), zone: Self.london)
        case "after": return .after([PromiseID(rawValue: words[1])])
        case _: return .once
        }
    }

    /// What is due, each as `05:30 begins` or `05:30 missed` with the day before it.
    private func due(
        _ text: String, last: String?, since: String = "2026-11-01T00:00:00Z", now: String,
        catchUp: Promise.CatchUp = .latest, window: Period = Period(24, .hour), upstream: String? = nil
    ) throws -> [String] {
        let start = try start(text)
        return timetable([start], catchUp: catchUp, window: window).due(
            fired: last.map { [start.text: Make.instant($0)] } ?? [:], since: Make.instant(since),
            at: Make.instant(now)
        ) { _ in upstream.map { Make.instant($0) } }
        .map { "\($0.at) \($0.begins ? "begins" : "missed")" }
    }

    @Test(arguments: [
        ("at 05:30", "2026-11-20T05:29:59Z", []),
        ("at 05:30", "2026-11-20T05:30:00Z", ["2026-11-20T05:30:00Z begins"]),
        ("at 05:30", "2026-11-20T05:31:30Z", ["2026-11-20T05:30:00Z begins"]),
        ("every 15m", "2026-11-20T05:30:20Z", ["2026-11-20T05:30:00Z begins"]),
        ("cron 30 5 * * *", "2026-11-20T05:30:20Z", ["2026-11-20T05:30:00Z begins"]),
    ])
    func `a start begins a run at its time`(text: String, now: String, expected: [String]) throws {
        let last = text.hasPrefix("every") ? "2026-11-20T05:15:00Z" : "2026-11-19T05:30:00Z"
        for catchUp in Promise.CatchUp.allCases {
            #expect(try due(text, last: last, now: now, catchUp: catchUp) == expected)
        }
    }

    @Test(arguments: ["at 05:30", "every 15m", "cron 30 5 * * *"])
    func `what came due once does not come due again`(text: String) throws {
        for now in ["2026-11-20T05:30:00Z", "2026-11-20T05:31:00Z", "2026-11-20T05:44:59Z"] {
            #expect(try due(text, last: "2026-11-20T05:30:00Z", now: now).isEmpty)
        }
    }

    @Test(arguments: ["at 05:30", "every 15m", "cron 30 5 * * *", "after payments-by-6"])
    func `a clock that was set back fires nothing twice`(text: String) throws {
        #expect(
            try due(
                text, last: "2026-11-20T05:30:00Z", now: "2026-11-20T04:40:00Z",
                upstream: "2026-11-20T04:30:00Z"
            ).isEmpty)
    }

    @Test func `a start that never came due counts from when its promise was first seen`() throws {
        let now = "2026-11-20T05:30:10Z"
        #expect(try due("at 05:30", last: nil, since: "2026-11-20T05:30:00Z", now: now).isEmpty)
        #expect(
            try due("at 05:30", last: nil, since: "2026-11-20T05:29:59Z", now: now)
                == ["2026-11-20T05:30:00Z begins"])
    }

    @Test(arguments: [
        (Promise.CatchUp.none, "2026-11-20T05:31:30Z", ["2026-11-20T05:30:00Z begins"]),
        (.none, "2026-11-20T05:31:31Z", ["2026-11-20T05:30:00Z missed"]),
        (.latest, "2026-11-20T09:00:00Z", ["2026-11-20T05:30:00Z begins"]),
        (
            .all, "2026-11-20T09:00:00Z",
            ["2026-11-19T05:30:00Z", "2026-11-20T05:30:00Z"].map { "\($0) begins" }
        ),
    ])
    func `catch_up says which missed starts are made up for`(
        catchUp: Promise.CatchUp, now: String, expected: [String]
    ) throws {
        #expect(
            try due(
                "at 05:30", last: "2026-11-17T05:30:00Z", now: now, catchUp: catchUp,
                window: Period(36, .hour)) == expected)
    }

    @Test(arguments: [
        (Promise.CatchUp.latest, ["2026-11-20T05:30:00Z missed"]), (.all, ["2026-11-20T05:30:00Z missed"]),
        (.none, ["2026-11-20T05:30:00Z missed"]),
    ])
    func `what was missed longer ago than the window is only noted`(
        catchUp: Promise.CatchUp, expected: [String]
    ) throws {
        #expect(
            try due(
                "at 05:30", last: "2026-11-17T05:30:00Z", now: "2026-11-20T09:00:00Z", catchUp: catchUp,
                window: Period(1, .hour)) == expected)
    }

    @Test(arguments: [
        // The gap of 29 March: 01:30 does not exist, and means 01:00 UTC. The hour of 25 October comes twice: the first.
        ("at 01:30", "2026-03-28T01:30:00Z", "2026-03-29T01:00:05Z", ["2026-03-29T01:00:00Z begins"]),
        ("at 01:30", "2026-10-24T00:30:00Z", "2026-10-25T00:30:05Z", ["2026-10-25T00:30:00Z begins"]),
        ("at 01:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:05Z", []),
        ("at 05:30", "2026-03-28T05:30:00Z", "2026-03-29T04:30:00Z", ["2026-03-29T04:30:00Z begins"]),
    ])
    func `on days with 23 and 25 hours it comes due once`(
        text: String, last: String, now: String, expected: [String]
    ) throws {
        #expect(try due(text, last: last, now: now, catchUp: .all) == expected)
    }

    @Test(arguments: [
        ("2026-03-28T00:00:00Z", 23), ("2026-10-24T23:00:00Z", 25), ("2026-11-19T00:00:00Z", 24),
    ])
    func `every hour comes due as often as the day has hours`(after: String, count: Int) throws {
        let begin = after.hasPrefix("2026-03") ? "2026-03-29T00:00:00Z" : after
        let now = Make.instant(begin).adding(seconds: Int64(count) * 3600)
        let found = try due(
            "every 1h", last: begin, now: now.description, catchUp: .all, window: Period(2, .day))
        #expect(found.count == count)
    }

    @Test func `once is due at first sight and never again`() throws {
        #expect(try due("once", last: nil, now: "2026-11-20T05:30:00Z") == ["2026-11-20T05:30:00Z begins"])
        #expect(try due("once", last: "2026-11-20T05:30:00Z", now: "2027-11-20T05:30:00Z").isEmpty)
    }

    @Test(
        arguments: [
            (nil, nil, []), (nil, "2026-11-20T05:00:00Z", ["2026-11-20T05:00:00Z begins"]),
            ("2026-11-19T05:00:00Z", "2026-11-20T05:00:00Z", ["2026-11-20T05:00:00Z begins"]),
            ("2026-11-20T05:00:00Z", "2026-11-20T05:00:00Z", []), ("2026-11-20T05:00:00Z", nil, []),
        ] as [(String?, String?, [String])])
    func `after another promise is due when that became complete anew`(
        last: String?, upstream: String?, expected: [String]
    ) throws {
        #expect(
            try due("after payments-by-6", last: last, now: "2026-11-20T09:00:00Z", upstream: upstream)
                == expected)
    }

    @Test func `several starts come due in order of time`() throws {
        let starts = [try start("at 05:30"), try start("every 4h"), try start("once")]
        let now = Make.instant("2026-11-20T05:30:30Z")
        let due = timetable(starts).due(
            fired: [:], since: Make.instant("2026-11-20T00:00:00Z"), at: now, upstream: { _ in nil })
        #expect(due.map(\.start) == ["every 4h", "at 05:30", "once"])
        #expect(timetable(starts).next(after: now) == Make.instant("2026-11-20T08:00:00Z"))
        #expect(timetable([]).next(after: now) == nil)
    }
}
