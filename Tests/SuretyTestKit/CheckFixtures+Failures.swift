import SuretyCore

extension CheckFixture {
    /// Checks of which some cannot run, and tables with values that are far away.
    static let failing = [failures, farAway]

    private static let now = Make.instant("2026-11-20T09:00:00Z")

    /// Checks that fail as they run, each beside others about the same rows.
    static let failures: CheckFixture = {
        let broken = [
            ("row '1 / (id - 1) > 0'", "22012"), ("row 't::integer > 0'", "22P02"),
            ("row 'nowhere(id) > 0'", "42883"), ("id not null where \"t::date > '2026-01-01'\"", "22007"),
            ("row 'power(10::float8, id * 400) > 0'", "22003"),
            ("id unique where '1 / (id - 2) > 0'", "22012"),
            ("row 'id = (select n from generate_series(1, 2) as s (n))'", "21000"),
            ("missing t = 0 where 'count(*) > 1'", "42803"), ("max id > 0 where '1 / (id - 3) > 0'", "22012"),
            ("median id > 0 where '1 / (id - 3) > 0'", "22012"),
            ("distinct id > 0 where '1 / (id - 3) > 0'", "22012"),
            ("sum id equals sum raw.failures.id where '1 / (id - 3) > 0'", "22012"),
            ("id references raw.failures.id where '1 / (id - 3) > 0'", "22012"),
            ("id increasing by id where '1 / (id - 3) > 0'", "22012"),
            ("sql 'select 1 / 0' = 1", "22012"), ("sql 'select 1 / 0' returns no rows", "22012"),
            ("sql 'select 1 / (id - 2) from raw.failures' returns no rows", "22012"),
            ("sql 'select 1 where 1 / 0 > 0' returns no rows", "22012"),
            ("nowhere = 1", "42703"), ("t = 1", "42804"), ("id references raw.nowhere.id", "42P01"),
        ].map { check, state in CheckCase(check, .error, sqlState: state).only(.postgres) }
        let whole = [
            CheckCase("rows = 3", .pass, observed: "3"), CheckCase("id not null", .pass, rows: 3),
            CheckCase("t not null", .fail, violations: 1, rows: 3), CheckCase("sum id = 6", .pass),
            CheckCase("missing t = 1", .pass, rows: 3), CheckCase("id in [1, 2]", .fail, violations: 1),
            CheckCase("min id = 1", .pass), CheckCase("median id = 2", .pass),
            CheckCase("id unique", .pass, rows: 3), CheckCase("distinct t = 2", .pass, rows: 2),
            CheckCase("row 'id < 3'", .fail, violations: 1, rows: 3, unknown: 0),
            CheckCase("id references raw.failures.id", .pass, rows: 3),
            CheckCase("id increasing by id", .pass, rows: 3),
            CheckCase("rows equals rows raw.failures", .pass),
            CheckCase("sql 'select null from raw.failures' returns no rows", .fail, violations: 3),
            CheckCase(
                "sql 'select t as q from raw.failures where id = 3' returns no rows", .fail, violations: 1),
            CheckCase("sql 'select id, id from raw.failures where id > 3' returns no rows", .pass),
        ]
        let missing = [
            CheckCase("row 'nowhere(id) > 0'", .error), CheckCase("nowhere = 1", .error, sqlState: "42703"),
            CheckCase("id not null where 'nowhere > 1'", .error),
            CheckCase("missing t = 0 where 'count(*) > 1'", .error),
            CheckCase("sql 'select nowhere' = 1", .error),
        ].map { $0.only(.sqlite) }
        let mixed = whole.enumerated().flatMap { index, wanted in
            [wanted] + broken.dropFirst(index).prefix(1) + missing.dropFirst(index).prefix(1)
        }
        return CheckFixture(
            name: "failures",
            setup: [
                "DROP TABLE IF EXISTS raw.failures", "CREATE TABLE raw.failures (id integer, t text)",
                "INSERT INTO raw.failures VALUES (1, '1'), (2, 'x'), (3, NULL)",
            ],
            asset: Make.source("raw.failures", days: nil), slice: .whole, context: CheckContext(now: now),
            cases: mixed + broken.dropFirst(whole.count) + whole)
    }()

    /// Times about as far away as PostgreSQL can store, as slips of a pen are: none stops a check.
    static let farAway = CheckFixture(
        name: "far away",
        setup: [
            "DROP TABLE IF EXISTS raw.far_away",
            "CREATE TABLE raw.far_away (id integer, at timestamptz, wall timestamp, d date)",
            """
            INSERT INTO raw.far_away VALUES
              (1, '2026-11-20 08:00:00', '2026-11-20 08:00:00', '2026-11-19'),
              (2, '0001-01-01 00:00:00', '0001-01-01 00:00:00', '0001-01-01'),
              (3, '9999-12-31 23:59:59', '9999-12-31 23:59:59', '9999-12-31')
            """,
        ],
        more: [
            .postgres: [
                """
                INSERT INTO raw.far_away VALUES
                  (4, '4713-01-01 00:00:00+00 BC', '4713-01-01 00:00:00 BC', '4713-01-01 BC'),
                  (5, '294246-12-31 00:00:00+00', '294246-12-31 23:59:59', '5874897-12-31')
                """
            ]
        ],
        asset: Make.source("raw.far_away", days: nil), slice: .whole, context: CheckContext(now: now),
        cases: ["at", "wall", "d"].flatMap { column in
            [
                CheckCase("\(column) not in future where 'id <= 3'", .fail, violations: 1, rows: 3),
                CheckCase("\(column) >= 2020-01-01 where 'id <= 3'", .fail, violations: 1, rows: 3),
                CheckCase("max \(column) <= 2030-01-01 where 'id <= 3'", .fail),
                CheckCase("min \(column) >= 2020-01-01 where 'id <= 3'", .fail),
                CheckCase(
                    "fresh \(column) within 9h where 'id <= 3'", .pass, why: "1 value is in the future"),
                CheckCase("\(column) unique", .pass),
                CheckCase("\(column) not in future", .fail, violations: 2, rows: 5).only(.postgres),
                CheckCase("\(column) >= 2020-01-01", .fail, violations: 2, rows: 5).only(.postgres),
                CheckCase("max \(column) <= 2030-01-01", .fail).only(.postgres),
                CheckCase("min \(column) >= 2020-01-01", .fail).only(.postgres),
                CheckCase("fresh \(column) within 9h", .pass, why: "2 values are in the future")
                    .only(.postgres),
                CheckCase("\(column) increasing by id where 'id <> 2 and id <> 4'", .pass, rows: 3)
                    .only(.postgres),
            ]
        })
}
