import SuretyCore
import Testing

@Suite struct StartTests {
    @Test(arguments: [
        ("15m", "2026-11-19T10:07:00Z", "2026-11-19T10:15:00Z", "2026-11-19T10:00:00Z"),
        ("15m", "2026-11-19T10:15:00Z", "2026-11-19T10:30:00Z", "2026-11-19T10:15:00Z"),
        ("7h", "2026-11-19T21:30:00Z", "2026-11-20T00:00:00Z", "2026-11-19T21:00:00Z"),
        ("6h", "2026-03-29T00:30:00Z", "2026-03-29T06:00:00Z", "2026-03-29T00:00:00Z"),
        ("1d", "2026-03-29T00:30:00Z", "2026-03-29T23:00:00Z", "2026-03-29T00:00:00Z"),
        ("1w", "2026-11-19T00:30:00Z", "2026-11-23T00:00:00Z", "2026-11-16T00:00:00Z"),
        ("36h", "2026-11-19T12:00:00Z", "2026-11-21T00:00:00Z", "2026-11-19T00:00:00Z"),
    ])
    func `every so often is counted from local midnight`(
        period: String, now: String, next: String, last: String
    ) throws {
        let start = Start.every(try #require(Period(period)), zone: try zone("Europe/London"))
        #expect(start.next(after: try at(now)) == (try at(next)))
        #expect(start.last(atOrBefore: try at(now)) == (try at(last)))
    }

    @Test func `times and cron expressions begin runs, and events do not by the clock`() throws {
        let london = try zone("Europe/London")
        let now = try at("2026-11-20T12:00:00Z")
        let time = try #require(CivilTime("05:30"))
        let monday = try at("2026-11-23T05:30:00Z")
        #expect(
            Start.at([time], on: .calendar("business", business), zone: london).next(after: now) == monday)
        #expect(Start.cron(try CronExpression("30 5 * * 1-5"), zone: london).next(after: now) == monday)
        for start in [Start.once, .after(["a"]), .hook("h"), .notify("n"), .file("f"), .bucket("b")] {
            #expect(start.next(after: now) == nil)
            #expect(start.instants(from: now, to: monday).isEmpty)
        }
        #expect(Start.every(Period(0, .minute), zone: london).next(after: now) == nil)
    }

    @Test func `templates are filled in`() throws {
        let london = try zone("Europe/London")
        let hour = try #require(Cadence(.hour, in: london).interval(labelled: "2026-11-19T06"))
        let text = "{{asset}} {{interval}} {{interval:yyyy/MM/dd-HH}} {{ run }} {{other}} {{"
        let asset = AssetName(schema: "raw", table: "billing")
        #expect(
            fillingTemplate(text, slice: .interval(hour), asset: asset, run: "r1")
                == "raw.billing 2026-11-19T06 2026/11/19-06 r1 {{other}} {{")
        #expect(fillingTemplate("{{interval:yyyy}} {{run}}", slice: .whole) == "the whole table {{run}}")
        #expect(hour.formatted(pattern: "yyyyMMddHH.csv") == "2026111906.csv")
    }
}
