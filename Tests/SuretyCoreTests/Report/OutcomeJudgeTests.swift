import SuretyTestKit
import Testing

@testable import SuretyCore

/// Instants of November 2026 are written `20T08:00`; the 20th is a Friday, and London is at UTC.
@Suite struct `how occurrences end` {
    private static let orders = Make.source("raw.orders")
    private static let rates = Make.source("raw.rates")
    private static let revenue = Make.built("mart.revenue", from: [Need(orders.name)])
    private static let regions = Make.built("mart.regions", from: [], days: nil)

    /// A certificate: what it is about, from when on it holds, until when, and whether a warning was told.
    private struct Held {
        let text: String

        /// `19 20T05:00 20T07:00`: the day, the beginning and the end; `whole` for a whole table, `!` at the end of a
        /// warning.
        init(_ text: String) { self.text = text }

        func certificate(_ id: CertificateID, of asset: Asset) -> Certificate {
            let words = text.split(separator: " ").map(String.init)
            let times = words.dropFirst().filter { $0 != "!" }.map { instant($0) }
            let slice = words[0] == "whole" ? Slice.whole : Make.day("2026-11-\(words[0])")
            let warn = Make.check("rows >= 9", of: asset.name, in: .warn)
            let certificate = Certificate(
                id: id, asset: asset.name, slice: slice, certifiedAt: times[0], run: "run", definition: "d",
                inputs: [],
                results: words.last == "!" ? [CheckResult(warn, of: asset.name, slice: slice, .fail)] : [],
                snapshot: SnapshotMark(snapshot: "1:1:", system: "test"),
                content: ContentMark(rows: 1, fingerprint: "f"), columns: [])
            return times.count > 1 ? certificate.withdrawn(at: times[1], why: "rows moved") : certificate
        }
    }

    private static func instant(_ text: String) -> Instant { Make.instant("2026-11-\(text):00Z") }

    private static func words(_ instant: Instant?) -> String? {
        instant.map { String($0.description.dropFirst("2026-11-".count).dropLast(":00Z".count)) }
    }

    private static func words(_ record: OccurrenceRecord?) -> String {
        guard let record else { return "not judged" }
        return [
            record.outcome.rawValue, record.isFinal ? "final" : "open",
            words(record.completeAt).map { "complete \($0)" }, words(record.shownAt).map { "shown \($0)" },
        ].compactMap { $0 }.joined(separator: " ")
    }

    /// What is known of a promise over one asset, whose certificates are `c1`, `c2`, … in order.
    private struct Known {
        let asset: Asset
        let judge: OutcomeJudge
        let calendar: OccurrenceCalendar

        /// - Parameter showings: `20T05:10 c1 c2`: when the board was refreshed, and with what; nil: nothing refreshes it.
        init(
            _ certificates: [String], of asset: Asset = revenue, showings: [String]? = nil,
            sources: [Certificate] = []
        ) {
            self.asset = asset
            let held = certificates.enumerated().map { number, text in
                Held(text).certificate(CertificateID(rawValue: "c\(number + 1)"), of: asset)
            }
            let shown = showings.map { texts in
                texts.map { text in
                    let words = text.split(separator: " ").map(String.init)
                    return OutcomeJudge.Showing(
                        at: instant(words[0]),
                        certificates: Set(words.dropFirst().map(CertificateID.init(rawValue:))))
                }
            }
            let assets = [asset, orders, rates]
            judge = OutcomeJudge(
                held + sources, of: Dictionary(assets.map { ($0.name, $0) }) { first, _ in first },
                showings: shown.map { ["board": $0] } ?? [:])
            let weekdays = DaySet.weekdays([.mon, .tue, .wed, .thu, .fri])
            var promise = Promise(
                id: "revenue-by-8", location: Make.location, sentence: "Revenue by eight.", owner: "ana",
                deadline: .times(
                    [CivilTime(secondOfDay: 8 * 3600)], on: weekdays, zone: Make.zone("Europe/London")),
                through: .priorDay, needs: [asset.name])
            promise.since = CivilDate("2026-11-02")
            calendar = OccurrenceCalendar(promise: promise, assets: [asset], firstSeen: instant("01T00:00"))
        }

        /// The occurrence due at 08:00 of a day, as it is judged at an instant.
        func record(
            _ day: Int = 20, at now: String, sources: [StepKey] = [], next: Bool = true, waived: String? = nil
        ) throws -> OccurrenceRecord? {
            let occurrence = try occurrence(day)
            return judge.judge(
                occurrence, serving: ["board"], sources: sources,
                next: next ? calendar.next(after: occurrence.deadline)?.deadline : nil,
                waiver: waived.map { Waiver(at: instant($0), by: "ana", reason: "bank holiday") },
                at: instant(now))
        }

        func occurrence(_ day: Int) throws -> Occurrence {
            try #require(calendar.occurrence(dueAt: instant("\(day)T08:00")))
        }
    }

    @Test(arguments: [
        (["19 20T05:00"], "20T07:59", "not judged"),
        (["19 20T05:00"], "20T09:00", "kept final complete 20T05:00 shown 20T05:00"),
        (["19 20T08:00"], "20T09:00", "kept final complete 20T08:00 shown 20T08:00"),
        (["19 20T05:00 !"], "20T09:00", "kept_with_warnings final complete 20T05:00 shown 20T05:00"),
        ([], "20T08:00", "late open"), ([], "23T07:59", "late open"), ([], "23T08:00", "missed final"),
        (["18 19T05:00"], "20T09:00", "late open"),
        (["19 20T08:01"], "20T08:30", "late final complete 20T08:01 shown 20T08:01"),
        (["19 23T08:00"], "23T12:00", "late final complete 23T08:00 shown 23T08:00"),
        (["19 23T08:01"], "23T12:00", "missed final"),
    ])
    func `what was certified at the deadline is kept, and what came after it is late until the next one`(
        certificates: [String], now: String, expected: String
    ) throws {
        #expect(Self.words(try Known(certificates).record(at: now)) == expected)
    }

    @Test(arguments: [
        (["19 20T05:00 20T07:00"], "late open"), (["19 20T05:00 20T08:00"], "late open"),
        (["19 20T05:00 20T08:01"], "kept final complete 20T05:00 shown 20T05:00"),
        (["19 20T05:00 20T07:00", "19 20T07:30"], "kept final complete 20T07:30 shown 20T07:30"),
        (["19 20T05:00 20T07:00", "19 20T07:00"], "kept final complete 20T05:00 shown 20T05:00"),
        (["19 20T05:00 20T07:00 !", "19 20T07:00"], "kept final complete 20T05:00 shown 20T05:00"),
        (["19 20T05:00 20T07:00", "19 20T08:30"], "late final complete 20T08:30 shown 20T08:30"),
        (["19 20T08:30 20T08:40"], "late final complete 20T08:30 shown 20T08:30"),
    ])
    func
        `a certificate that is withdrawn before the deadline keeps nothing, and one withdrawn after it rewrites nothing`(
            certificates: [String], expected: String
        ) throws
    {
        #expect(Self.words(try Known(certificates).record(at: "20T09:00")) == expected)
    }

    @Test(arguments: [
        (["19 20T05:00"], ["20T05:10 c1"], "kept final complete 20T05:00 shown 20T05:10"),
        (["19 20T05:00"], ["20T08:00 c1"], "kept final complete 20T05:00 shown 20T08:00"),
        (["19 20T05:00"], ["20T08:10 c1"], "late final complete 20T05:00 shown 20T08:10"),
        (["19 20T05:00"], ["20T05:10 c0"], "late open complete 20T05:00"),
        (["19 20T05:00"], [], "late open complete 20T05:00"),
        (["19 20T08:20"], ["20T08:30 c1"], "late final complete 20T08:20 shown 20T08:30"),
        (["19 20T08:20"], [], "late open complete 20T08:20"),
        // Replaced at once, so that it was certified all the time.
        (
            ["19 20T05:00 20T07:00", "19 20T07:00"], ["20T05:10 c1"],
            "kept final complete 20T05:00 shown 20T05:10"
        ),
        // Wrong for a while, and made anew: what was shown first does not count.
        (["19 20T05:00 20T07:00", "19 20T07:30"], ["20T05:10 c1"], "late open complete 20T07:30"),
        (
            ["19 20T05:00 20T07:00", "19 20T07:30"], ["20T05:10 c1", "20T07:40 c2"],
            "kept final complete 20T07:30 shown 20T07:40"
        ),
        (
            ["19 20T05:00 20T07:00", "19 20T08:30"], ["20T05:10 c1", "20T08:40 c2"],
            "late final complete 20T08:30 shown 20T08:40"
        ),
        (["19 20T05:00 20T07:00", "19 20T08:30"], ["20T05:10 c1"], "late open complete 20T08:30"),
        (
            ["19 20T08:10 20T08:15", "19 20T08:20"], ["20T08:30 c2"],
            "late final complete 20T08:20 shown 20T08:30"
        ),
    ])
    func `a consumer that has refreshes must have been refreshed with it`(
        certificates: [String], showings: [String], expected: String
    ) throws {
        #expect(Self.words(try Known(certificates, showings: showings).record(at: "20T09:00")) == expected)
    }

    @Test(arguments: [
        (["19 21T05:00", "20 21T05:00"], ["21T05:10 c2"], "late final complete 21T05:00 shown 21T05:10"),
        (["19 20T05:00", "20 21T05:00"], ["21T05:10 c2"], "late final complete 20T05:00 shown 21T05:10"),
        (["19 20T05:00 21T05:05", "20 21T05:00"], ["21T05:10 c2"], "late open complete 20T05:00"),
    ])
    func `a refresh made for what came after shows what was certified then`(
        certificates: [String], showings: [String], expected: String
    ) throws {
        #expect(Self.words(try Known(certificates, showings: showings).record(at: "21T07:00")) == expected)
    }

    @Test func `what is complete and never shown is missed at the next deadline`() throws {
        let known = Known(["19 20T05:00"], showings: [])
        #expect(Self.words(try known.record(at: "23T08:00")) == "missed final complete 20T05:00")
        #expect(Self.words(try known.record(at: "30T08:00", next: false)) == "late open complete 20T05:00")
    }

    @Test(arguments: [
        (["20 21T05:00", "21 22T05:00", "22 23T05:00"], "kept final complete 23T05:00 shown 23T05:00"),
        (["20 21T05:00", "22 23T05:00"], "late open"),
        (["20 21T05:00", "21 22T05:00 23T07:00", "22 23T05:00"], "late open"),
        (
            ["20 21T05:00", "21 22T05:00 23T07:00", "22 23T05:00", "21 23T08:45"],
            "late final complete 23T08:45 shown 23T08:45"
        ),
        // All three were certified, and never at the same time.
        (["20 21T05:00 23T08:20", "21 22T05:00", "22 23T08:30"], "late open"),
        (
            ["20 21T05:00", "21 22T05:00", "22 23T05:00 !"],
            "kept_with_warnings final complete 23T05:00 shown 23T05:00"
        ),
    ])
    func `Monday owes Friday, Saturday and Sunday at once`(certificates: [String], expected: String) throws {
        #expect(Self.words(try Known(certificates).record(23, at: "23T09:00")) == expected)
        let days = try Known(certificates).occurrence(23).owed.map(\.slice.description)
        #expect(days == ["2026-11-20", "2026-11-21", "2026-11-22"])
    }

    @Test(arguments: [
        (["23T05:10 c1 c2 c3"], "kept final complete 23T05:00 shown 23T05:10"),
        (["23T05:10 c3"], "late open complete 23T05:00"),
        (["23T05:10 c3", "23T08:10 c1 c2 c3"], "late final complete 23T05:00 shown 23T08:10"),
    ])
    func `one refresh must show all that Monday owes`(showings: [String], expected: String) throws {
        let known = Known(["20 21T05:00", "21 22T05:00", "22 23T05:00"], showings: showings)
        #expect(Self.words(try known.record(23, at: "23T09:00")) == expected)
    }

    @Test(arguments: [
        (["whole 19T12:00"], "late open"),
        (["whole 20T00:00"], "kept final complete 20T00:00 shown 20T00:00"),
        (
            ["whole 19T12:00 20T05:00", "whole 20T05:00"],
            "kept final complete 20T05:00 shown 20T05:00"
        ),
        (["whole 20T05:00 20T06:00"], "late open"),
        (["whole 19T12:00", "whole 20T08:20"], "late final complete 20T08:20 shown 20T08:20"),
    ])
    func `a whole table must have been certified since what it owes had ended`(
        certificates: [String], expected: String
    ) throws {
        let known = Known(certificates, of: Self.regions)
        #expect(Self.words(try known.record(at: "20T09:00")) == expected)
    }

    @Test(arguments: ["20T08:00", "20T12:00", "23T08:00", "30T12:00"])
    func `it is judged by what was then, however much later that is`(now: String) throws {
        let known = Known(["19 20T05:00 20T08:30"], showings: ["20T05:10 c1"])
        let record = try #require(try known.record(at: now))
        #expect(Self.words(record) == "kept final complete 20T05:00 shown 20T05:10")
        #expect(record.detectedAt == Self.instant(now))
        #expect(record.through == "2026-11-19")
        #expect(record.marginSeconds == 10_200)
    }

    @Test(arguments: [("19T12:00", "19T10:00"), ("20T09:00", "19T10:00"), ("20T09:00", "20T07:59")])
    func `a waived occurrence is waived whatever came of it, before its deadline too`(
        now: String, waived: String
    ) throws {
        for certificates in [["19 20T05:00"], []] {
            let record = try #require(try Known(certificates).record(at: now, waived: waived))
            #expect(Self.words(record) == "waived final")
            #expect(record.reason == "bank holiday")
        }
    }

    @Test(arguments: [
        (["19 20T05:00"], "20T08:00", "kept final complete 20T05:00 shown 20T05:00"),
        ([], "20T08:00", "late open"),
        (["19 20T08:20"], "20T08:10", "late final complete 20T08:20 shown 20T08:20"),
    ])
    func `a waiver from the deadline on changes nothing of the outcome`(
        certificates: [String], waived: String, expected: String
    ) throws {
        let record = try Known(certificates).record(at: "20T09:00", waived: waived)
        #expect(Self.words(record) == expected)
        #expect(record?.reason == nil)
    }

    @Test func `it had landed when the last of its sources was there first`() throws {
        func landed(_ certificates: [(Asset, String)]) throws -> String? {
            let sources = certificates.enumerated().map { number, item in
                Held(item.1).certificate(CertificateID(rawValue: "s\(number)"), of: item.0)
            }
            let known = Known(["19 20T05:00"], sources: sources)
            let keys = [Self.orders, Self.rates].map { StepKey($0.name, Make.day("2026-11-19")) }
            return Self.words(try known.record(at: "20T09:00", sources: keys)?.landedAt)
        }
        let orders = [(Self.orders, "19 20T03:00 20T04:00"), (Self.orders, "19 20T04:30")]
        #expect(try landed(orders) == nil)
        #expect(try landed(orders + [(Self.rates, "19 20T02:00")]) == "20T03:00")
        #expect(try landed(orders + [(Self.rates, "19 20T04:45")]) == "20T04:45")
    }

    @Test(
        arguments: [
            (["19 20T05:00"], nil), (["19 20T05:00 20T12:00"], "20T12:00"),
            (["19 20T05:00 20T07:00", "19 20T07:30"], nil),
            (["19 20T05:00 20T07:00", "19 20T07:30 21T07:00"], "21T07:00"),
            (["19 20T08:30 20T11:00", "19 20T12:00"], "20T11:00"), ([], nil),
        ] as [([String], String?)])
    func `a judged occurrence is restated when what it rested on is withdrawn`(
        certificates: [String], expected: String?
    ) throws {
        let known = Known(certificates)
        let record = try #require(try known.record(at: "20T09:00"))
        #expect(Self.words(known.judge.brokenAt(record, try known.occurrence(20))) == expected)
    }

    @Test func `the first of several intervals to be withdrawn is when it was restated`() throws {
        let known = Known(["20 21T05:00 25T10:00", "21 22T05:00 24T10:00", "22 23T05:00"])
        let record = try #require(try known.record(23, at: "23T09:00"))
        #expect(Self.words(known.judge.brokenAt(record, try known.occurrence(23))) == "24T10:00")
    }

    @Test(
        arguments: [
            (["20 21T05:00 24T10:00", "21 22T05:00", "22 23T05:00"], nil),
            (["20 21T05:00 24T10:00", "21 22T05:00", "22 23T05:00", "20 24T11:00"], "24T11:00"),
            (["20 21T05:00 24T10:00", "21 22T05:00", "22 23T05:00", "20 24T10:00"], "24T10:00"),
            (
                [
                    "20 21T05:00 24T10:00", "21 22T05:00 24T10:30", "22 23T05:00", "20 24T11:00",
                    "21 24T12:00",
                ],
                "24T12:00"
            ),
        ] as [([String], String?)])
    func `it is mended when every interval that it owes is certified again`(
        certificates: [String], expected: String?
    ) throws {
        let known = Known(certificates)
        let mended = known.judge.mendedAt(try known.occurrence(23), from: Self.instant("24T10:00"))
        #expect(Self.words(mended) == expected)
    }

    @Test func `a whole table that is made anew restates nothing`() throws {
        let known = Known(["whole 20T05:00 21T05:00", "whole 21T05:00"], of: Self.regions)
        let record = try #require(try known.record(at: "20T09:00"))
        #expect(known.judge.brokenAt(record, try known.occurrence(20)) == nil)
    }

    @Test func `certificates of intervals that are not declared any more say nothing`() throws {
        var hourly = Self.revenue
        hourly.interval = IntervalRule(
            cadence: Cadence(.week, in: Make.zone("Europe/London")), column: "day")
        let daily = Held("19 20T05:00").certificate("c1", of: Self.revenue)
        let judge = OutcomeJudge([daily], of: [hourly.name: hourly], showings: [:])
        let occurrence = try Known([]).occurrence(20)
        let record = judge.judge(
            occurrence, serving: [], sources: [], next: nil, waiver: nil, at: Self.instant("20T09:00"))
        #expect(Self.words(record) == "late open")
    }
}
