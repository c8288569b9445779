import Engine
import SuretyCore

extension CheckFixture {
    /// Tables with guarantees, each beside a view of all its rows, which has none.
    public static let guaranteed: [CheckFixture] = [promised, keyed, composed]

    private static let now = Make.instant("2026-11-20T09:00:00Z")

    /// NOT NULL and unique keys, which every warehouse keeps.
    private static let promised = CheckFixture(
        name: "promised",
        setup: [
            "DROP VIEW IF EXISTS raw.promised_seen", "DROP TABLE IF EXISTS raw.promised",
            """
            CREATE TABLE raw.promised (day date NOT NULL, id integer PRIMARY KEY, a integer NOT NULL, b integer,
              c integer, d text, UNIQUE (b, c))
            """,
            """
            INSERT INTO raw.promised VALUES ('2026-11-18', 1, 1, 1, NULL, 'x'), ('2026-11-19', 2, 1, 2, 2, 'x'),
              ('2026-11-19', 3, 2, 2, 3, NULL), ('2026-11-19', 4, 2, 2, NULL, 'y')
            """,
            "CREATE VIEW raw.promised_seen AS SELECT * FROM raw.promised",
        ],
        more: [
            .postgres: ["CREATE UNIQUE INDEX promised_partial ON raw.promised (d) WHERE id < 0"],
            .sqlite: ["CREATE UNIQUE INDEX raw.promised_partial ON promised (d) WHERE id < 0"],
        ],
        asset: Make.source("raw.promised"), slice: Make.day("2026-11-19"), context: CheckContext(now: now),
        cases: [
            .proved("a not null", by: "NOT NULL of a"), .proved("a not null over table", by: "NOT NULL of a"),
            .proved("a not null over last 2d", by: "NOT NULL of a"),
            .proved("a not null where 'b > 1'", by: "NOT NULL of a"),
            .proved("a not null except 5%", by: "NOT NULL of a"),
            .proved("missing a = 0", by: "NOT NULL of a"), .proved("missing a < 3", by: "NOT NULL of a"),
            .read("missing a > 0", .fail), .read("missing a < 5%", .pass),
            .read("missing a as [7] = 0", .pass), .read("b not null", .pass),
            .read("c not null", .fail, violations: 1), .read("d not null", .fail, violations: 1),
            .proved("b, c unique", by: ""), .proved("duplicates b, c = 0", by: ""),
            .proved("c, b, d unique over interval", by: ""), .proved("id unique", by: ""),
            .proved("id, a unique", by: ""), .proved("duplicates id <= 3 where 'a > 1'", by: ""),
            .read("duplicates id = 0%", .pass), .read("b unique", .fail, violations: 3),
            .read("a, b unique", .fail, violations: 2), .read("d unique", .fail, violations: 1),
            .read("duplicates a = 0", .fail), CheckCase("a not null where 'nowhere = 1'", .error),
            CheckCase("nowhere not null", .error, sqlState: "42703"),
        ])

    /// Keys that SQLite lets be NULL, and those of rows that are not in scope.
    private static let keyed = CheckFixture(
        name: "keyed",
        setup: [
            "DROP VIEW IF EXISTS raw.keyed_seen", "DROP TABLE IF EXISTS raw.keyed",
            "CREATE TABLE raw.keyed (k varchar(9) PRIMARY KEY, day date NOT NULL, n integer)",
            "INSERT INTO raw.keyed VALUES ('a', '2026-11-01', 1)",
            "CREATE VIEW raw.keyed_seen AS SELECT * FROM raw.keyed",
        ],
        asset: Make.source("raw.keyed"), slice: Make.day("2026-11-19"), context: CheckContext(now: now),
        cases: [
            .proved("k not null", by: "the constraint keyed_pkey").only(.postgres).vacuously,
            .read("k not null", .pass).only(.sqlite).vacuously,
            .proved("k not null over table", by: "").only(.postgres),
            .proved("k unique", by: "").vacuously, .proved("day not null", by: "NOT NULL of day").vacuously,
            .proved("missing day = 0", by: "NOT NULL of day"),
            .read("n not null", .pass).vacuously,
        ])

    /// Columns whose names differ only in how é is composed, and checks that differ in nothing else.
    private static let composed = CheckFixture(
        name: "composed",
        setup: [
            "DROP VIEW IF EXISTS raw.composed_seen", "DROP TABLE IF EXISTS raw.composed",
            "CREATE TABLE raw.composed (\"\u{e9}\" integer NOT NULL UNIQUE, \"e\u{301}\" integer, t text)",
            "INSERT INTO raw.composed VALUES (1, 5, '\u{e9}'), (2, 5, '\u{e9}'), (3, NULL, 'e\u{301}')",
            "CREATE VIEW raw.composed_seen AS SELECT * FROM raw.composed",
        ],
        asset: Make.source("raw.composed", days: nil), slice: .whole, context: CheckContext(now: now),
        cases: [
            .proved("column \"\u{e9}\" unique", by: ""), .proved("column \"\u{e9}\" not null", by: ""),
            .read("column \"e\u{301}\" unique", .fail, violations: 2),
            .read("column \"e\u{301}\" not null", .fail, violations: 1),
            .read("missing column \"e\u{301}\" = 0", .fail, violations: 1),
            CheckCase("max column \"\u{e9}\" = 3", .pass), CheckCase("max column \"e\u{301}\" = 5", .pass),
            CheckCase("t in ['\u{e9}', 'e\u{301}']", .pass),
            CheckCase("t in ['\u{e9}']", .fail, violations: 1),
            CheckCase("t in ['e\u{301}']", .fail, violations: 2),
            CheckCase("columns are (column \"\u{e9}\" integer, t text)", .fail, violations: 1),
        ])
}

extension CheckFixture {
    /// Asks every check in a round of its own, of the table and of the view of its rows, and tells what differs from
    /// what is expected, or of a proof from what reading finds.
    public func differencesOfProofs(
        on kind: Warehouse, _ fixture: some WarehouseFixture
    ) async throws -> [String] {
        try await fixture.schema("raw")
        for statement in setup(on: kind) { try await fixture.run(statement) }
        var seen = asset
        seen.name = Make.name("\(asset.name)_seen")
        var found: [String] = []
        for (wanted, check) in try checks(on: kind) {
            let result = try await fixture.warehouse.ask(
                QuestionRound(asset: asset, slice: slice, checks: [check], context: context)
            ).results[0]
            let read = try await fixture.warehouse.ask(
                QuestionRound(asset: seen, slice: slice, checks: [check], context: context)
            ).results[0]
            found += wanted.differences(from: result) + result.differences(from: read)
        }
        return found
    }
}

extension CheckResult {
    /// What a proof says otherwise than reading.
    fileprivate func differences(from read: CheckResult) -> [String] {
        var found: [String] = []
        func compare<T: Equatable>(_ name: String, _ one: T, _ other: T) {
            if one != other { found.append("\(check): \(name) is \(one), and read it is \(other)") }
        }
        compare("verdict", verdict, read.verdict)
        compare("vacuous", vacuous, read.vacuous)
        compare("evidence", isEvidence, read.isEvidence)
        compare("violations", violations, read.violations)
        if unknown != nil { compare("unknown", unknown, read.unknown) }
        compare("expected", expected, read.expected)
        if observed != nil { compare("observed", observed, read.observed) }
        if read.proved { found.append("\(check): a view proves nothing") }
        return found
    }
}

extension CheckCase {
    /// The same with nothing to judge.
    public var vacuously: CheckCase {
        var copy = self
        copy.vacuous = true
        return copy
    }
}
