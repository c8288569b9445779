import SuretyCore

extension CheckFixture {
    /// Columns of every type, and with every kind of name.
    static let shapesOfColumns = [domains, domainsByDay, bigIntegers, aliases, longNames, oddNames]

    private static let now = Make.instant("2026-11-20T09:00:00Z")
    private static let one = "00000000-0000-4000-8000-000000000001"
    private static let two = "00000000-0000-4000-8000-000000000002"

    private static func domainSetup(_ table: String) -> [Warehouse: [String]] {
        [
            .postgres: [
                """
                CREATE TYPE raw.temper AS ENUM ('sad', 'ok'); CREATE DOMAIN raw.cents AS bigint;
                CREATE DOMAIN raw.rate AS double precision; CREATE DOMAIN raw.label AS varchar(20);
                CREATE DOMAIN raw.deep AS raw.label CHECK (length(VALUE) < 9); CREATE DOMAIN raw.born AS date;
                CREATE DOMAIN raw.moment AS timestamptz; CREATE DOMAIN raw.feeling AS raw.temper;
                CREATE DOMAIN raw.key AS uuid
                """,
                """
                CREATE TABLE raw.\(table) (id integer, cents raw.cents, rate raw.rate, label raw.deep, born raw.born,
                  moment raw.moment, feel raw.feeling, uid raw.key, doc jsonb, raw bytea, tags text[], old json)
                """,
                """
                INSERT INTO raw.\(table) VALUES
                  (1, 5, 0.5, 'x', '2026-11-19', '2026-11-19 08:00+00', 'sad', '\(one)', '{"a": 1}', '\\x00', '{a}', '1'),
                  (2, 5, 'NaN', 'x', '2026-11-18', '2026-11-20 08:00+00', 'ok', '\(one)', '{"a": 1}', '\\x00', '{a}', '1'),
                  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                  (4, -2, 1.5, 'yy', 'infinity', 'infinity', 'sad', '\(two)', '3', '\\x01', '{}', '1')
                """,
            ]
        ]
    }

    /// Domains over every kind of type, documents, bytes, arrays and keys.
    static let domains: CheckFixture = {
        var asset = Make.source("raw.domains", days: nil)
        asset.key = ["id"]
        return CheckFixture(
            name: "domains", setup: ["DROP TABLE IF EXISTS raw.domains"], more: domainSetup("domains"),
            asset: asset, slice: .whole, context: CheckContext(now: now),
            cases: (valuesOfDomains + rulesOfDomains + eachColumn + misfits).map { $0.only(.postgres) })
    }()

    private static let valuesOfDomains = [
        CheckCase("sum cents = 8", .pass, observed: "8", rows: 3),
        CheckCase("min cents = -2", .pass, observed: "-2"),
        CheckCase("median cents = 5", .pass, observed: "5"),
        CheckCase("sum rate = 2", .fail, observed: "2", violations: 1, why: "not finite"),
        CheckCase("max label = 'yy'", .pass, observed: "yy"),
        CheckCase("max born <= 2026-11-19", .fail, observed: "2026-11-19", violations: 1),
        CheckCase("fresh born within 9h", .pass, observed: "PT9H", why: "1 value is in the future"),
        CheckCase("fresh moment within 1h", .pass, observed: "PT1H"),
        CheckCase("no gaps in born by day", .pass, violations: 0, rows: 2),
        CheckCase("no gaps in moment by day", .pass, violations: 0),
        CheckCase("missing feel as [sad] = 3", .pass), CheckCase("missing cents as [5] = 3", .pass),
        CheckCase("missing born as [2026-11-18] = 2", .pass),
        CheckCase("missing label as ['x'] = 3", .pass),
    ]

    private static let rulesOfDomains = [
        CheckCase("cents >= 0", .fail, violations: 1, rows: 3).showing([], [["id": "4"]]),
        CheckCase("cents in [5, -2]", .pass, rows: 3),
        CheckCase("cents >= id", .fail, violations: 1, rows: 3),
        CheckCase("cents references raw.domains.id", .fail, violations: 3, rows: 3),
        CheckCase("rate >= 0", .fail, violations: 1, rows: 3),
        CheckCase("rate in [0.5]", .fail, violations: 2, rows: 3),
        CheckCase("label = 'x'", .fail, violations: 1, rows: 3),
        CheckCase("label length = 1", .fail, violations: 1, rows: 3),
        CheckCase("label matches '^y'", .fail, violations: 2),
        CheckCase("label is integer", .fail, violations: 3),
        CheckCase("born not in future", .fail, violations: 1, rows: 3),
        CheckCase("born <= moment", .pass, rows: 3), CheckCase("moment < now", .fail, violations: 1, rows: 3),
        CheckCase("feel = 'sad'", .fail, violations: 1, rows: 3),
        CheckCase("feel in [sad, ok]", .pass), CheckCase("feel not in [ok]", .fail, violations: 1, rows: 3),
        CheckCase("feel != 'glad'", .error, sqlState: "22P02"),
        CheckCase("feel increasing by id", .fail, violations: 1, rows: 3),
        CheckCase("uid = '\(one)'", .fail, violations: 1, rows: 3),
        CheckCase("uid in ['\(one)', '\(two)']", .pass, rows: 3),
        CheckCase("uid increasing by id", .pass, rows: 3),
        CheckCase("row \"doc ? 'a'\"", .fail, violations: 1, rows: 3, unknown: 1),
        CheckCase("row \"'a' = any(tags)\"", .fail, violations: 1, rows: 3, unknown: 1),
    ]

    private static let eachColumn: [CheckCase] =
        [
            "cents", "label", "uid", "doc", "raw", "tags",
        ].flatMap { column in
            [
                CheckCase(
                    "\(column) unique", .fail, violations: 2, rows: 3, why: "1 value on 2 rows, 1 surplus"),
                CheckCase("duplicates \(column) = 1", .pass, observed: "1"),
                CheckCase("distinct \(column) = 2", .pass, observed: "2", rows: 3),
            ]
        } + [
            CheckCase("feel unique", .fail, violations: 2, rows: 3), CheckCase("duplicates feel = 1", .pass),
            CheckCase("distinct feel = 2", .pass), CheckCase("feel, doc unique", .pass, rows: 3),
            CheckCase("uid, tags unique", .fail, violations: 2, rows: 3),
            CheckCase("old unique", .error, sqlState: "42883"), CheckCase("distinct old = 1", .error),
        ]
        + ["cents", "rate", "label", "born", "moment", "feel", "uid", "doc", "raw", "tags"].flatMap {
            column in
            [
                CheckCase("\(column) not null", .fail, violations: 1, rows: 4).showing([], [["id": "3"]]),
                CheckCase("\(column) not null except 25%", .pass, observed: "1/4 (25%)"),
                CheckCase("missing \(column) = 25%", .pass, observed: "1/4 (25%)"),
                CheckCase("\(column) references raw.domains.\(column)", .pass, violations: 0, rows: 3),
            ]
        }

    private static let misfits: [CheckCase] =
        ["doc", "raw", "tags"].flatMap { column in
            [
                "min \(column) > 1", "\(column) = 'x'", "\(column) in ['x']", "\(column) length = 1",
                "\(column) matches 'x'", "\(column) like 'x'", "\(column) is json",
                "fresh \(column) within 1h",
                "\(column) not in future", "no gaps in \(column) by day", "\(column) increasing by id",
                "id increasing by \(column)", "missing \(column) as ['x'] = 0",
            ].map { CheckCase($0, .error, sqlState: "42804") }
        } + [
            CheckCase("min feel = 'ok'", .error, sqlState: "42804"),
            CheckCase("min uid = 'x'", .error, sqlState: "42804"),
            CheckCase("cents = 'x'", .error, sqlState: "42804"),
            CheckCase("born = 'x'", .error, sqlState: "42804"),
            CheckCase("label = 5", .error, sqlState: "42804"),
        ]

    /// The same columns, a day's rows compared with the whole table.
    static let domainsByDay: CheckFixture = {
        var asset = Make.source("raw.domain_days", days: "moment")
        asset.key = ["id"]
        return CheckFixture(
            name: "domains by day", setup: ["DROP TABLE IF EXISTS raw.domain_days"],
            more: domainSetup("domain_days"), asset: asset, slice: Make.day("2026-11-19"),
            context: CheckContext(now: now),
            cases: (["cents", "label", "feel", "uid", "doc", "raw", "tags"].flatMap { column in
                [
                    CheckCase("\(column) unique", .fail, violations: 1, rows: 1).showing([], [["id": "1"]]),
                    CheckCase("duplicates \(column) = 1", .pass, rows: 1),
                    CheckCase("\(column) unique over interval", .pass, rows: 1),
                    CheckCase("distinct \(column) = 1", .pass, rows: 1),
                    CheckCase("distinct \(column) within 0% of previous", .notRun, why: "learning 0 of 1"),
                ]
            } + [
                CheckCase("feel, cents unique", .pass, rows: 1),
                CheckCase("cents, doc unique", .fail, violations: 1, rows: 1),
                CheckCase("rows = 1", .pass), CheckCase("moment not null over table", .fail, violations: 1),
            ]).map { $0.only(.postgres) })
    }()

    /// Integers that floating-point numbers cannot tell apart.
    static let bigIntegers = CheckFixture(
        name: "big integers",
        setup: [
            "DROP TABLE IF EXISTS raw.big", "CREATE TABLE raw.big (id integer, b bigint)",
            """
            INSERT INTO raw.big VALUES (1, 9007199254740993), (2, 9007199254740992), (3, -9223372036854775807),
              (4, 9223372036854775807)
            """,
        ],
        asset: Make.source("raw.big", days: nil), slice: .whole, context: CheckContext(now: now),
        cases: [
            CheckCase("b = 9007199254740993", .fail, violations: 3, rows: 4),
            CheckCase("b in [9007199254740992, 9223372036854775807]", .fail, violations: 2),
            CheckCase("b not in [9007199254740993]", .fail, violations: 1),
            CheckCase("b between 9007199254740992 and 9007199254740992", .fail, violations: 3),
            CheckCase("b < 9223372036854775807", .fail, violations: 1),
            CheckCase("b <= 9223372036854775808", .pass, rows: 4),
            CheckCase("max b = 9223372036854775807", .pass, observed: "9223372036854775807"),
            CheckCase("sum b = 18014398509481985", .pass, observed: "18014398509481985"),
            CheckCase("avg b = 4503599627370496.25", .pass),
            CheckCase("median b = 9007199254740992.5", .pass, observed: "9007199254740992.5"),
            CheckCase("distinct b = 4", .pass), CheckCase("b unique", .pass, rows: 4),
            CheckCase("b references raw.big.b", .pass, rows: 4),
            CheckCase("missing b as [9007199254740993] = 1", .pass),
            CheckCase("sql 'select max(b) from raw.big' = 9223372036854775807", .pass),
        ])

    /// Columns named as queries might name their own.
    static let aliases: CheckFixture = {
        let names = ["n", "inside", "g", "s", "t", "v", "p", "r", "k", "o", "f", "q", "c1"]
        func row(_ day: String, _ value: String, _ id: Int) -> String {
            "('\(day)', \(names.map { _ in value }.joined(separator: ", ")), \(id))"
        }
        var asset = Make.source("raw.aliases")
        asset.key = ["c0"]
        return CheckFixture(
            name: "aliases",
            setup: [
                "DROP TABLE IF EXISTS raw.aliases",
                "CREATE TABLE raw.aliases (day date, \(names.map { "\($0) integer" }.joined(separator: ", ")), c0 integer)",
                "INSERT INTO raw.aliases VALUES "
                    + [
                        row("2026-11-18", "1", 1), row("2026-11-19", "1", 2), row("2026-11-19", "2", 3),
                        row("2026-11-19", "NULL", 4),
                    ].joined(separator: ", "),
            ],
            asset: asset, slice: Make.day("2026-11-19"), context: CheckContext(now: now),
            cases: names.flatMap { name in
                [
                    CheckCase("\(name) unique", .fail, violations: 1, rows: 2)
                        .showing([name], [["c0": "2", name: "1"]]),
                    CheckCase("\(name) unique over interval", .pass, rows: 2),
                    CheckCase("\(name), day unique where '\(name) > 0'", .pass, rows: 2),
                    CheckCase("duplicates \(name) = 1", .pass, rows: 2),
                    CheckCase("distinct \(name) = 2", .pass, rows: 2),
                    CheckCase("median \(name) = 1.5", .pass, rows: 2),
                    CheckCase("sum \(name) = 3", .pass, rows: 2),
                    CheckCase("\(name) increasing by c0", .pass, rows: 2),
                    CheckCase("\(name) decreasing by c0", .fail, violations: 1)
                        .showing([name], [["c0": "3", name: "2"]]),
                    CheckCase("c0 increasing by \(name)", .pass, rows: 2),
                    CheckCase("\(name) references raw.aliases.\(name)", .pass, rows: 2),
                    CheckCase("\(name) not null", .fail, violations: 1)
                        .showing([name], [["c0": "4", name: nil]]),
                    CheckCase("sum \(name) within 100% of previous", .fail).expecting("within 100% of 1"),
                    CheckCase("median \(name) within 50% of previous", .pass).expecting("within 50% of 1"),
                    CheckCase("distinct \(name) within 100% of previous", .pass)
                        .expecting("within 100% of 1"),
                    CheckCase("sum \(name) equals sum raw.aliases.\(name)", .fail, observed: "3"),
                ]
            } + [CheckCase("no gaps in day by day", .pass, violations: 0)])
    }()

    /// A table and a column whose names are as long as can be.
    static let longNames: CheckFixture = {
        let table = "t" + String(repeating: "a", count: 62)
        let plain = "c" + String(repeating: "b", count: 62)
        let odd = String(repeating: "Ä", count: 31) + "\""
        let quoted = "column \"\(odd.replacing("\"", with: "\"\""))\""
        let inSQL = "\"\(odd.replacing("\"", with: "\"\""))\""
        var asset = Make.source("raw.\(table)")
        asset.key = [plain]
        return CheckFixture(
            name: "long names",
            setup: [
                "DROP TABLE IF EXISTS raw.\(table)",
                "CREATE TABLE raw.\(table) (\(plain) integer, \(inSQL) integer, day date)",
                """
                INSERT INTO raw.\(table) VALUES (1, 1, '2026-11-18'), (2, 1, '2026-11-19'), (3, NULL, '2026-11-19')
                """,
            ],
            asset: asset, slice: Make.day("2026-11-19"), context: CheckContext(now: now),
            cases: [
                CheckCase("\(quoted) not null", .fail, violations: 1).showing([], [[plain: "3"]]),
                CheckCase("\(quoted) unique", .fail, violations: 1, rows: 1),
                CheckCase("\(quoted), \(plain) unique", .pass, rows: 1),
                CheckCase("sum \(quoted) = 1", .pass), CheckCase("median \(quoted) = 1", .pass),
                CheckCase("distinct \(quoted) = 1", .pass),
                CheckCase("\(quoted) <= \(plain)", .pass, rows: 1, unknown: 0),
                CheckCase("\(plain) increasing by \(quoted)", .pass, rows: 1),
                CheckCase("\(quoted) references raw.\(table).\(plain)", .pass, rows: 1),
                CheckCase("row '\(inSQL) = 1'", .pass, rows: 1, unknown: 1),
                CheckCase("sum \(quoted) within 0% of previous", .pass),
                CheckCase("rows equals rows raw.\(table)", .fail, observed: "2"),
                CheckCase("no gaps in day by day", .pass),
            ])
    }()

    /// Names that look like placeholders, words and quotes.
    static let oddNames: CheckFixture = {
        let names = [
            "$1", "?1", ":x", "%s", "a b", "UPPER", "select", "interval", "back\\slash", "日", "a.b", "--",
        ]
        return CheckFixture(
            name: "odd names",
            setup: [
                "DROP TABLE IF EXISTS raw.odd_names",
                "CREATE TABLE raw.odd_names (\(names.map { "\"\($0)\" text" }.joined(separator: ", ")))",
                "INSERT INTO raw.odd_names VALUES (\(names.map { _ in "'x'" }.joined(separator: ", ")))",
            ],
            asset: Make.source("raw.odd_names", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: names.flatMap { name in
                [
                    CheckCase("column \"\(name)\" not null", .pass, rows: 1),
                    CheckCase("column \"\(name)\" in [x, y]", .pass, rows: 1),
                    CheckCase("column \"\(name)\" unique", .pass, rows: 1),
                    CheckCase("column \"\(name)\" matches '^x$'", .pass, rows: 1),
                    CheckCase("distinct column \"\(name)\" = 1", .pass, rows: 1),
                    CheckCase("max column \"\(name)\" = 'x'", .pass, observed: "x"),
                ]
            })
    }()
}
