import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `The judge of a check` {
    private func judge(except tolerance: Tolerance? = nil) -> Judge {
        var check = Make.check("a not null", of: Make.name("raw.t"))
        check.tolerance = tolerance
        return Judge(
            check, of: Make.name("raw.t"), slice: Make.day("2026-11-19"), zone: Make.zone("Europe/London"))
    }

    private func number(_ text: String) -> ExactNumber { ExactNumber(text) ?? .zero }

    @Test(arguments: [
        ("0.1", Comparator.atMost, 1, 1000, Verdict.pass), ("0.1", .less, 1, 1000, .fail),
        ("0.1", .atMost, 2, 1000, .fail), ("0.1", .atMost, 0, 0, .pass), ("33.3333", .atMost, 1, 3, .fail),
        ("33.3334", .atMost, 1, 3, .pass), ("0", .atMost, 0, 10, .pass), ("0", .less, 0, 10, .pass),
        ("0.00016129", .atMost, 3, 1_860_000, .fail),
    ])
    func `compares shares as exact fractions`(
        percent: String, comparator: Comparator, violations: Int64, looked: Int64, verdict: Verdict
    ) {
        let judge = judge(except: Tolerance(comparator, percent, isPercent: true))
        #expect(judge.rows(RowMeasurement(looked: looked, violations: violations)).verdict == verdict)
    }

    @Test(arguments: [
        (Int64(1), Int64(3), "1/3 (33.3333%)"), (3, 1_860_000, "3/1860000 (0.00016129%)"),
        (5, 10, "5/10 (50%)"),
        (0, 7, "0/7 (0%)"), (7, 7, "7/7 (100%)"), (1, 128, "1/128 (0.78125%)"),
        (123_457, 1_000_000, "123457/1000000 (12.3457%)"),
        (999_999_999, 1_000_000_000, "999999999/1000000000 (100%)"),
    ])
    func `shows shares with six significant digits`(part: Int64, all: Int64, text: String) {
        #expect(Share(part, of: all).text == text)
    }

    @Test func `says of columns what is wrong with them, not which there are`() {
        let table = TableShape([ColumnInfo(name: "a", type: "text", nullable: true)])
        let wanted = SchemaRule.ColumnType(name: "b", type: nil)
        let result = judge().schema(.include([wanted]), of: table, baseline: nil)
        #expect(result.observed == "a text")
        #expect(result.sentence == "`a not null`: fail (there is no column b)")
    }

    @Test func `finds nothing to judge in rules about no rows`() {
        let result = judge().rows(RowMeasurement(looked: 0, violations: 0))
        #expect(result.verdict == .pass)
        #expect(result.vacuous)
        #expect(!result.isEvidence)
    }

    @Test func `takes a count of no rows for no evidence`() {
        let result = judge().metric(
            MetricMeasurement(.count(0), looked: 0, unit: "rows"), .compare(.atLeast, .number(number("0"))))
        #expect(result.verdict == .pass)
        #expect(!result.isEvidence)
    }

    @Test func `fails a metric with values that are not finite`() {
        let result = judge().metric(
            MetricMeasurement(.count(1), looked: 3, odd: 2, unit: "real"),
            .compare(.atMost, .number(number("5"))))
        #expect(result.verdict == .fail)
        #expect(result.violations == 2)
        #expect(result.observed == "1")
        #expect(result.why == "2 values are not finite (NaN or infinity)")
    }

    @Test(arguments: [
        ("6.90", Comparator.equal, Verdict.fail), ("6.900000000000000000001", .less, .pass),
        ("6.9", .greater, .pass),
    ])
    func `compares means without dividing`(bound: String, comparator: Comparator, verdict: Verdict) {
        let mean = Measured.quotient(number("20.7000000000000000000000003"), of: number("3"), text: "6.9")
        let result = judge().metric(
            MetricMeasurement(mean, looked: 3, unit: "numeric"), .compare(comparator, .number(number(bound))))
        #expect(result.verdict == verdict)
    }

    @Test(arguments: [
        ("100", "110", "10", Verdict.pass), ("100", "111", "9.91", .pass), ("100", "111", "9.9", .fail),
        ("100", "112", "10", .fail),
        ("0", "0", "0", .pass), ("1", "0", "100", .fail), ("-90", "-100", "10", .pass),
    ])
    func `holds a metric to a share of another`(one: String, other: String, percent: String, verdict: Verdict)
    {
        func measured(_ text: String) -> MetricMeasurement {
            MetricMeasurement(.number(text), looked: 1, unit: "numeric")
        }
        let result = judge().cross(measured(one), .within(percent: percent), measured(other), named: "raw.u")
        #expect(result.verdict == verdict)
    }

    @Test(arguments: [
        (Int64?.some(-3600), Int64(0), Verdict.pass, String?.some("PT1H")), (-3601, 0, .fail, "PT1H1S"),
        (60, 0, .pass, "PT0S"), (-7200, 2, .fail, "PT2H"), (nil, 2, .fail, nil), (nil, 0, .noEvidence, nil),
    ])
    func `measures freshness up to five minutes ahead`(
        seconds: Int64?, future: Int64, verdict: Verdict, observed: String?
    ) {
        let now = Make.instant("2026-11-20T09:00:00Z")
        let newest = seconds.map { now.adding(seconds: $0).milliseconds * 1000 }
        let result = judge().fresh(
            FreshnessMeasurement(looked: 5, newest: newest, newestText: nil, future: future),
            within: Period(1, .hour),
            now: now)
        #expect(result.verdict == verdict)
        #expect(result.observed == observed)
    }

    @Test(arguments: [
        ("int8", "bigint", true), ("bigint", "integer", false), ("numeric", "numeric(12,2)", true),
        ("numeric(12,2)", "numeric", false), ("decimal(12, 2)", "numeric(12,2)", true),
        ("numeric(12)", "numeric(12,0)", true),
        ("varchar(20)", "character varying(20)", true), ("varchar(20)", "character varying(21)", false),
        ("varchar", "character varying(20)", true), ("timestamptz", "timestamp with time zone", true),
        ("timestamptz(3)", "timestamp(3) with time zone", true),
        ("timestamp", "timestamp with time zone", false),
        ("float8", "double precision", true), ("float", "double precision", true),
        ("float(10)", "real", true),
        ("bool", "boolean", true), ("char(3)", "character(3)", true), ("text[]", "text[]", true),
        ("int[]", "integer[]", true),
        ("int", "integer[]", false), ("INT4", "integer", true), ("time", "time without time zone", true),
    ])
    func `knows PostgreSQL's names of types`(wanted: String, actual: String, matches: Bool) {
        #expect(TypeName(wanted).matches(TypeName(actual)) == matches)
    }

    @Test func `tells what changed in the columns`() {
        let before = [
            ColumnInfo(name: "a", type: "integer", nullable: false),
            ColumnInfo(name: "b", type: "text", nullable: true),
            ColumnInfo(name: "c", type: "text", nullable: true),
        ]
        let after = [
            ColumnInfo(name: "a", type: "bigint", nullable: true),
            ColumnInfo(name: "b", type: "text", nullable: true),
            ColumnInfo(name: "d", type: "date", nullable: true),
        ]
        let rule = SchemaRule.unchanged(exceptAdded: false)
        #expect(
            rule.problems(in: TableShape(after), baseline: TableShape(before)) == [
                "a was integer and is bigint", "a became nullable", "c was dropped", "d date was added",
            ])
        #expect(rule.problems(in: TableShape(before.reversed()), baseline: TableShape(before)) == [])
        #expect(
            SchemaRule.unchanged(exceptAdded: true).problems(
                in: TableShape(before + [after[2]]), baseline: TableShape(before)) == [])
        #expect(rule.problems(in: TableShape(after), baseline: nil) == nil)
    }
}
