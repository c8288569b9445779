import SuretyCore
import SuretyTestKit
import Testing

@Suite struct OccurrenceTests {
    private static let table = AssetName(schema: "mart", table: "revenue_daily")
    private static let here = SourceLocation(file: "p.yaml", line: 1, column: 1)

    /// A promise with a deadline, `through`, and one asset for each interval rule; an empty rule is a whole table.
    private func occurrences(
        _ deadline: String, through: String = "prior day", assets rules: [String] = ["day of d"],
        since: String? = "2026-01-01", assetSince: String? = nil, seen: String = "2026-11-19T06:00:00Z",
        giveUp: String? = nil
    ) throws -> OccurrenceCalendar {
        let london = try zone("Europe/London")
        let assets = try rules.enumerated().map { index, rule in
            let table = index == 0 ? OccurrenceTests.table : AssetName(schema: "mart", table: "other\(index)")
            var asset = Asset(name: table, location: OccurrenceTests.here)
            if !rule.isEmpty {
                asset.interval = try IntervalRule(text: rule, calendars: calendars, zone: london)
            }
            asset.since = try assetSince.map(day)
            return asset
        }
        var promise = Promise(
            id: "revenue-by-8", location: OccurrenceTests.here, sentence: "Revenue.", owner: "ana",
            deadline: try DeadlineRule(text: deadline, calendars: calendars, zone: london),
            through: try Through(text: through, calendars: calendars), needs: assets.map(\.name))
        promise.since = try since.map(day)
        promise.giveUp = try giveUp.map { try #require(CivilTime($0)) }
        return OccurrenceCalendar(promise: promise, assets: assets, firstSeen: try at(seen))
    }

    private func labels(_ occurrence: Occurrence?) -> [String] {
        occurrence?.slices(of: OccurrenceTests.table).map(\.description) ?? ["no occurrence"]
    }

    @Test(arguments: [
        ("08:00 on business", "prior day", "day of d", "2026-11-19T08:00:00Z", ["2026-11-18"]),
        (
            "08:00 on business", "prior day", "day of d", "2026-11-23T08:00:00Z",
            ["2026-11-20", "2026-11-21", "2026-11-22"]
        ),
        (
            "08:00 on business", "prior day", "day of d", "2026-12-28T08:00:00Z",
            ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27"]
        ),
        ("08:00 on business", "prior day", "day of d on business", "2026-12-28T08:00:00Z", ["2026-12-24"]),
        (
            "08:00 on business", "prior business day", "day of d", "2026-11-23T08:00:00Z", ["2026-11-20"]
        ),
        (
            "08:00 on business", "prior business day", "day of d", "2026-11-24T08:00:00Z",
            ["2026-11-21", "2026-11-22", "2026-11-23"]
        ),
        ("09:00 on mon", "prior week", "week of d", "2026-11-23T09:00:00Z", ["2026-W47"]),
        ("09:00 on business day 3", "prior month", "month of d", "2026-12-03T09:00:00Z", ["2026-11"]),
        (
            "09:00 on business day 3", "prior month", "week of d", "2026-12-03T09:00:00Z",
            ["2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48"]
        ),
        (
            "06:00, 08:00", "prior hour", "hour of t", "2026-11-19T08:00:00Z",
            ["2026-11-19T06", "2026-11-19T07"]
        ),
        ("00:00", "prior day", "day of d", "2026-11-19T00:00:00Z", ["2026-11-18"]),
        (
            "17:00 on last business day", "prior week", "week of d", "2026-11-30T17:00:00Z",
            [
                "2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48",
            ]
        ),
        (
            "08:00 in Asia/Kathmandu", "prior day", "hour of t in UTC", "2026-11-19T02:15:00Z",
            (18...23).map { "2026-11-17T\($0)" } + (0...9).map { "2026-11-18T0\($0)" }
                + (10...17).map { "2026-11-18T\($0)" }
        ),
    ])
    func `an occurrence owes everything since the one before`(
        deadline: String, through: String, rule: String, due: String, owed: [String]
    ) throws {
        let found = try occurrences(deadline, through: through, assets: [rule]).occurrence(dueAt: try at(due))
        #expect(labels(found) == owed)
        #expect(found?.deadline == (try at(due)))
    }

    @Test func `the cover of Monday closes at midnight`() throws {
        let calendar = try occurrences("08:00 on business")
        #expect(labels(calendar.newestClosed(at: try at("2026-11-22T23:59:59Z"))) == ["2026-11-19"])
        let monday = try #require(calendar.newestClosed(at: try at("2026-11-23T00:00:00Z")))
        #expect(labels(monday) == ["2026-11-20", "2026-11-21", "2026-11-22"])
        #expect(monday.closesAt == (try at("2026-11-23T00:00:00Z")))
        #expect(monday.deadline == (try at("2026-11-23T08:00:00Z")))
        #expect(calendar.newestClosed(at: try at("2026-11-23T09:00:00Z")) == monday)
        #expect(calendar.next(after: try at("2026-11-20T08:00:00Z")) == monday)
        #expect(calendar.last(dueAtOrBefore: try at("2026-11-23T08:00:00Z")) == monday)
    }

    @Test func `a cover of business days closes before its boundary`() throws {
        let calendar = try occurrences("08:00 on business", assets: ["day of d on business"])
        let monday = try #require(calendar.newestClosed(at: try at("2026-11-21T00:00:00Z")))
        #expect(labels(monday) == ["2026-11-20"])
        #expect(monday.boundary == (try at("2026-11-23T00:00:00Z")))
    }

    @Test func `a monthly cover closes long before its deadline`() throws {
        let calendar = try occurrences("09:00 on day 10", through: "prior month", assets: ["month of d"])
        #expect(labels(calendar.newestClosed(at: try at("2026-12-01T00:00:00Z"))) == ["2026-11"])
        #expect(labels(calendar.newestClosed(at: try at("2026-11-30T23:00:00Z"))) == ["2026-10"])
    }

    @Test func `what has closed since the first owed interval is owed`() throws {
        let calendar = try occurrences("08:00 on business", since: "2026-11-18")
        let saturday = calendar.owed(upTo: try at("2026-11-21T10:00:00Z"))
        #expect(
            saturday[OccurrenceTests.table]?.map(\.description) == ["2026-11-18", "2026-11-19", "2026-11-20"])
        #expect(labels(calendar.occurrence(dueAt: try at("2026-11-18T08:00:00Z"))) == ["no occurrence"])
        #expect(calendar.last(dueAtOrBefore: try at("2026-11-19T07:59:00Z")) == nil)
        #expect(calendar.newestClosed(at: try at("2026-11-18T12:00:00Z")) == nil)
    }

    @Test(arguments: [
        ("2026-11-19T06:00:00Z", "2026-11-18"), ("2026-11-19T10:00:00Z", "2026-11-18"),
        ("2026-11-21T10:00:00Z", "2026-11-19"), ("2026-11-23T00:00:00Z", "2026-11-20"),
    ])
    func `without since the newest closed occurrence at first sight is the first`(
        seen: String, first: String
    ) throws {
        let calendar = try occurrences("08:00 on business", since: nil, seen: seen)
        let owed = calendar.owed(upTo: try at("2026-12-01T00:00:00Z"))
        #expect(owed[OccurrenceTests.table]?.first?.description == first)
        let all = calendar.all(from: try at("2026-11-01T00:00:00Z"), to: try at("2026-12-01T00:00:00Z"))
        #expect(labels(all.first).first == first)
    }

    @Test func `since in the middle cuts the first occurrence, also that of an asset`() throws {
        let due = try at("2026-11-23T08:00:00Z")
        #expect(
            labels(try occurrences("08:00 on business", since: "2026-11-21").occurrence(dueAt: due)) == [
                "2026-11-21", "2026-11-22",
            ])
        let cut = try occurrences("08:00 on business", assetSince: "2026-11-22").occurrence(dueAt: due)
        #expect(labels(cut) == ["2026-11-22"])
    }

    @Test func `a date in a month means that month`() throws {
        let calendar = try occurrences(
            "09:00 on day 10", through: "prior month", assets: ["month of d"], since: "2026-10-15")
        #expect(
            calendar.owed(upTo: try at("2026-12-05T00:00:00Z"))[OccurrenceTests.table]?.map(\.description)
                == [
                    "2026-10", "2026-11",
                ])
        #expect(labels(calendar.occurrence(dueAt: try at("2026-11-10T09:00:00Z"))) == ["2026-10"])
    }

    @Test func `a first interval far ahead is found`() throws {
        let calendar = try occurrences(
            "06:00, 08:00", through: "prior hour", assets: ["hour of t"], since: "2029-06-01")
        let first = try #require(calendar.next(after: try at("2026-11-19T00:00:00Z")))
        #expect(first.deadline == (try at("2029-06-01T06:00:00+01:00")))
        #expect(labels(first).first == "2029-06-01T00")
        #expect(calendar.newestClosed(at: try at("2026-11-19T00:00:00Z")) == nil)
    }

    @Test(arguments: [
        (nil, "2026-11-23T08:00:00Z"), ("16:00", "2026-11-20T16:00:00Z"), ("07:00", "2026-11-21T07:00:00Z"),
    ])
    func `waiting ends at the time given up, else at the next deadline`(time: String?, expected: String)
        throws
    {
        let calendar = try occurrences("08:00 on business", giveUp: time)
        #expect(calendar.givesUp(for: try at("2026-11-20T08:00:00Z")) == (try at(expected)))
    }

    @Test func `a whole table is owed as such`() throws {
        let calendar = try occurrences("08:00", assets: ["", "day of d"])
        let found = try #require(calendar.occurrence(dueAt: try at("2026-11-19T08:00:00Z")))
        #expect(labels(found) == ["the whole table"])
        #expect(found.owed.map(\.slice.description) == ["2026-11-18", "the whole table"])
        let whole = try #require(
            try occurrences("08:00", assets: [""]).newestClosed(at: try at("2026-11-19T03:00:00Z")))
        #expect(whole.deadline == (try at("2026-11-19T08:00:00Z")))
        #expect(whole.closesAt == (try at("2026-11-19T00:00:00Z")))
    }

    @Test func `occurrences tile the intervals of every grain`() throws {
        let rules = [
            "hour of t", "day of d", "week of d", "month of d", "day of d on business in Asia/Kathmandu",
        ]
        for (deadline, through) in [
            ("08:00 on business", "prior day"), ("08:00", "prior business day"),
            ("07:00, 09:30", "prior hour"),
            ("09:00 on business day 2", "prior month"), ("01:30 on sun mon", "prior day"),
        ] {
            let calendar = try occurrences(deadline, through: through, assets: rules)
            let from = try at("2026-02-10T00:00:00Z")
            let to = try at("2026-12-10T00:00:00Z")
            let all = calendar.all(from: from, to: to)
            let last = try #require(all.last)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.boundary <= $1.previousBoundary })
            for asset in calendar.assets {
                let owed = all.flatMap { $0.cover[asset.name] ?? [] }
                let cadence = try #require(asset.interval?.cadence)
                let expected = cadence.intervals(endingAfter: all[0].previousBoundary, to: last.boundary)
                #expect(owed == expected, "\(deadline) \(through) \(asset.name)")
            }
            for occurrence in all.suffix(20) {
                #expect(calendar.occurrence(dueAt: occurrence.deadline) == occurrence)
                for (asset, intervals) in occurrence.cover {
                    #expect(calendar.occurrence(owing: intervals[0], of: asset) == occurrence)
                }
            }
        }
    }

    @Test(arguments: [
        ("08:00 on business", "prior day", "day of d", nil),
        ("08:00, 14:00", "prior day", "day of d", "2026-11-19T14:00:00Z"),
        ("08:00", "prior day", "day of d on business", "2026-11-22T08:00:00Z"),
        ("08:00 on business", "prior day", "day of d on business", nil),
        ("08:00", "prior day", "month of d", "2026-11-19T08:00:00Z"),
        ("08:00", "prior week", "week of d", "2026-11-19T08:00:00Z"),
        ("08:00, 14:00", "prior day", "", "2026-11-19T14:00:00Z"),
        ("08:00", "prior day", "", nil),
        ("09:00 on day 3", "prior month", "month of d", nil),
    ])
    func `an occurrence that would owe nothing is found`(
        deadline: String, through: String, rule: String, expected: String?
    ) throws {
        let calendar = try occurrences(deadline, through: through, assets: [rule])
        let found = calendar.firstEmptyOccurrence(
            from: try at("2026-11-19T00:00:00Z"), to: try at("2027-11-19T00:00:00Z"))
        #expect(found?.description == expected)
    }

    @Test(arguments: [
        ("prior day", "prior day"), ("prior  business day", "prior business day"),
        ("prior month", "prior month"),
        ("", nil), ("prior quarter", nil), ("day", nil),
    ])
    func `through is read`(text: String, expected: String?) throws {
        guard let expected else {
            #expect(throws: TimeSyntaxError.self) { try Through(text: text, calendars: calendars) }
            return
        }
        #expect(try Through(text: text, calendars: calendars).text == expected)
    }

    @Test func `a year of occurrences is not searched minute by minute`() throws {
        let calendar = try occurrences("08:00 on business", assets: ["day of d", "hour of t"])
        let taken = try processorTime {
            for _ in 0..<10 {
                _ = calendar.all(from: try at("2026-01-01T00:00:00Z"), to: try at("2027-01-01T00:00:00Z"))
            }
        }
        // A guard against searching minute by minute, not a measurement.
        #expect(taken / 10 < .seconds(20))
    }
}
