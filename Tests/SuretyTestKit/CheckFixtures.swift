import SuretyCore

extension CheckFixture {
    /// Every fixture.
    public static let all =
        [
            orders, nothing, times, odd, shapes, whole, gaps, names, missingTable, hours, unclearHours, kinds,
            slices, wages, leavings,
        ] + histories + values + shapesOfColumns + clocks + failing

    private static let london = Make.zone("Europe/London")
    private static let now = Make.instant("2026-11-20T09:00:00Z")

    /// Rows of two days with values of every kind, in London.
    public static let orders: CheckFixture = {
        var asset = Make.source("raw.orders")
        asset.key = ["id"]
        asset.privateColumns = ["email"]
        asset.params = ["least": .integer(10)]
        var context = CheckContext(now: now, zone: london)
        context.intervals = [
            Make.name("raw.payments"): IntervalRule(cadence: Cadence(.day, in: london), column: "paid_on")
        ]
        return CheckFixture(
            name: "orders",
            setup: [
                "DROP TABLE IF EXISTS raw.orders", "DROP TABLE IF EXISTS raw.payments",
                "DROP TABLE IF EXISTS raw.customers",
                """
                CREATE TABLE raw.orders (id bigint, day date, amount numeric(12,2), qty integer, code text,
                  email text, customer bigint, paid boolean, ratio double precision)
                """,
                """
                INSERT INTO raw.orders VALUES
                  (1, '2026-11-18', 5.00, 1, 'ABC-1', 'a@x.example', 1, true, 0.5),
                  (2, '2026-11-18', 6.00, 2, 'ABC-2', 'b@x.example', 2, true, 0.5),
                  (10, '2026-11-19', 10.00, 1, 'ABC-3', 'c@x.example', 1, true, 0.1),
                  (11, '2026-11-19', 20.50, 2, 'abc-4', 'no', 2, false, 0.2),
                  (12, '2026-11-19', NULL, 3, '', NULL, 3, NULL, 0.3),
                  (13, '2026-11-19', -3.00, NULL, NULL, 'd@x', NULL, true, NULL),
                  (2, '2026-11-19', 0.10, 2, 'N/A', 'e@x.example', 9, true, 0.4)
                """,
                "CREATE TABLE raw.customers (id bigint, name text)",
                "INSERT INTO raw.customers VALUES (1, 'one'), (2, 'two'), (3, 'three'), (NULL, 'none')",
                "CREATE TABLE raw.payments (paid_on date, amount numeric(12,2))",
                """
                INSERT INTO raw.payments VALUES ('2026-11-18', 11.00), ('2026-11-19', 27.60), ('2026-11-19', NULL)
                """,
            ],
            asset: asset, slice: Make.day("2026-11-19"), context: context,
            cases: orderMetrics + orderRows + orderDuplicates + orderQueries)
    }()

    private static let orderMetrics = [
        CheckCase("rows >= 1", .pass, observed: "5", rows: 5),
        CheckCase("rows = 7 over table", .pass, observed: "7"),
        CheckCase("rows = 7 over last 2d", .pass, observed: "7"),
        CheckCase("rows = 5 over last 24h", .pass, observed: "5"),
        CheckCase("rows between 5 and 6", .pass),
        CheckCase("rows not between 5 and 6", .fail, observed: "5"),
        CheckCase("rows = 2 where 'amount >= :least'", .pass, observed: "2"),
        CheckCase("rows = 5 where 'day = :interval_date' over table", .pass, observed: "5"),
        CheckCase("rows = 3 where 'paid'", .pass, observed: "3"),
        CheckCase("missing amount = 1", .pass, observed: "1", violations: 1, rows: 5),
        CheckCase("missing amount < 20%", .fail, observed: "1/5 (20%)", violations: 1),
        CheckCase("missing amount <= 20%", .pass, observed: "1/5 (20%)"),
        CheckCase("missing code as ['', 'N/A'] = 3", .pass, observed: "3"),
        CheckCase("missing code = 0", .fail, violations: 1).showing([], [["id": "13"]]),
        CheckCase("missing qty < 5% where 'id > 100'", .noEvidence),
        CheckCase("missing qty = 0 where 'id > 100'", .pass, observed: "0"),
        CheckCase("distinct qty = 3", .pass, observed: "3"),
        CheckCase("distinct qty <= 75%", .pass, observed: "3/4 (75%)"),
        CheckCase("distinct qty, customer = 4", .pass, observed: "4", rows: 4),
        CheckCase("min amount = -3", .pass, observed: "-3.00"),
        CheckCase("max amount <= 20.5", .pass, observed: "20.50"),
        CheckCase("sum amount = 27.6", .pass, observed: "27.60", rows: 4),
        CheckCase("avg amount = 6.9", .pass),
        CheckCase("avg qty = 2", .pass, observed: "2.0000000000000000"),
        CheckCase("sum qty = 8", .pass, observed: "8"),
        CheckCase("avg amount > 6.8999999999", .pass),
        CheckCase("stddev qty between 0.81 and 0.82", .pass),
        CheckCase("stddev amount > 0 where 'id = 10'", .noEvidence),
        CheckCase("median qty = 2", .pass, observed: "2"),
        CheckCase("median amount = 5.05", .pass),
        CheckCase("p25 qty = 1.75", .pass, observed: "1.75"),
        CheckCase("p99 amount > 20", .pass),
        CheckCase("sum ratio between 0.99 and 1.01", .pass, rows: 4),
        CheckCase("max ratio = 0.4", .pass, observed: "0.4"),
        CheckCase("min day = 2026-11-19", .pass, observed: "2026-11-19"),
        CheckCase("max day = yesterday", .pass, observed: "2026-11-19"),
        CheckCase("max day < interval end", .pass),
        CheckCase("max code = 'abc-4'", .pass, observed: "abc-4"),
        CheckCase("min amount > 0 where 'false'", .noEvidence),
        CheckCase("sum amount > 0 where 'amount is null'", .noEvidence),
        CheckCase("avg code > 1", .error, sqlState: "42804"),
        CheckCase("max paid = 1", .error, sqlState: "42804"),
        CheckCase("max day = 5", .error, sqlState: "42804"),
        CheckCase("sum amount equals sum raw.payments.amount", .pass, observed: "27.60"),
        CheckCase("rows equals rows raw.payments", .fail, observed: "5"),
        CheckCase("rows equals rows raw.payments over table", .fail, observed: "7"),
        CheckCase("sum amount within 1% of sum raw.payments.amount over table", .pass),
        CheckCase("sum amount within 50% of sum raw.customers.id", .fail),
        CheckCase("min amount equals min raw.payments.amount where 'false'", .noEvidence),
        CheckCase("rows equals rows raw.nowhere", .error, sqlState: "42P01"),
        CheckCase("rows >= 1 on mon", .notRun, why: "not on mon"),
        CheckCase("rows >= 1 on business", .pass),
        CheckCase("rows like usual", .notRun, observed: "5", why: "learning 1 of 4"),
        CheckCase("rows within 10% of previous", .fail, observed: "5", why: "compared with 2026-11-18")
            .expecting("within 10% of 2"),
        CheckCase("missing amount within 10% of previous", .fail, observed: "1").expecting("within 10% of 0"),
    ]

    private static let orderRows = [
        CheckCase("id not null", .pass, violations: 0, rows: 5),
        CheckCase("amount not null", .fail, violations: 1, rows: 5)
            .showing(["code", "email"], [["id": "12", "code": ""]]),
        CheckCase("amount not null except 1", .pass, violations: 1),
        CheckCase("amount not null except < 1 rows", .fail),
        CheckCase("amount not null except 20%", .pass, observed: "1/5 (20%)"),
        CheckCase("amount not null except 19.99%", .fail, observed: "1/5 (20%)"),
        CheckCase("amount >= 0", .fail, violations: 1, rows: 4).showing([], [["id": "13"]]),
        CheckCase("amount >= 0 except 25%", .pass, observed: "1/4 (25%)"),
        CheckCase("amount >= 0 where 'paid is not true'", .pass, violations: 0, rows: 1),
        CheckCase("amount >= 0 where 'false'", .pass, rows: 0, vacuous: true),
        CheckCase("amount between -3 and 20.5", .pass, rows: 4),
        CheckCase("amount not between 0 and 1", .fail, violations: 1),
        CheckCase("qty in [1, 2, 3]", .pass, rows: 4),
        CheckCase("qty not in [3]", .fail, violations: 1, rows: 4),
        CheckCase("code in ['ABC-3', 'N/A', '']", .fail, violations: 1, rows: 4),
        CheckCase("code = 'ABC-4'", .fail, violations: 4),
        CheckCase("amount in ['a']", .error, sqlState: "42804"),
        CheckCase("code in [1, 2]", .error, sqlState: "42804"),
        CheckCase("code = 2026-11-19", .error, sqlState: "42804"),
        CheckCase("day = 'x'", .error, sqlState: "42804"),
        CheckCase("code length <= 5", .pass, rows: 4),
        CheckCase("code length between 1 and 5", .fail, violations: 1),
        CheckCase("amount length < 5", .error, sqlState: "42804"),
        CheckCase("code matches '^[A-Z]{3}-'", .fail, violations: 3, rows: 4),
        CheckCase("code does not match 'N/A'", .fail, violations: 1),
        CheckCase("code like 'ABC%'", .fail, violations: 3),
        CheckCase("code not like '%bc%'", .fail, violations: 1),
        CheckCase("qty matches '1'", .error, sqlState: "42804"),
        CheckCase("email is email", .fail, violations: 2, rows: 4),
        CheckCase("customer references raw.customers.id", .fail, violations: 1, rows: 4)
            .showing([], [["id": "2"]]),
        CheckCase("customer references raw.customers.name", .error, sqlState: "42804"),
        CheckCase("customer references raw.nowhere.id", .error, sqlState: "42P01"),
        CheckCase("day not in future", .pass, rows: 5),
        CheckCase("day between interval start and interval end", .pass, rows: 5),
        CheckCase("day < today", .pass),
        CheckCase("day = yesterday", .pass),
        CheckCase("day > 2026-11-18", .pass),
        CheckCase("day < 2026-11-19T12:00", .pass),
        CheckCase("day = 2026-11-19T12:00", .fail, violations: 5),
        CheckCase("amount >= qty", .fail, violations: 1, rows: 3, unknown: 1),
        CheckCase("amount = code", .error, sqlState: "42804"),
        CheckCase("row 'amount >= 0'", .fail, violations: 1, rows: 4, unknown: 1),
        CheckCase("row 'amount > 0 or qty is null'", .pass, rows: 4, unknown: 1),
        CheckCase("row 'amount < :least' where 'qty > 1'", .fail, violations: 1),
        CheckCase("row 'nowhere > 1'", .error),
        CheckCase("row 'amount > :nowhere'", .error, sqlState: "42P02"),
        CheckCase("nowhere not null", .error, sqlState: "42703"),
        CheckCase("amout not null", .error, why: "Did you mean \"amount\"?", sqlState: "42703"),
        CheckCase("id increasing by id", .pass, rows: 5),
        CheckCase("qty increasing by id", .fail, violations: 1, rows: 4),
        CheckCase("qty decreasing by id", .fail, violations: 2),
        CheckCase("paid = 'true'", .fail, violations: 1, rows: 4),
    ]

    private static let orderDuplicates = [
        CheckCase("id unique", .fail, violations: 1, rows: 5, why: "1 value on 1 row, 1 surplus"),
        CheckCase("id unique over interval", .pass, violations: 0, rows: 5),
        CheckCase("id unique over table", .fail, violations: 2, rows: 7, why: "1 value on 2 rows, 1 surplus"),
        CheckCase("duplicates id = 0", .fail, observed: "1", violations: 1),
        CheckCase("duplicates id = 0 over interval", .pass, observed: "0"),
        CheckCase("duplicates id < 20%", .fail, observed: "1/5 (20%)"),
        CheckCase("duplicates id = 0 where 'false'", .pass, observed: "0", vacuous: true),
        CheckCase("duplicates id = 0% where 'false'", .noEvidence),
        CheckCase("customer unique over table", .fail, violations: 4, why: "2 values on 4 rows, 2 surplus"),
        CheckCase("id, day unique", .pass, rows: 5),
    ]

    private static let orderQueries = [
        CheckCase("sql 'select count(*) from raw.orders' = 7", .pass, observed: "7"),
        CheckCase("sql 'select count(*) from raw.orders where day = :interval_date' = 5", .pass),
        CheckCase(
            "sql 'select 1 from raw.orders where day >= :interval_start and day < :interval_end and amount < 0' returns no rows",
            .fail, violations: 1),
        CheckCase("sql 'select 1 from raw.orders where amount < -5' returns no rows", .pass, violations: 0),
        CheckCase("sql 'select id from raw.orders' > 0", .error),
        CheckCase("sql 'select 1, 2' > 0", .error),
        CheckCase("sql 'select max(amount) from raw.orders where false' > 0", .noEvidence),
        CheckCase("sql 'select nowhere' > 0", .error),
        CheckCase("sql 'select max(day) from raw.orders' = 2026-11-19", .pass),
        CheckCase("sql 'select min(code) from raw.orders where id = 10' = 'ABC-3'", .pass),
    ]

    /// A table with rows, none of them in the interval.
    public static let nothing: CheckFixture = {
        CheckFixture(
            name: "nothing in the interval",
            setup: [
                "DROP TABLE IF EXISTS raw.empty",
                "CREATE TABLE raw.empty (day date, a integer, t text, at timestamptz)",
                "INSERT INTO raw.empty VALUES ('2026-11-01', 1, 'x', '2026-11-01 10:00:00')",
            ],
            asset: Make.source("raw.empty"), slice: Make.day("2026-11-19"), context: CheckContext(now: now),
            cases: [
                CheckCase("rows = 0", .pass, observed: "0", rows: 0),
                CheckCase("rows >= 1", .fail, observed: "0"),
                CheckCase("missing a = 0", .pass, observed: "0"),
                CheckCase("missing a < 5%", .noEvidence),
                CheckCase("duplicates a = 0", .pass, observed: "0", vacuous: true),
                CheckCase("duplicates a < 1%", .noEvidence),
                CheckCase("distinct a = 0", .pass, observed: "0"),
                CheckCase("distinct a > 1%", .noEvidence),
                CheckCase("sum a > 0", .noEvidence), CheckCase("avg a > 0", .noEvidence),
                CheckCase("min a > 0", .noEvidence), CheckCase("median a > 0", .noEvidence),
                CheckCase("stddev a > 0", .noEvidence),
                CheckCase("a not null", .pass, rows: 0, vacuous: true),
                CheckCase("a unique", .pass, rows: 0, vacuous: true),
                CheckCase("a in [7]", .pass, vacuous: true),
                CheckCase("a references raw.empty.a", .pass, vacuous: true),
                CheckCase("row 'a > 5'", .pass, vacuous: true),
                CheckCase("a increasing by day", .pass, vacuous: true),
                CheckCase("at not in future", .pass, vacuous: true),
                CheckCase("a not null except 1%", .pass, vacuous: true),
                CheckCase("fresh at within 6h over interval", .noEvidence),
                CheckCase("fresh at within 30d", .pass, observed: "P18DT23H"),
                CheckCase("no gaps in day by day", .fail, violations: 18),
                CheckCase("rows like usual", .pass, observed: "0", why: "usual is 0, by 18 points"),
                CheckCase("rows within 10% of previous", .pass, observed: "0").expecting("within 10% of 0"),
                CheckCase("sum a within 10% of previous", .noEvidence, why: "there are no values here"),
                CheckCase("avg a within 10% of previous", .noEvidence),
                CheckCase("avg a like usual", .notRun, why: "learning 1 of 4"),
            ])
    }()

    /// Instants, wall times and dates around a change of clocks, in Berlin.
    public static let times: CheckFixture = {
        let berlin = Make.zone("Europe/Berlin")
        var asset = Make.source("raw.times")
        asset.interval = IntervalRule(cadence: Cadence(.day, in: berlin), column: "at")
        return CheckFixture(
            name: "times",
            setup: [
                "DROP TABLE IF EXISTS raw.times",
                "CREATE TABLE raw.times (id integer, at timestamptz, wall timestamp, day date)",
                """
                INSERT INTO raw.times VALUES
                  (1, '2026-10-24 22:00:00', '2026-10-25 00:00:00', '2026-10-25'),
                  (2, '2026-10-25 22:59:59', '2026-10-25 23:59:59', '2026-10-25'),
                  (3, '2026-10-25 23:00:00', '2026-10-26 00:00:00', '2026-10-26'),
                  (4, '2026-10-24 21:59:59', '2026-10-24 23:59:59', '2026-10-24'),
                  (5, '2026-10-25 12:00:00', '2026-10-25 13:00:00', '2026-10-27')
                """,
            ],
            asset: asset, slice: Make.day("2026-10-25", in: berlin),
            context: CheckContext(now: Make.instant("2026-10-25T23:00:30.500Z")),
            cases: [
                CheckCase("rows = 3", .pass, observed: "3"),
                CheckCase("max at < interval end", .pass, observed: "2026-10-25T23:59:59+01:00"),
                CheckCase("min at = interval start", .pass, observed: "2026-10-25T00:00:00+02:00"),
                CheckCase("max wall = 2026-10-25T23:59:59", .pass, observed: "2026-10-25T23:59:59+01:00"),
                CheckCase("max at < 2026-10-26", .pass),
                CheckCase("at = wall", .pass, rows: 3),
                CheckCase("day <= at", .fail, violations: 1, rows: 3),
                CheckCase("wall < now", .pass),
                CheckCase("day not in future", .fail, violations: 1),
                CheckCase("at not in future", .pass),
                CheckCase("wall not in future", .pass),
                CheckCase("fresh at within 1m", .pass, observed: "PT30.5S"),
                CheckCase("fresh wall within 30s", .fail, observed: "PT30.5S"),
                CheckCase("fresh day within 1h", .pass, observed: "PT0S", why: "1 value is in the future"),
                CheckCase("fresh id within 1h", .error, sqlState: "42804"),
                CheckCase("rows = 4 where 'id < 9' over last 1d", .fail, observed: "3"),
                CheckCase("rows = 3 over last 24h", .fail, observed: "2"),
                CheckCase("no gaps in at by hour over interval", .fail, violations: 22, rows: 3),
                CheckCase("rows within 100% of previous", .fail, observed: "3").expecting("within 100% of 1"),
                CheckCase("rows within 0% of median of last 1 where 'id in (1, 4)'", .pass, observed: "1"),
                CheckCase("rows like usual", .notRun, why: "learning 1 of 4"),
            ])
    }()

    /// Values that are no numbers, and times without end.
    public static let odd: CheckFixture = {
        CheckFixture(
            name: "odd values",
            setup: [
                "DROP TABLE IF EXISTS raw.odd",
                "CREATE TABLE raw.odd (id integer, x double precision, n numeric, at timestamptz, d date)",
            ],
            more: [
                .postgres: [
                    """
                    INSERT INTO raw.odd VALUES (1, 1, 1, '2026-11-20 08:00:00+00', '2026-11-19'),
                      (2, 'NaN', 'NaN', 'infinity', 'infinity'), (3, '-Infinity', 3, '-infinity', NULL)
                    """
                ],
                .sqlite: [
                    "INSERT INTO raw.odd VALUES (1, 1, 1, '2026-11-20 08:00:00', '2026-11-19'), (3, 9e999, 3, NULL, NULL)"
                ],
            ],
            asset: Make.source("raw.odd", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: [
                CheckCase("max x <= 1", .fail, observed: "1", violations: 1, why: "not finite").only(.sqlite),
                CheckCase("max x <= 1", .fail, observed: "1", violations: 2, why: "not finite").only(
                    .postgres),
                CheckCase("sum n = 4", .fail, observed: "4", violations: 1).only(.postgres),
                CheckCase("sum n = 4", .pass, observed: "4").only(.sqlite),
                CheckCase("median x = 1", .fail),
                CheckCase("x >= 0", .fail, violations: 2).only(.postgres),
                CheckCase("fresh at within 2h", .pass, observed: "PT1H", why: "1 value is in the future")
                    .only(.postgres),
                CheckCase("at not in future", .fail, violations: 1, rows: 3).only(.postgres),
                CheckCase("d not in future", .fail, violations: 1, rows: 2).only(.postgres),
                CheckCase("max at < now", .fail, observed: "2026-11-20T08:00:00+00:00").only(.postgres),
                CheckCase("fresh at within 1h", .pass, observed: "PT1H"),
                CheckCase("fresh at within 59m", .fail, observed: "PT1H"),
                CheckCase("fresh at within 1h where 'id = 2'", .fail).only(.postgres),
                CheckCase("fresh d within 9h", .pass, observed: "PT9H"),
            ])
    }()

    /// Formats of text.
    public static let shapes: CheckFixture = {
        let texts: [(String, [String], [String])] = [
            ("email", ["a@b.example", "x+y@sub.b.co"], ["a@b", "a b@c.de", "a@@b.c", "@b.c", "a@b.", ""]),
            ("uuid", ["9F2C4D1E-0000-4000-8000-000000000001"], ["9f2c4d1e00004000800000000000001", "x"]),
            (
                "url", ["https://x.example/a?b=c", "HTTP://localhost:80"],
                ["ftp://x", "http://", "http:// x", "x.example"]
            ),
            ("ipv4", ["10.0.0.1", "255.255.255.255"], ["256.0.0.1", "1.2.3.4.5", "::1", "x"]),
            (
                "ipv6", ["::1", "2001:db8::ff00:42:8329", "::ffff:1.2.3.4"],
                ["1.2.3.4", ":::1", "1:2:3", "g::"]
            ),
            (
                "date", ["2024-02-29", "2026-12-31"],
                ["2026-02-29", "2026-13-01", "2026-1-1", "0000-01-01", "x"]
            ),
            (
                "datetime", ["2026-11-19T08:00", "2026-11-19 08:00:00.5+01:00", "2026-11-19T08:00:00Z"],
                ["2026-11-19", "2026-11-19T24:00", "2026-02-30T08:00"]
            ),
            ("json", ["{\"a\": [1, null]}", "3", "\"x\""], ["{", "{a: 1}", "", "nope"]),
            ("integer", ["0", "-12", "+3"], ["1.0", "1e3", "", " 1"]),
            ("number", ["0", "-1.5", ".5", "1e-3", "+2E10"], ["", ".", "1,5", "NaN", "0x1"]),
        ]
        var rows: [String] = []
        var cases: [CheckCase] = []
        for (format, good, bad) in texts {
            rows += (good + bad).map { "('\(format)', '\($0)')" }
            cases.append(
                CheckCase(
                    "value is \(format) where \"format = '\(format)'\"", .fail, violations: Int64(bad.count),
                    rows: Int64(good.count + bad.count)))
        }
        return CheckFixture(
            name: "formats",
            setup: [
                "DROP TABLE IF EXISTS raw.shapes", "CREATE TABLE raw.shapes (format text, value text)",
                "INSERT INTO raw.shapes VALUES " + rows.joined(separator: ", "),
            ],
            asset: Make.source("raw.shapes", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: cases)
    }()

    /// A table without intervals, and its columns.
    public static let whole: CheckFixture = {
        CheckFixture(
            name: "whole table",
            setup: [
                "DROP TABLE IF EXISTS raw.whole",
                """
                CREATE TABLE raw.whole (id bigint PRIMARY KEY, name varchar(20) NOT NULL, price numeric(12,2),
                  at timestamptz, ok boolean, f float8)
                """,
                """
                INSERT INTO raw.whole VALUES (1, 'é', 1.10, '2026-11-20 08:00:00', true, 1.5),
                  (2, 'two', 2.20, '2026-11-20 08:30:00', false, 2.5), (3, 'two', 3.30, NULL, NULL, NULL)
                """,
            ],
            asset: Make.source("raw.whole", days: nil), slice: .whole,
            context: CheckContext(now: now, zone: london),
            cases: [
                CheckCase("rows = 3", .pass), CheckCase("rows = 3 over table", .pass),
                CheckCase("rows = 3 over last 2d", .error),
                CheckCase("name unique", .fail, violations: 2, why: "1 value on 2 rows, 1 surplus")
                    .showing(["name"], [["id": "2", "name": "two"], ["id": "3", "name": "two"]]),
                CheckCase("name length = 1", .fail, violations: 2),
                CheckCase("sum price = 6.6", .pass, observed: "6.60"),
                CheckCase("avg price = 2.2", .pass),
                CheckCase("stddev price = 1.1", .pass),
                CheckCase("median price = 2.2", .pass),
                CheckCase("avg f = 2", .pass, observed: "2"),
                CheckCase("sum price equals sum raw.whole.price", .pass),
                CheckCase("avg price equals avg raw.whole.price", .pass),
                CheckCase("at < interval end", .error),
                CheckCase("columns include (id int8, price numeric)", .pass),
                CheckCase("columns include (price decimal(12,2), at timestamp with time zone)", .pass),
                CheckCase("columns include (price numeric(10,2))", .fail, violations: 1),
                CheckCase("columns include (nowhere text)", .fail, why: "there is no column nowhere"),
                CheckCase(
                    "columns are (f double precision, id bigint, name character varying(20), price numeric, at timestamptz, ok bool)",
                    .pass),
                CheckCase("columns are (id bigint, name varchar)", .fail, violations: 4),
                CheckCase(
                    "columns are in order (id bigint, name varchar, price numeric, at timestamptz, ok bool, f float)",
                    .pass),
                CheckCase(
                    "columns are in order (name varchar, id bigint, price numeric, at timestamptz, ok bool, f float)",
                    .fail),
                CheckCase("columns unchanged", .notRun, why: "first sight recorded"),
                CheckCase("rows > 0 on fri", .pass), CheckCase("rows > 0 on sat", .notRun),
            ])
    }()

    /// Days, business days and weeks without rows.
    public static let gaps: CheckFixture = {
        var asset = Make.source("raw.gaps")
        asset.since = CivilDate("2026-11-03")
        return CheckFixture(
            name: "gaps",
            setup: [
                "DROP TABLE IF EXISTS raw.gaps", "CREATE TABLE raw.gaps (day date, at timestamptz)",
                """
                INSERT INTO raw.gaps VALUES ('2026-11-02', '2026-11-02 09:00:00'), ('2026-11-03', '2026-11-03 09:00:00'),
                  ('2026-11-04', '2026-11-04 09:00:00'), ('2026-11-05', '2026-11-05 09:00:00'),
                  ('2026-11-06', '2026-11-06 09:00:00'), ('2026-11-09', '2026-11-09 23:30:00')
                """,
            ],
            asset: asset, slice: Make.day("2026-11-10"), context: CheckContext(now: now),
            cases: [
                CheckCase(
                    "no gaps in day by day", .fail, violations: 3, why: "2026-11-07, 2026-11-08, 2026-11-10"),
                CheckCase("no gaps in day by business day", .fail, violations: 1, why: "2026-11-10"),
                CheckCase("no gaps in at by business day over table", .pass, violations: 0),
                CheckCase("no gaps in day by week", .pass),
                CheckCase("no gaps in day by month", .pass, vacuous: true),
                CheckCase("no gaps in day by day over table", .fail, violations: 2),
                CheckCase("no gaps in day by day over last 1d", .fail, violations: 1),
                CheckCase("no gaps in at by hour over last 1d", .fail, violations: 24),
                CheckCase("no gaps in day by hour", .error),
                CheckCase("no gaps in day by day where 'false'", .noEvidence),
            ])
    }()

    /// Names that must be quoted.
    public static let names: CheckFixture = {
        var asset = Make.source("raw.wéird", days: nil)
        asset.key = ["select"]
        return CheckFixture(
            name: "names",
            setup: [
                "DROP TABLE IF EXISTS raw.\"wéird\"",
                "CREATE TABLE raw.\"wéird\" (\"select\" integer, \"we\"\"ird col\" text, \"rows\" integer)",
                "INSERT INTO raw.\"wéird\" VALUES (1, 'a', 1), (2, NULL, 1)",
            ],
            asset: asset, slice: .whole, context: CheckContext(now: now),
            cases: [
                CheckCase("select unique", .pass, rows: 2),
                CheckCase("column \"we\"\"ird col\" not null", .fail, violations: 1).showing(
                    [], [["select": "2"]]),
                CheckCase("column \"rows\" = 1", .pass, rows: 2),
                CheckCase("sum column \"rows\" = 2", .pass, observed: "2"),
            ])
    }()

    /// A table that is not there.
    public static let missingTable = CheckFixture(
        name: "missing table", setup: ["DROP TABLE IF EXISTS raw.nowhere"],
        asset: Make.source("raw.nowhere"), slice: Make.day("2026-11-19"), context: CheckContext(now: now),
        cases: [
            CheckCase("rows >= 1", .error, why: "there is no table raw.nowhere", sqlState: "42P01"),
            CheckCase("id not null", .error, sqlState: "42P01"),
        ])

    /// Hours of a column without a zone, and weeks of instants in another table.
    public static let hours: CheckFixture = {
        var asset = Make.source("raw.hours")
        let cadence = Cadence(.hour, in: Make.zone("Africa/Lagos"))
        asset.interval = IntervalRule(cadence: cadence, column: "at")
        asset.privateColumns = ["secret"]
        asset.key = ["id", "secret"]
        let slice = cadence.interval(containing: Make.instant("2026-06-01T09:30:00Z")).map(Slice.interval)
        var context = CheckContext(now: Make.instant("2026-06-01T10:00:00.250Z"), isNewest: false)
        context.accepted = ["raw.hours/1": "known since May"]
        return CheckFixture(
            name: "hours",
            setup: [
                "DROP TABLE IF EXISTS raw.hours",
                "CREATE TABLE raw.hours (id integer, at timestamp, secret text, n numeric(20,4))",
                """
                INSERT INTO raw.hours VALUES (1, '2026-06-01 10:00:00', 'a', 123456789.1234),
                  (2, '2026-06-01 10:59:59', 'b', 0.0001), (3, '2026-06-01 11:00:00', 'c', 1), (4, NULL, 'd', 1)
                """,
            ],
            asset: asset, slice: slice ?? .whole, context: context,
            cases: [
                CheckCase("rows = 2", .pass),
                CheckCase("n > 1", .fail, violations: 1, why: "accepted: known since May")
                    .showing(["secret", "n"], [["id": "2", "n": "0.0001"]]),
                CheckCase("sum n = 123456789.1235", .pass, observed: "123456789.1235"),
                CheckCase("fresh at within 1h", .notRun, why: "not the newest interval"),
                CheckCase("at >= interval start", .pass), CheckCase("at < interval end", .pass),
                CheckCase("min at = 2026-06-01T10:00", .pass, observed: "2026-06-01T10:00:00+01:00"),
                CheckCase("row 'at >= :interval_start and at < :interval_end'", .pass, rows: 2),
                CheckCase("row ':interval_date is null'", .error, sqlState: "42P02"),
                CheckCase("at not null over table", .fail, violations: 1, rows: 4),
                CheckCase("no gaps in at by hour over interval", .pass),
                CheckCase("rows >= 1 on tue", .notRun), CheckCase("rows >= 1 on mon", .pass),
            ])
    }()

    /// Hours of wall times where clocks change: each check that asks for the hour says that it is not clear.
    public static let unclearHours: CheckFixture = {
        var asset = Make.source("raw.unclear")
        let cadence = Cadence(.hour, in: london)
        asset.interval = IntervalRule(cadence: cadence, column: "at")
        let slice = cadence.interval(containing: Make.instant("2026-06-01T09:30:00Z")).map(Slice.interval)
        return CheckFixture(
            name: "unclear hours",
            setup: [
                "DROP TABLE IF EXISTS raw.unclear", "CREATE TABLE raw.unclear (id integer, at timestamp)",
                "INSERT INTO raw.unclear VALUES (1, '2026-06-01 10:00:00')",
            ],
            asset: asset, slice: slice ?? .whole,
            context: CheckContext(now: Make.instant("2026-06-01T10:00:00Z")),
            cases: [
                CheckCase("rows = 1", .error, why: "not clear where clocks change"),
                CheckCase("rows like usual", .error, why: "not clear where clocks change"),
                CheckCase("rows = 1 over table", .pass),
            ])
    }()

    /// Types that only PostgreSQL has, and text that only looks like values.
    public static let kinds: CheckFixture = {
        CheckFixture(
            name: "kinds",
            setup: ["DROP TABLE IF EXISTS raw.kinds"],
            more: [
                .postgres: [
                    "DROP TYPE IF EXISTS raw.mood", "CREATE TYPE raw.mood AS ENUM ('sad', 'ok')",
                    """
                    CREATE TABLE raw.kinds (id integer, u uuid, j jsonb, b bytea, m raw.mood, wait interval,
                      r real, c char(5), tags text[], t time, big double precision, cash money, ip inet,
                      mac macaddr, tz timetz)
                    """,
                    """
                    INSERT INTO raw.kinds VALUES
                      (1, '9f2c4d1e-0000-4000-8000-000000000001', '{}', '\\x00', 'sad', '90 seconds', 0.1, 'USD', '{a}',
                        '08:00', 1e308, 1, '10.0.0.1', '08:00:2b:01:02:03', '08:00+00'),
                      (2, NULL, NULL, NULL, 'ok', '1 day', 0.2, 'EUR', NULL, '09:00:30.5', 1e308, 2, '10.0.0.2/32', '08-00-2b-01-02-04', '09:00+01')
                    """,
                ],
                .sqlite: [
                    "CREATE TABLE raw.kinds (id integer, n numeric(10,2), anything, u uuid)",
                    "INSERT INTO raw.kinds VALUES (1, 'abc', 5, 'x'), (2, 2.5, 'five', 'y')",
                ],
            ],
            asset: Make.source("raw.kinds", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: [
                CheckCase("u = '9F2C4D1E-0000-4000-8000-000000000001'", .pass, rows: 1).only(.postgres),
                CheckCase("u = 'no uuid'", .error, sqlState: "22P02").only(.postgres),
                CheckCase("u unique", .pass).only(.postgres),
                CheckCase("min j > 1", .error, sqlState: "42804").only(.postgres),
                CheckCase("j = 'x'", .error, sqlState: "42804").only(.postgres),
                CheckCase("j not null", .fail, violations: 1).only(.postgres),
                CheckCase("sum b > 1", .error).only(.postgres),
                CheckCase.proved("m in [sad, ok]", by: "the type raw.mood").only(.postgres),
                CheckCase("m = 'sad'", .fail, violations: 1).only(.postgres),
                CheckCase("m matches 's'", .error).only(.postgres),
                CheckCase("max wait <= 1d", .pass, observed: "P1D").only(.postgres),
                CheckCase("avg wait > 1h", .pass).only(.postgres),
                CheckCase("median wait = 43245s", .pass, observed: "PT12H45S").only(.postgres),
                CheckCase("wait <= 2m", .fail, violations: 1).only(.postgres),
                CheckCase("wait > 5", .error).only(.postgres),
                CheckCase("r in [0.1, 0.2]", .pass, rows: 2).only(.postgres),
                CheckCase("r = 0.1", .fail, violations: 1).only(.postgres),
                CheckCase("max r = 0.2", .pass, observed: "0.2").only(.postgres),
                CheckCase("c in [USD, EUR]", .pass).only(.postgres),
                CheckCase("c length = 3", .pass).only(.postgres),
                CheckCase("tags = 'a'", .error).only(.postgres),
                CheckCase("tags not null", .fail, violations: 1).only(.postgres),
                CheckCase("t = '08:00'", .fail, violations: 1).only(.postgres),
                CheckCase("min t = '8:00'", .pass, observed: "08:00:00").only(.postgres),
                CheckCase("max t between '09:00:30.5' and '10:00'", .pass).only(.postgres),
                CheckCase("max t < 'noon'", .error).only(.postgres),
                CheckCase("max t < '9:00'", .fail, observed: "09:00:30.5").only(.postgres),
                CheckCase("ip in ['10.0.0.1', '10.0.0.2']", .pass, rows: 2).only(.postgres),
                CheckCase("ip >= '9.0.0.0'", .pass, rows: 2).only(.postgres),
                CheckCase("ip = 'no address'", .error, sqlState: "22P02").only(.postgres),
                CheckCase("mac in ['08:00:2B:01:02:03', '08002b010204']", .pass, rows: 2).only(.postgres),
                CheckCase("tz = '08:00+00'", .fail, violations: 1).only(.postgres),
                CheckCase("m >= 'ok'", .fail, violations: 1).only(.postgres),
                CheckCase("m = 'glad'", .error, sqlState: "22P02").only(.postgres),
                CheckCase("sum big > 0", .error, sqlState: "22003").only(.postgres),
                CheckCase("max big > 0", .pass).only(.postgres),
                CheckCase("cash > 1", .error).only(.postgres),
                CheckCase("row '1 / (id - 1) > 0'", .error, sqlState: "22012").only(.postgres),
                CheckCase("id not null where 'count(*) > 1'", .error).only(.postgres),
                CheckCase("id not null where '1 = 1 -- always'", .pass, rows: 2),
                CheckCase("c matches '\\p{L}'", .error, sqlState: "2201B").only(.postgres),
                CheckCase("id not null", .pass, rows: 2),
                CheckCase("sum n = 2.5", .fail, observed: "2.50", violations: 1).only(.sqlite),
                CheckCase("n > 1", .fail, violations: 1).only(.sqlite),
                CheckCase("anything not null", .pass).only(.sqlite),
                CheckCase("anything = 5", .fail, violations: 1).only(.sqlite),
                CheckCase("u in ['x', 'y']", .pass).only(.sqlite),
            ])
    }()

    /// Rows of which some came from one bad file.
    static let slices: CheckFixture = {
        var asset = Make.source("raw.slices")
        asset.key = ["id"]
        asset.privateColumns = ["email"]
        return CheckFixture(
            name: "slices",
            setup: [
                "DROP TABLE IF EXISTS raw.slices", "DROP TABLE IF EXISTS raw.known",
                """
                CREATE TABLE raw.slices (id bigint, day date, amount numeric(12,2), code text, email text,
                  source_file text, region text, shop integer, ref bigint)
                """,
                """
                INSERT INTO raw.slices VALUES
                  (1, '2026-11-19', 5, 'A', 'same@x.example', 'x.csv', 'north', 1, 1),
                  (2, '2026-11-19', -1, NULL, 'same@x.example', 'y''s.csv', 'north', 2, 9),
                  (3, '2026-11-19', -2, NULL, 'same@x.example', 'y''s.csv', 'north', 2, 9),
                  (4, '2026-11-19', 7, 'B', 'other@x.example', 'z.csv', 'north', 2, 2),
                  (5, '2026-11-19', 8, 'C', 'other@x.example', 'z.csv', 'south', 3, 3),
                  (6, '2026-11-19', 9, 'C', 'other@x.example', 'z.csv', 'south', 3, NULL),
                  (7, '2026-11-20', -9, NULL, 'other@x.example', 'w.csv', 'west', 4, 9)
                """,
                "CREATE TABLE raw.known (id bigint)", "INSERT INTO raw.known VALUES (1), (2), (3)",
            ],
            asset: asset, slice: Make.day("2026-11-19"), context: CheckContext(now: now, zone: london),
            cases: [
                // Two columns explain it; the file is the narrower slice.
                CheckCase("amount >= 0", .fail, violations: 2).common(
                    "all 2 rows have source_file = 'y''s.csv'"),
                CheckCase("missing code = 0", .fail, violations: 2)
                    .common("all 2 rows have source_file = 'y''s.csv'"),
                CheckCase("row 'amount >= 0'", .fail, violations: 2)
                    .common("all 2 rows have source_file = 'y''s.csv'"),
                CheckCase("ref references raw.known.id", .fail, violations: 2).common(nil),
                CheckCase("code unique", .fail, violations: 2).common(nil),
                CheckCase("shop < 2", .fail, violations: 5).common(nil),
                CheckCase("shop < 3 where \"region = 'south'\"", .fail, violations: 2)
                    .common("all 2 rows have code = 'C'"),
                CheckCase("amount >= 0 over table", .fail, violations: 3).common("all 3 rows have ref = 9"),
                CheckCase("amount > -2", .fail, violations: 1).common(nil),
                CheckCase("row 'id < 0'", .fail, violations: 6).common(nil),
                CheckCase("email = 'x'", .fail, violations: 6).common(nil),
                CheckCase("shop = 2", .fail, violations: 3).common(nil),
                CheckCase("amount > 7.5 where 'shop = 2'", .fail, violations: 3).common(
                    "all 3 rows have shop = 2"),
            ])
    }()
}
