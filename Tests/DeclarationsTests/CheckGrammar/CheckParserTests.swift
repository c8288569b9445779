import Declarations
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CheckParserTests {
    static let business = BusinessCalendar(weekdays: [.mon, .tue, .wed, .thu, .fri])
    static let holidays = BusinessCalendar(weekdays: [.sat, .sun])
    static let parser = CheckParser(calendars: ["business": business, "uk-shops": holidays], zone: .utc)

    static func number(_ comparator: Comparator, _ digits: String) -> Comparison {
        .compare(comparator, .literal(.number(digits)))
    }

    static func civil(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
        CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
    }

    static let metrics: [(String, CheckBody)] = [
        ("rows >= 1", .metric(.rows, number(.atLeast, "1"))),
        ("rows>=1", .metric(.rows, number(.atLeast, "1"))),
        ("rows between 1 and 10", .metric(.rows, .between(.literal(.number("1")), .literal(.number("10"))))),
        (
            "rows not between 1 and 1",
            .metric(.rows, .notBetween(.literal(.number("1")), .literal(.number("1"))))
        ),
        (
            "missing promo_code < 40%",
            .metric(
                .missing(column: "promo_code", sentinels: []), .compare(.less, .percent("40")))
        ),
        (
            "missing a as ['', 'N/A', none, -1] = 0",
            .metric(
                .missing(column: "a", sentinels: [.text(""), .text("N/A"), .word("none"), .number("-1")]),
                number(.equal, "0"))
        ),
        (
            "missing a between 0% and 0.5 %",
            .metric(
                .missing(column: "a", sentinels: []), .between(.percent("0"), .percent("0.5")))
        ),
        ("duplicates a, b = 0", .metric(.duplicates(["a", "b"]), number(.equal, "0"))),
        (
            "duplicates invoice_id <= 100%",
            .metric(.duplicates(["invoice_id"]), .compare(.atMost, .percent("100")))
        ),
        ("distinct a,b != 3", .metric(.distinct(["a", "b"]), number(.notEqual, "3"))),
        ("min a > -5", .metric(.min("a"), number(.greater, "-5"))),
        ("max a < 1e6", .metric(.max("a"), number(.less, "1e6"))),
        ("avg a = 0.50", .metric(.avg("a"), number(.equal, "0.50"))),
        (
            "sum amount = 12345678901234567890.01",
            .metric(.sum("amount"), number(.equal, "12345678901234567890.01"))
        ),
        ("stddev a <= 2", .metric(.stddev("a"), number(.atMost, "2"))),
        ("median a = 5", .metric(.percentile("a", 50), number(.equal, "5"))),
        ("p1 a = 5", .metric(.percentile("a", 1), number(.equal, "5"))),
        ("p99 a < 6h", .metric(.percentile("a", 99), .compare(.less, .period(Period(6, .hour))))),
        (
            "max day >= 2026-11-19",
            .metric(
                .max("day"), .compare(.atLeast, .literal(.date(civil(2026, 11, 19)))))
        ),
        ("min name = 'it''s'", .metric(.min("name"), .compare(.equal, .literal(.text("it's"))))),
        (
            "max at between interval start and interval end",
            .metric(
                .max("at"), .between(.intervalStart, .intervalEnd))
        ),
        ("max at >= yesterday", .metric(.max("at"), .compare(.atLeast, .yesterday))),
        ("max at <= today", .metric(.max("at"), .compare(.atMost, .today))),
        ("max at <= now", .metric(.max("at"), .compare(.atMost, .now))),
        ("max column \"odd \"\"name\"\"\" = 1", .metric(.max("odd \"name\""), number(.equal, "1"))),
        (
            "missing column \"rows\" = 0",
            .metric(.missing(column: "rows", sentinels: []), number(.equal, "0"))
        ),
    ]

    static let relatives: [(String, CheckBody)] = [
        ("rows within 20% of previous", .relative(.rows, .withinPrevious(percent: "20"))),
        (
            "sum a within 12.5 % of median of last 8",
            .relative(
                .sum("a"), .withinMedian(percent: "12.5", count: 8, sameWeekday: false))
        ),
        (
            "rows within 10% of median of last 4 same weekday",
            .relative(
                .rows, .withinMedian(percent: "10", count: 4, sameWeekday: true))
        ),
        ("rows like usual", .relative(.rows, .likeUsual)),
        ("missing a like usual", .relative(.missing(column: "a", sentinels: []), .likeUsual)),
        (
            "rows equals rows raw.orders",
            .cross(
                .rows, .equals, CrossMetric(.rows, of: AssetName(schema: "raw", table: "orders")))
        ),
        (
            "sum amount equals sum raw.payments.amount",
            .cross(
                .sum("amount"), .equals,
                CrossMetric(.sum("amount"), of: AssetName(schema: "raw", table: "payments")))
        ),
        (
            "sum a within 0.1% of median raw.payments.b",
            .cross(
                .sum("a"), .within(percent: "0.1"),
                CrossMetric(.percentile("b", 50), of: AssetName(schema: "raw", table: "payments")))
        ),
        (
            "distinct a equals distinct raw.t.column \"odd one\"",
            .cross(
                .distinct(["a"]), .equals,
                CrossMetric(.distinct(["odd one"]), of: AssetName(schema: "raw", table: "t")))
        ),
        (
            "missing a equals missing raw.t.a",
            .cross(
                .missing(column: "a", sentinels: []), .equals,
                CrossMetric(.missing(column: "a", sentinels: []), of: AssetName(schema: "raw", table: "t")))
        ),
    ]

    static let rows: [(String, RowRule)] = [
        ("a unique", .unique(["a"])),
        ("a, b , c unique", .unique(["a", "b", "c"])),
        ("customer_id not null", .notNull("customer_id")),
        ("column \"rows\" not null", .notNull("rows")),
        ("p100 not null", .notNull("p100")),
        (
            "status in [new, 'in transit', 3, 2026-11-19, in-progress]",
            .inList(
                "status",
                [
                    .word("new"), .text("in transit"), .number("3"), .date(civil(2026, 11, 19)),
                    .word("in-progress"),
                ])
        ),
        ("status not in [0123, Ünïcode]", .notInList("status", [.number("0123"), .word("Ünïcode")])),
        ("amount > 0", .compare("amount", number(.greater, "0"))),
        (
            "amount between -1.5 and 1",
            .compare(
                "amount", .between(.literal(.number("-1.5")), .literal(.number("1"))))
        ),
        (
            "amount not between 0 and 0",
            .compare(
                "amount", .notBetween(.literal(.number("0")), .literal(.number("0"))))
        ),
        ("ends >= starts", .compare("ends", .compare(.atLeast, .column("starts")))),
        ("ends >= column \"now\"", .compare("ends", .compare(.atLeast, .column("now")))),
        ("active = true", .compare("active", .compare(.equal, .literal(.word("true"))))),
        (
            "at < 2026-11-19T08:00",
            .compare(
                "at",
                .compare(
                    .less,
                    .literal(
                        .dateTime(
                            CivilDateTime(civil(2026, 11, 19), CivilTime(secondOfDay: 28_800)),
                            milliseconds: 0,
                            offsetSeconds: nil))))
        ),
        (
            "at < 2026-11-19T08:00:30+01:00",
            .compare(
                "at",
                .compare(
                    .less,
                    .literal(
                        .dateTime(
                            CivilDateTime(civil(2026, 11, 19), CivilTime(secondOfDay: 28_830)),
                            milliseconds: 0,
                            offsetSeconds: 3600))))
        ),
        ("code length = 3", .length("code", number(.equal, "3"))),
        (
            "code length between 1 and 3",
            .length(
                "code", .between(.literal(.number("1")), .literal(.number("3"))))
        ),
        (
            "code length not between 1 and 3",
            .length(
                "code", .notBetween(.literal(.number("1")), .literal(.number("3"))))
        ),
        ("code matches '^[A-Z]{3}: it''s'", .matches("code", pattern: "^[A-Z]{3}: it's")),
        ("code does not match '\\s'", .doesNotMatch("code", pattern: "\\s")),
        ("code like 'A%'", .like("code", pattern: "A%")),
        ("code not like '%'", .notLike("code", pattern: "%")),
        ("email is email", .format("email", .email)),
        ("day is date", .format("day", .date)),
        ("day is datetime", .format("day", .datetime)),
        ("n is integer", .format("n", .integer)),
        (
            "id references raw.customers.id",
            .references(
                "id", table: AssetName(schema: "raw", table: "customers"), column: "id")
        ),
        ("at not in future", .notInFuture("at")),
        ("a increasing by b", .increasing("a", by: "b", strictly: false)),
        ("a strictly increasing by b", .increasing("a", by: "b", strictly: true)),
        ("a decreasing by b", .decreasing("a", by: "b", strictly: false)),
        ("a strictly decreasing by b", .decreasing("a", by: "b", strictly: true)),
        ("row \"amount >= 0 or kind = 'refund'\"", .condition("amount >= 0 or kind = 'refund'")),
        ("row 'kind = ''refund'''", .condition("kind = 'refund'")),
        ("row \"\"\"odd\"\" > 1\"", .condition("\"odd\" > 1")),
    ]

    static let others: [(String, CheckBody)] = [
        (
            "columns include (invoice_id bigint, amount numeric(12,2), at timestamp with time zone)",
            .schema(
                .include([
                    .init(name: "invoice_id", type: "bigint"), .init(name: "amount", type: "numeric(12,2)"),
                    .init(name: "at", type: "timestamp with time zone"),
                ]))
        ),
        (
            "columns are (a double  precision, b text[], column \"odd one\" pg_catalog.int4)",
            .schema(
                .exactly([
                    .init(name: "a", type: "double precision"), .init(name: "b", type: "text[]"),
                    .init(name: "odd one", type: "pg_catalog.int4"),
                ]))
        ),
        (
            "columns are in order (rows int, c)",
            .schema(
                .inOrder([.init(name: "rows", type: "int"), .init(name: "c", type: nil)]))
        ),
        ("columns unchanged", .schema(.unchanged(exceptAdded: false))),
        ("columns unchanged except added", .schema(.unchanged(exceptAdded: true))),
        ("fresh loaded_at within 6h", .fresh(column: "loaded_at", within: Period(6, .hour))),
        ("no gaps in day by hour", .noGaps(column: "day", by: .hour)),
        ("no gaps in day by day", .noGaps(column: "day", by: .day)),
        ("no gaps in day by business day", .noGaps(column: "day", by: .businessDay(business))),
        ("no gaps in day by business day on uk-shops", .noGaps(column: "day", by: .businessDay(holidays))),
        ("no gaps in day by week", .noGaps(column: "day", by: .week)),
        ("no gaps in day by month", .noGaps(column: "day", by: .month)),
        ("sql \"select 1 where false\" returns no rows", .sql("select 1 where false", .noRows)),
        (
            "sql 'select count(*) from t' between 1 and 2",
            .sql(
                "select count(*) from t", .value(.between(.literal(.number("1")), .literal(.number("2")))))
        ),
        (
            "sql \"with a as (select 1) select * from a\" = 1",
            .sql(
                "with a as (select 1) select * from a", .value(number(.equal, "1")))
        ),
    ]

    @Test(arguments: metrics + relatives + others)
    func `every production gives its body`(line: String, body: CheckBody) throws {
        #expect(try Self.parser.parse(line).bodies.map(\.body) == [body])
    }

    @Test(arguments: rows)
    func `every row rule gives its body`(line: String, rule: RowRule) throws {
        #expect(try Self.parser.parse(line).bodies.map(\.body) == [.row(rule)])
    }

    @Test(arguments: metrics.map(\.0) + relatives.map(\.0) + rows.map(\.0) + others.map(\.0))
    func `a text stays what it is when it is read again`(line: String) throws {
        let first = try Self.parser.parse("\n  " + line + "\t ")
        #expect(try Self.parser.parse(first.text) == first)
    }

    @Test func `what follows a body is read in its order`() throws {
        let text = "a not null  where \"b > 1  and c\" over last 7d except <= 3 rows on mon  wed fri"
        let parsed = try Self.parser.parse(text)
        #expect(parsed.filter == "b > 1  and c")
        #expect(parsed.scope == .last(Period(7, .day)))
        #expect(parsed.tolerance == Tolerance(.atMost, "3", isPercent: false))
        #expect(parsed.days == .weekdays([.mon, .wed, .fri]))
        #expect(
            parsed.text == "a not null where \"b > 1  and c\" over last 7d except <= 3 rows on mon wed fri")
    }

    @Test(arguments: [
        ("3", Tolerance(.atMost, "3", isPercent: false)),
        ("3 rows", Tolerance(.atMost, "3", isPercent: false)),
        ("0.1%", Tolerance(.atMost, "0.1", isPercent: true)),
        ("< 1 %", Tolerance(.less, "1", isPercent: true)),
        ("= 5", Tolerance(.equal, "5", isPercent: false)),
    ])
    func `an amount is rows or a share`(text: String, tolerance: Tolerance) throws {
        #expect(try Self.parser.parse("a > 0 except \(text)").tolerance == tolerance)
    }

    @Test(arguments: [
        ("business", DaySet.calendar("business", business)), ("uk-shops", .calendar("uk-shops", holidays)),
        ("sun", .weekdays([.sun])), ("day 31", .dayOfMonth(31)), ("last day", .lastDay),
        ("business day 3", .businessDay(3, business)), ("last business day", .lastBusinessDay(business)),
    ])
    func `days are read`(text: String, days: DaySet) throws {
        #expect(try Self.parser.parse("rows >= 1 on \(text)").days == days)
        #expect(try Self.parser.parseDays(text) == days)
    }

    @Test func `each missing column is a check of its own`() throws {
        let parsed = try Self.parser.parse("missing a,  column \"b c\" as ['']  <  5% where 'x' over table")
        #expect(
            parsed.bodies.map(\.text) == [
                "missing a as [''] < 5% where 'x' over table",
                "missing column \"b c\" as [''] < 5% where 'x' over table",
            ])
        for part in parsed.bodies {
            #expect(try Self.parser.parse(part.text).bodies.map(\.body) == [part.body])
        }
    }

    @Test func `a query may come from a file`() throws {
        let parsed = try Self.parser.parse("sql ../sql/orphans.sql returns no rows")
        #expect(parsed.sqlFile == "../sql/orphans.sql")
        #expect(try parsed.filled(with: "select 1").bodies.map(\.body) == [.sql("select 1", .noRows)])
        #expect(throws: CheckSyntaxError.self) { try parsed.filled(with: "delete from t") }
    }

    @Test func `block forms give the same as lines`() throws {
        let row = try Self.parser.parse(row: "a > 0\n  -- really\n  and b = 'x  y'\n", tail: "except 1")
        #expect(row.bodies.map(\.body) == [.row(.condition("a > 0\n  -- really\n  and b = 'x  y'\n"))])
        #expect(row.text == "row \"a > 0 and b = 'x  y'\" except 1")
        let pattern = try Self.parser.parse(column: "odd name", .matches, pattern: "^it's: [a-z]+$")
        #expect(pattern.text == "column \"odd name\" matches '^it''s: [a-z]+$'")
        #expect(pattern.bodies.map(\.body) == [.row(.matches("odd name", pattern: "^it's: [a-z]+$"))])
        let not = try Self.parser.parse(column: "rows", .doesNotMatch, pattern: "x")
        #expect(not.text == "column \"rows\" does not match 'x'")
        #expect(try Self.parser.parse(sql: " f.sql\n", expect: "returns no rows").sqlFile == "f.sql")
        let query = try Self.parser.parse(sql: "select \"a\"\nfrom t", expect: "= 1")
        #expect(query.text == "sql \"select \"\"a\"\" from t\" = 1")
        #expect(query.bodies.map(\.body) == [.sql("select \"a\"\nfrom t", .value(Self.number(.equal, "1")))])
        #expect(try Self.parser.parse("rows >= 1").narrowed(by: "a > 1").filter == "a > 1")
        #expect(throws: CheckSyntaxError.self) {
            try Self.parser.parse("rows >= 1 where 'b'").narrowed(by: "a > 1")
        }
    }

    @Test func `a condition of choose is a metric of a table`() throws {
        let condition = try Self.parser.parseChoiceCondition("rows  raw.orders > 5000000")
        #expect(condition.text == "rows raw.orders > 5000000")
        #expect(condition.metric == .rows)
        #expect(condition.table == AssetName(schema: "raw", table: "orders"))
        #expect(condition.comparison == Self.number(.greater, "5000000"))
        #expect(
            try Self.parser.parseChoiceCondition("missing raw.t.a < 5%").metric
                == .missing(column: "a", sentinels: []))
        for bad in [
            "rows > 5", "raw.orders > 5", "sum raw.orders > 5", "rows raw.orders",
            "rows raw.orders > 5 on mon",
        ] {
            #expect(throws: CheckSyntaxError.self) { try Self.parser.parseChoiceCondition(bad) }
        }
    }

    @Test(arguments: [
        ("raw.payments", Need.Reach.overlapping(within: nil)),
        ("raw.payments within 6h", .overlapping(within: Period(6, .hour))),
        ("raw.payments latest", .latest(within: nil)),
        ("raw.payments latest within 4d", .latest(within: Period(4, .day))),
        ("raw.payments last 30 days", .last(Period(30, .day))),
        ("raw.payments last 1 week", .last(Period(1, .week))),
        ("raw.payments last 2w", .last(Period(2, .week))),
    ])
    func `needs have a reach`(text: String, reach: Need.Reach) throws {
        #expect(try Self.parser.parseNeed(text) == Need(AssetName(schema: "raw", table: "payments"), reach))
    }

    @Test(arguments: [
        "", "payments", "raw.a last", "raw.a last 0d", "raw.a latest 4d", "raw.a last 3 moons", "raw.a foo",
    ])
    func `other needs are refused`(text: String) {
        #expect(throws: CheckSyntaxError.self) { try Self.parser.parseNeed(text) }
    }

    @Test func `long and strange lines end soon`() {
        let lines = [
            String(repeating: "a", count: 1 << 16), String(repeating: "missing ", count: 1 << 13),
            "missing " + (0..<10_000).map { "a\($0)" }.joined(separator: ", ") + " = 0",
            "a in [" + String(repeating: "x, ", count: 1 << 14) + "x]",
            String(repeating: "(", count: 1 << 16),
            "a matches '" + String(repeating: "(", count: 1 << 16) + "'",
            "columns include (a " + String(repeating: "(", count: 1 << 16),
            "row \"" + String(repeating: "[(", count: 1 << 15) + "\"",
            "a = " + String(repeating: "9", count: 1 << 16),
            String(repeating: "👩‍👩‍👧‍👦", count: 5_000), "a = '" + String(repeating: "'", count: 1 << 16),
        ]
        for line in lines {
            #expect(processorTime { _ = try? Self.parser.parse(line) } < .seconds(60))
        }
    }
}
