import SuretyCore

extension CheckFixture {
    /// Every family of checks about tables of no row and one row, and about values that are missing, repeated, odd or
    /// without end.
    static let values = [
        none, single, numbers, endless, endlessDays, texts, citext(in: "public"), citext(in: "elsewhere"),
        tolerances,
    ]

    private static let london = Make.zone("Europe/London")
    private static let now = Make.instant("2026-11-20T09:00:00Z")

    private static let columns =
        "id integer, a integer, t text, d date, at timestamptz, wall timestamp, x double precision, n numeric(10,2)"

    /// A table without rows.
    static let none = CheckFixture(
        name: "no rows",
        setup: ["DROP TABLE IF EXISTS raw.none", "CREATE TABLE raw.none (\(columns))"],
        asset: Make.source("raw.none", days: nil), slice: .whole,
        context: CheckContext(now: now, zone: london),
        cases: noMetrics + noRules + noQueries)

    private static let noMetrics =
        [
            CheckCase("rows = 0", .pass, observed: "0", rows: 0),
            CheckCase("rows >= 1", .fail, observed: "0"),
            CheckCase("missing a = 0", .pass, observed: "0", violations: 0, rows: 0),
            CheckCase("missing a <= 5%", .noEvidence),
            CheckCase("duplicates a, t = 0", .pass, observed: "0", rows: 0, vacuous: true),
            CheckCase("duplicates a > 0", .fail, observed: "0"),
            CheckCase("duplicates a = 0%", .noEvidence),
            CheckCase("distinct a, t = 0", .pass, observed: "0"), CheckCase("distinct a >= 0%", .noEvidence),
            CheckCase("avg t > 1", .error, sqlState: "42804"),
        ]
        + [
            "min a", "max t", "avg n", "sum x", "stddev a", "median x", "p99 n", "min d", "max at",
            "min wall",
        ].map { metric in
            CheckCase(
                "\(metric) = \(metric == "max t" ? "'x'" : metric.hasPrefix("min ") || metric == "max at" ? metric == "min a" ? "1" : "2026-11-19" : "1")",
                .noEvidence)
        }

    private static let noRules =
        [
            "a not null", "a in [1]", "a not in [1]", "a >= 1", "a between 1 and 2", "a not between 1 and 2",
            "a = id", "x != 1", "t = 'x'", "t length = 1", "t matches 'x'", "t does not match 'x'",
            "t like 'x'", "t not like 'x'", "t is email", "t is json", "a references raw.none.a",
            "d not in future", "at not in future", "wall not in future", "a increasing by d",
            "a strictly increasing by at", "x decreasing by wall", "t strictly decreasing by n",
            "row 'a > 1'", "a, t unique", "n unique", "a not null except 0", "a not null except 0%",
            "d < at", "wall < now",
        ].map { CheckCase($0, .pass, violations: 0, rows: 0, vacuous: true) }
        + [
            CheckCase("nowhere not null", .error, sqlState: "42703"),
            CheckCase("d matches 'x'", .error, sqlState: "42804"),
            CheckCase("a in ['x']", .error, sqlState: "42804"),
        ]

    private static let noQueries = [
        CheckCase("fresh at within 1h", .noEvidence), CheckCase("fresh d within 1h", .noEvidence),
        CheckCase("fresh wall within 1h", .noEvidence),
        CheckCase("no gaps in d by day", .noEvidence), CheckCase("no gaps in at by hour", .noEvidence),
        CheckCase("no gaps in wall by month over table", .noEvidence),
        CheckCase("rows equals rows raw.none", .pass, observed: "0"),
        CheckCase("rows within 10% of rows raw.none", .pass, observed: "0"),
        CheckCase("sum a equals sum raw.none.a", .noEvidence),
        CheckCase("rows within 10% of previous", .notRun, why: "learning 0 of 1"),
        CheckCase("rows like usual", .notRun, why: "learning 0 of 4"),
        CheckCase("sql 'select a from raw.none' returns no rows", .pass, violations: 0),
        CheckCase("sql 'select max(a) from raw.none' > 0", .noEvidence),
        CheckCase("sql 'select a from raw.none' > 0", .error),
        CheckCase("columns include (a integer)", .pass),
    ]

    /// A table of one row.
    static let single: CheckFixture = {
        let passes = [
            "a not null", "a in [5]", "a not in [6]", "a between 5 and 5", "a = 5", "a unique", "a, t unique",
            "t matches '^f'", "a increasing by d", "a strictly increasing by id",
            "a strictly decreasing by id",
            "row 'a = 5'", "at not in future", "d < at", "at = wall", "a references raw.single.a",
        ]
        return CheckFixture(
            name: "one row",
            setup: [
                "DROP TABLE IF EXISTS raw.single", "CREATE TABLE raw.single (\(columns))",
                """
                INSERT INTO raw.single VALUES (1, 5, 'five', '2026-11-19', '2026-11-20 08:00:00',
                  '2026-11-20 08:00:00', 1.5, 2.50)
                """,
            ],
            asset: Make.source("raw.single", days: nil), slice: .whole,
            context: CheckContext(now: now, zone: london),
            cases: passes.map { CheckCase($0, .pass, violations: 0, rows: 1) } + [
                CheckCase("rows = 1", .pass, observed: "1"),
                CheckCase("missing a = 0%", .pass, observed: "0/1 (0%)", violations: 0),
                CheckCase("duplicates a = 0", .pass, observed: "0", violations: 0, rows: 1),
                CheckCase("duplicates a = 0%", .pass, observed: "0/1 (0%)"),
                CheckCase("distinct a = 100%", .pass, observed: "1/1 (100%)"),
                CheckCase("min a = 5", .pass, observed: "5", rows: 1), CheckCase("max t = 'five'", .pass),
                CheckCase("avg n = 2.5", .pass), CheckCase("sum n = 2.5", .pass, observed: "2.50"),
                CheckCase("stddev a >= 0", .noEvidence), CheckCase("stddev x >= 0", .noEvidence),
                CheckCase("median x = 1.5", .pass, observed: "1.5"), CheckCase("p1 a = 5", .pass),
                CheckCase("p99 a = 5", .pass), CheckCase("a = 6", .fail, violations: 1, rows: 1),
                CheckCase("a = 6 except 100%", .pass, observed: "1/1 (100%)", violations: 1),
                CheckCase("a = 6 except 99.99%", .fail, observed: "1/1 (100%)"),
                CheckCase("fresh at within 1h", .pass, observed: "PT1H"),
                CheckCase("fresh d within 9h", .pass, observed: "PT9H"),
                CheckCase("no gaps in d by day", .pass, violations: 0, rows: 1),
                CheckCase("no gaps in at by hour", .pass, violations: 0, rows: 1),
                CheckCase("no gaps in d by business day", .pass),
                CheckCase("no gaps in wall by month", .pass),
                CheckCase("sum a equals sum raw.single.a", .pass),
                CheckCase("sql 'select a from raw.single' = 5", .pass, observed: "5"),
            ])
    }()

    /// Numbers that are none or have no end, missing and repeated ones.
    static let numbers: CheckFixture = {
        var asset = Make.source("raw.numbers", days: nil)
        asset.key = ["id"]
        return CheckFixture(
            name: "numbers",
            setup: [
                "DROP TABLE IF EXISTS raw.numbers",
                "CREATE TABLE raw.numbers (id integer, x double precision, n numeric, q integer)",
                """
                INSERT INTO raw.numbers VALUES (1, 1, 1, 1), (2, 1, 1, NULL), (6, NULL, NULL, NULL), (7, 2.5, 2.5, 7)
                """,
            ],
            more: [
                .postgres: [
                    """
                    INSERT INTO raw.numbers VALUES (3, 'NaN', 'NaN', 3), (4, 'Infinity', 'Infinity', 3),
                      (5, '-Infinity', '-Infinity', 5), (8, 'NaN', 4, 7)
                    """
                ],
                .sqlite: ["INSERT INTO raw.numbers VALUES (4, 9e999, 9e999, 3), (5, -9e999, -9e999, 5)"],
            ],
            asset: asset, slice: .whole, context: CheckContext(now: now),
            cases: finiteNumbers + endlessNumbers + oddMetrics.map { $0.only(.postgres) }
                + oddRules.map { $0.only(.postgres) })
    }()

    private static let finiteNumbers: [CheckCase] = ["x", "n"].flatMap { column in
        [
            CheckCase("min \(column) = 1", .pass, observed: "1", rows: 3),
            CheckCase("max \(column) = 2.5", .pass, observed: "2.5"),
            CheckCase("sum \(column) = 4.5", .pass, observed: "4.5", rows: 3),
            CheckCase("avg \(column) = 1.5", .pass),
            CheckCase("median \(column) = 1", .pass, observed: "1"),
            CheckCase("p75 \(column) = 1.75", .pass, observed: "1.75"),
            CheckCase("stddev \(column) between 0.86602 and 0.86603", .pass),
            CheckCase("missing \(column) = 25%", .pass, observed: "1/4 (25%)", violations: 1),
            CheckCase("distinct \(column) = 2", .pass, observed: "2", rows: 3),
            CheckCase("duplicates \(column) = 1", .pass, observed: "1", rows: 3),
            CheckCase("\(column) unique", .fail, violations: 2, rows: 3, why: "1 value on 2 rows, 1 surplus")
                .showing([], [["id": "1"], ["id": "2"]]),
        ].map { wanted in
            var wanted = wanted
            wanted.check += " where 'id in (1, 2, 6, 7)'"
            return wanted
        }
    }

    private static let endlessNumbers: [CheckCase] = ["x", "n"].flatMap { column in
        [
            CheckCase("max \(column) < 9", .fail, observed: "1", violations: 2, rows: 1, why: "not finite"),
            CheckCase("sum \(column) = 1", .fail, observed: "1", violations: 2),
            CheckCase("median \(column) = 1", .fail, violations: 2),
            CheckCase("avg \(column) = 1", .fail, violations: 2),
            CheckCase("\(column) <= 1", .fail, violations: 1, rows: 3).showing([], [["id": "4"]]),
            CheckCase("\(column) >= 0", .fail, violations: 1, rows: 3).showing([], [["id": "5"]]),
            CheckCase("\(column) between 0 and 3", .fail, violations: 2, rows: 3),
            CheckCase("\(column) in [1]", .fail, violations: 2, rows: 3),
            CheckCase("\(column) not in [1]", .fail, violations: 1, rows: 3),
            CheckCase("\(column) unique", .pass, rows: 3),
            CheckCase("distinct \(column) = 3", .pass, observed: "3", rows: 3),
            CheckCase("\(column) increasing by id", .fail, violations: 1, rows: 3),
            CheckCase("\(column) decreasing by id", .fail, violations: 1, rows: 3),
            CheckCase("row '\(column) > 0'", .fail, violations: 1, rows: 3, unknown: 0),
        ].map { wanted in
            var wanted = wanted
            wanted.check += " where 'id in (1, 4, 5)'"
            return wanted
        }
    }

    private static let oddMetrics = [
        CheckCase("rows = 8", .pass),
        CheckCase("missing x = 1", .pass, observed: "1", violations: 1, rows: 8),
        CheckCase("missing x < 13%", .pass, observed: "1/8 (12.5%)"),
        CheckCase("missing x < 12.5%", .fail),
        CheckCase("distinct x = 5", .pass, observed: "5", rows: 7),
        CheckCase("duplicates x = 2", .pass, violations: 2, why: "2 values on 4 rows, 2 surplus"),
        CheckCase("duplicates x, n = 1", .pass, rows: 7), CheckCase("distinct x, q = 6", .pass, rows: 6),
        CheckCase("x, n unique", .fail, violations: 2, rows: 7),
        CheckCase("min x = 1", .fail, observed: "1", violations: 4, why: "not finite"),
        CheckCase("max x = 2.5", .fail, observed: "2.5", violations: 4),
        CheckCase("avg x = 1.5", .fail, observed: "1.5", violations: 4),
        CheckCase("stddev x > 0", .fail, violations: 4), CheckCase("p99 x > 0", .fail, violations: 4),
        CheckCase("median n = 1.75", .fail, observed: "1.75", violations: 3),
        CheckCase("sum n = 8.5", .fail, observed: "8.5", violations: 3, rows: 4),
        CheckCase("max x > 0 where 'id in (3, 4)'", .fail, violations: 2),
        CheckCase("max n > 0 where 'id in (3, 4, 6)'", .fail, violations: 2),
        CheckCase("max n > 0 where 'id = 6'", .noEvidence),
        CheckCase("rows equals rows raw.numbers", .pass),
        CheckCase("sum x equals sum raw.numbers.x", .fail, why: "not finite"),
        CheckCase("sum x equals sum raw.numbers.x where 'id = 1'", .fail, observed: "1", why: "not finite"),
        CheckCase("sql 'select max(x) from raw.numbers' > 0", .fail, observed: "NaN"),
    ]

    private static let oddRules = [
        CheckCase("x not null", .fail, violations: 1, rows: 8),
        CheckCase("x not null except 12.5%", .pass, observed: "1/8 (12.5%)"),
        CheckCase("x unique", .fail, violations: 4, rows: 7),
        CheckCase("x in [1, 2.5]", .fail, violations: 4, rows: 7),
        CheckCase("x not in [1]", .fail, violations: 2, rows: 7),
        CheckCase("x >= 0", .fail, violations: 3, rows: 7),
        CheckCase("x <= 1", .fail, violations: 4, rows: 7),
        CheckCase("n <= 4", .fail, violations: 2, rows: 7),
        CheckCase("x != 1", .fail, violations: 2, rows: 7),
        CheckCase("x = 1", .fail, violations: 5, rows: 7),
        CheckCase("x between 0 and 3", .fail, violations: 4, rows: 7),
        CheckCase("x = n", .fail, violations: 1, rows: 7, unknown: 0),
        CheckCase("q = x", .fail, violations: 5, rows: 6, unknown: 0),
        CheckCase("x = q", .fail, violations: 5, rows: 6, unknown: 1),
        CheckCase("x increasing by id where 'id not in (3, 8)'", .fail, violations: 1, rows: 5),
        CheckCase("x strictly increasing by id where 'id not in (3, 8)'", .fail, violations: 2, rows: 5),
        CheckCase("x decreasing by id where 'id not in (3, 8)'", .fail, violations: 2, rows: 5),
        CheckCase("row 'x > 0'", .fail, violations: 1, rows: 7, unknown: 1),
        CheckCase("x references raw.numbers.x", .pass, rows: 7),
        CheckCase("x references raw.numbers.n", .pass, rows: 7),
        CheckCase("n references raw.numbers.x", .fail, violations: 1, rows: 7).showing([], [["id": "8"]]),
    ]

    private static func endlessSetup(_ table: String) -> [String] {
        [
            "DROP TABLE IF EXISTS raw.\(table)",
            "CREATE TABLE raw.\(table) (id integer, at timestamptz, wall timestamp, d date)",
            """
            INSERT INTO raw.\(table) VALUES
              (1, '2026-11-20 08:00:00', '2026-11-20 08:00:00', '2026-11-19'), (4, NULL, NULL, NULL),
              (5, '2026-11-20 09:04:59', '2026-11-20 09:04:59', '2026-11-20'),
              (6, '2026-11-20 09:05:01', '2026-11-20 09:05:01', '2026-11-21')
            """,
        ]
    }

    private static func endlessRows(_ table: String) -> [Warehouse: [String]] {
        [
            .postgres: [
                """
                INSERT INTO raw.\(table) VALUES (2, 'infinity', 'infinity', 'infinity'),
                  (3, '-infinity', '-infinity', '-infinity')
                """
            ]
        ]
    }

    /// Times without end, and times that are yet to come.
    static let endless: CheckFixture = {
        var asset = Make.source("raw.endless", days: nil)
        asset.key = ["id"]
        return CheckFixture(
            name: "endless times", setup: endlessSetup("endless"), more: endlessRows("endless"), asset: asset,
            slice: .whole, context: CheckContext(now: now, zone: london),
            cases: futureTimes + endlessTimes.map { $0.only(.postgres) })
    }()

    private static let futureTimes =
        ["at", "wall"].flatMap { column in
            [
                CheckCase("\(column) not in future where 'id in (1, 4, 5)'", .pass, violations: 0, rows: 2),
                CheckCase("\(column) not in future where 'id in (1, 4, 5, 6)'", .fail, violations: 1, rows: 3)
                    .showing([], [["id": "6"]]),
                CheckCase("fresh \(column) within 1h where 'id in (1, 4)'", .pass, observed: "PT1H"),
                CheckCase("fresh \(column) within 59m where 'id in (1, 6)'", .fail, observed: "PT1H"),
                CheckCase("fresh \(column) within 1h where 'id = 6'", .fail, why: "1 value is in the future"),
                CheckCase("fresh \(column) within 1h where 'id = 4'", .noEvidence),
                CheckCase("\(column) < now where 'id in (1, 4, 5, 6)'", .fail, violations: 2, rows: 3),
                CheckCase("no gaps in \(column) by hour where 'id in (1, 4, 5)'", .pass, rows: 2),
            ]
        } + [
            CheckCase("d not in future where 'id in (1, 5)'", .pass, rows: 2),
            CheckCase("d not in future where 'id in (1, 5, 6)'", .fail, violations: 1, rows: 3),
            CheckCase("fresh d within 1s where 'id = 5'", .pass, observed: "PT0S"),
            CheckCase("fresh d within 9h where 'id = 1'", .pass, observed: "PT9H"),
            CheckCase("fresh d within 539m where 'id = 1'", .fail, observed: "PT9H"),
        ]

    private static let endlessTimes =
        ["at", "wall"].flatMap { column in
            [
                CheckCase("\(column) not in future", .fail, violations: 2, rows: 5)
                    .showing([], [["id": "2"], ["id": "6"]]),
                CheckCase(
                    "fresh \(column) within 1s", .pass, observed: "PT0S", why: "2 values are in the future"),
                CheckCase("fresh \(column) within 1h where 'id in (1, 2)'", .pass, observed: "PT1H"),
                CheckCase("fresh \(column) within 1h where 'id in (2, 6)'", .fail),
                CheckCase("fresh \(column) within 1h where 'id = 3'", .noEvidence),
                CheckCase(
                    "max \(column) < now", .fail, observed: "2026-11-20T09:05:01+00:00", violations: 2,
                    why: "not finite"),
                CheckCase("min \(column) < now where 'id in (2, 3)'", .fail, violations: 2),
                CheckCase("\(column) < now", .fail, violations: 3, rows: 5),
                CheckCase("\(column) unique", .pass, rows: 5),
                CheckCase("distinct \(column) = 5", .pass), CheckCase("duplicates \(column) = 0", .pass),
                CheckCase("missing \(column) = 1", .pass),
                CheckCase("\(column) increasing by id", .fail, violations: 1, rows: 5),
                CheckCase("id increasing by \(column)", .fail, violations: 2, rows: 5),
                CheckCase("no gaps in \(column) by hour", .pass, violations: 0, rows: 3),
                CheckCase("\(column) references raw.endless.\(column)", .pass, rows: 5),
                CheckCase("d <= \(column)", .fail, violations: 1, rows: 5, unknown: 0),
            ]
        } + [
            CheckCase("at = wall", .pass, rows: 5),
            CheckCase("d not in future", .fail, violations: 2, rows: 5),
            CheckCase("min d = 2026-11-19", .fail, observed: "2026-11-19", violations: 2),
            CheckCase("d between 2026-11-19 and 2026-11-21", .fail, violations: 2, rows: 5),
            CheckCase("no gaps in d by day", .pass, violations: 0, rows: 3),
            CheckCase(
                "no gaps in d by day where \"d <> '2026-11-20'\"", .fail, violations: 1, why: "2026-11-20"),
            CheckCase("fresh d within 1s", .pass, observed: "PT0S", why: "2 values are in the future"),
        ]

    /// Times without end lie in no interval.
    static let endlessDays: CheckFixture = {
        var asset = Make.source("raw.endless_days", days: "at")
        asset.key = ["id"]
        return CheckFixture(
            name: "endless intervals", setup: endlessSetup("endless_days"), more: endlessRows("endless_days"),
            asset: asset, slice: Make.day("2026-11-20"), context: CheckContext(now: now, zone: london),
            cases: [
                CheckCase("rows = 3", .pass), CheckCase("rows = 3 over last 7d", .pass),
                CheckCase("rows = 6 over table", .pass).only(.postgres),
                CheckCase("at not null over table", .fail, violations: 1),
                CheckCase("rows within 0% of previous", .notRun, why: "learning 0 of 1"),
                CheckCase("no gaps in at by day", .pass, violations: 0, rows: 3),
                CheckCase("max at < interval end", .pass, observed: "2026-11-20T09:05:01+00:00"),
                CheckCase("id unique", .pass, rows: 3),
            ])
    }()

    /// Texts that differ in case, are empty, or have quotes and letters of more than one byte.
    static let texts = CheckFixture(
        name: "texts",
        setup: [
            "DROP TABLE IF EXISTS raw.texts",
            "CREATE TABLE raw.texts (id integer, t text, v varchar(10), c char(4))",
            """
            INSERT INTO raw.texts VALUES (1, 'a', 'Abc', 'x'), (2, 'A', 'abc', 'y'), (3, 'é', '', 'x'),
              (4, NULL, NULL, NULL), (5, ' ', 'a''b', 'zz'), (6, 'a', 'ABC', 'X')
            """,
        ],
        asset: Make.source("raw.texts", days: nil), slice: .whole, context: CheckContext(now: now),
        cases: [
            CheckCase("t = 'a'", .fail, violations: 3, rows: 5), CheckCase("t != 'a'", .fail, violations: 2),
            CheckCase("t in ['a', 'A']", .fail, violations: 2, rows: 5),
            CheckCase("t in [a, A]", .fail, violations: 2), CheckCase("t not in ['a']", .fail, violations: 2),
            CheckCase("v in ['abc']", .fail, violations: 4, rows: 5),
            CheckCase("v = 'a''b'", .fail, violations: 4), CheckCase("v != ''", .fail, violations: 1),
            CheckCase("c = 'x'", .fail, violations: 3, rows: 5), CheckCase("c length <= 2", .pass, rows: 5),
            CheckCase("t length = 1", .pass, rows: 5), CheckCase("v length > 0", .fail, violations: 1),
            CheckCase("v length between 0 and 3", .pass), CheckCase("t < 'b'", .fail, violations: 1),
            CheckCase("min t = ' '", .pass, observed: " "), CheckCase("max t = 'é'", .pass, observed: "é"),
            CheckCase("t matches '^[a-z]$'", .fail, violations: 3, rows: 5),
            CheckCase("t does not match 'A'", .fail, violations: 1, rows: 5),
            CheckCase("v like 'A%'", .fail, violations: 3), CheckCase("v like '_bc'", .fail, violations: 3),
            CheckCase("v not like '%b%'", .fail, violations: 3, rows: 5),
            CheckCase("distinct t = 4", .pass, rows: 5), CheckCase("duplicates t = 1", .pass),
            CheckCase("distinct v = 5", .pass), CheckCase("t unique", .fail, violations: 2, rows: 5),
            CheckCase("missing v as ['', 'ABC'] = 3", .pass), CheckCase("missing t as [' '] = 2", .pass),
            CheckCase("missing c as [x, zz] = 4", .pass),
            CheckCase("t increasing by id", .fail, violations: 2, rows: 5),
            CheckCase("t references raw.texts.v", .fail, violations: 5, rows: 5),
            CheckCase("v references raw.texts.v", .pass, rows: 5),
            CheckCase("t = v", .fail, violations: 5, rows: 5),
            CheckCase("row \"t = 'a'\"", .fail, violations: 3, rows: 5, unknown: 1),
            CheckCase("sum t > 0", .error, sqlState: "42804"), CheckCase("fresh t within 1h", .error),
            CheckCase("t not in future", .error), CheckCase("no gaps in t by day", .error),
            CheckCase("t = 1", .error, sqlState: "42804"), CheckCase("t in [1]", .error, sqlState: "42804"),
        ])

    /// Texts that PostgreSQL compares without their case, and checks with it; the type may stand in any schema.
    static func citext(in schema: String) -> CheckFixture {
        CheckFixture(
            name: "citext in \(schema)",
            setup: ["DROP TABLE IF EXISTS raw.citexts"],
            more: [
                .postgres: [
                    "CREATE SCHEMA IF NOT EXISTS \(schema)",
                    "CREATE EXTENSION IF NOT EXISTS citext SCHEMA \(schema)",
                    "CREATE TABLE raw.citexts (id integer, ci \(schema).citext, t text)",
                    """
                    INSERT INTO raw.citexts VALUES (1, 'Ann', 'ann'), (2, 'ann', 'ann'), (3, 'BOB', 'BOB'),
                      (4, NULL, 'x')
                    """,
                ]
            ],
            asset: Make.source("raw.citexts", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: [
                CheckCase("ci = 'ann'", .fail, violations: 2, rows: 3),
                CheckCase("ci != 'ANN'", .pass, rows: 3),
                CheckCase("ci in [ann, Ann]", .fail, violations: 1, rows: 3),
                CheckCase("ci not in ['bob']", .pass, rows: 3), CheckCase("ci length = 3", .pass, rows: 3),
                CheckCase("ci matches '^[A-Z]'", .fail, violations: 1, rows: 3),
                CheckCase("ci like 'a%'", .fail, violations: 2, rows: 3),
                CheckCase("ci is integer", .fail, violations: 3, rows: 3),
                CheckCase("max ci = 'ann'", .pass, observed: "ann"),
                CheckCase("missing ci as ['bob'] = 1", .pass, observed: "1"),
                CheckCase("ci increasing by id", .fail, violations: 1, rows: 3),
                CheckCase("ci = t", .fail, violations: 1, rows: 3),
                CheckCase("sum ci > 1", .error, sqlState: "42804"),
            ].map { $0.only(.postgres) })
    }

    /// Amounts of violations that are tolerated, and numbers near others, in exact fractions.
    static let tolerances = CheckFixture(
        name: "tolerances",
        setup: [
            "DROP TABLE IF EXISTS raw.tolerances", "DROP TABLE IF EXISTS raw.near",
            "CREATE TABLE raw.tolerances (id integer, a integer, b integer)",
            "INSERT INTO raw.tolerances VALUES (1, 1, 1), (2, 2, NULL), (3, NULL, NULL)",
            "CREATE TABLE raw.near (ten integer, minus integer, nought integer, half numeric(4,2))",
            "INSERT INTO raw.near VALUES (10, -10, 0, 0.50)",
        ],
        asset: Make.source("raw.tolerances", days: nil), slice: .whole, context: CheckContext(now: now),
        cases: tolerated + near)

    private static let tolerated = [
        CheckCase("a not null except 33.33%", .fail, observed: "1/3 (33.3333%)", violations: 1, rows: 3),
        CheckCase("a not null except 33.333333333333333333%", .fail),
        CheckCase("a not null except 33.34%", .pass), CheckCase("a not null except 1", .pass),
        CheckCase("b not null except 1", .fail, violations: 2), CheckCase("b not null except 2 rows", .pass),
        CheckCase("b not null except 66.66666666%", .fail), CheckCase("b not null except 66.67%", .pass),
        CheckCase("a not null except < 1", .fail), CheckCase("a not null except = 1", .pass),
        CheckCase("b not null except = 1", .fail), CheckCase("b not null except > 1", .pass),
        CheckCase("id not null except > 1", .pass, violations: 0),
        CheckCase("id not null except = 3 rows", .pass, violations: 0),
        CheckCase("a = 1 except 50%", .pass, observed: "1/2 (50%)", violations: 1, rows: 2),
        CheckCase("a = 1 except 49.999%", .fail), CheckCase("a = 1 except < 50%", .fail),
        CheckCase("row 'a = 1' except 50%", .pass, observed: "1/2 (50%)", unknown: 1),
        CheckCase("b = 1 except 0%", .pass, violations: 0, rows: 1),
        CheckCase("missing a < 33.34%", .pass, observed: "1/3 (33.3333%)"),
        CheckCase("missing a <= 33.33%", .fail), CheckCase("missing a = 33.33%", .fail),
        CheckCase("missing a between 33% and 34%", .pass),
        CheckCase("missing a not between 33% and 34%", .fail),
        CheckCase("missing b != 1", .pass, observed: "2"), CheckCase("missing b > 66.66%", .pass),
        CheckCase("distinct a >= 100%", .pass, observed: "2/2 (100%)"),
        CheckCase("duplicates a <= 0%", .pass, observed: "0/2 (0%)"),
        CheckCase("avg id = 2", .pass), CheckCase("avg a = 1.5", .pass),
        CheckCase("avg id = 1.3333333333333333 where 'id < 3 or id = 3'", .fail),
    ]

    private static let near = [
        CheckCase("sum id within 40% of sum raw.near.ten", .pass),
        CheckCase("sum id within 39.99% of sum raw.near.ten", .fail),
        CheckCase("sum id within 100% of sum raw.near.nought", .fail),
        CheckCase("sum id within 100% of sum raw.near.minus", .fail),
        CheckCase("rows within 0% of sum raw.near.nought", .fail),
        CheckCase("rows within 0% of sum raw.near.nought where 'false'", .pass, observed: "0"),
        CheckCase("rows equals sum raw.near.nought where 'false'", .pass),
        CheckCase("avg a equals sum raw.near.half", .fail),
        CheckCase("sum a within 10% of sum raw.near.half where 'false'", .noEvidence),
    ]
}
