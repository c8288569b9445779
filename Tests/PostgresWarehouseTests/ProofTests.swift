import Engine
import PostgresWarehouse
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct ProofTests {
    @Test(arguments: CheckFixture.guaranteed + all)
    func `what the catalogue proves on PostgreSQL is what reading finds`(_ cases: CheckFixture) async throws {
        let fixture = try await PostgresFixture()
        let differences = try await cases.differencesOfProofs(on: .postgres, fixture)
        #expect(differences == [])
    }

    @Test func `rows that the role may not read prove nothing`() async throws {
        let fixture = try await PostgresFixture()
        try await fixture.run(
            "CREATE SCHEMA raw; CREATE TABLE raw.t (a integer PRIMARY KEY); INSERT INTO raw.t VALUES (1)")
        let (name, warehouse) = try await fixture.role()
        func verdict() async throws -> CheckResult {
            let asset = Make.source("raw.t", days: nil)
            let check = Make.check("a not null", of: asset.name, body: .row(.notNull("a")))
            let context = CheckContext(now: Make.instant("2026-11-20T09:00:00Z"))
            return try await warehouse.ask(
                QuestionRound(asset: asset, slice: .whole, checks: [check], context: context)
            ).results[0]
        }
        try await fixture.run("GRANT USAGE ON SCHEMA raw TO \(name)")
        let forbidden = try await verdict()
        #expect(forbidden.verdict == .error)
        #expect(forbidden.sqlState == "42501")
        try await fixture.run(
            "GRANT SELECT ON raw.t TO \(name); ALTER TABLE raw.t ENABLE ROW LEVEL SECURITY")
        let hidden = try await verdict()
        #expect(hidden.verdict == .error)
        try await fixture.run("ALTER TABLE raw.t DISABLE ROW LEVEL SECURITY")
        let seen = try await verdict()
        #expect(seen.proved)
        #expect(seen.isEvidence)
        #expect(seen.why == "proved by the constraint t_pkey")
    }

    @Test func `min, max and fresh of an indexed column are what reading finds`() async throws {
        let fixture = try await PostgresFixture()
        let table = """
            (id integer, n numeric, x double precision, at timestamptz, wall timestamp, d date)
            """
        let rows = """
            VALUES (1, 1.50, 1, '2026-11-20 08:00+00', '2026-11-20 08:30', '2026-11-19'),
              (2, 2, 'NaN', '2026-11-20 12:00+00', '2026-11-20 12:00', '2026-12-01'),
              (3, NULL, '-Infinity', 'infinity', 'infinity', 'infinity'),
              (NULL, 0.25, 7, '-infinity', '-infinity', NULL)
            """
        try await fixture.run("CREATE SCHEMA raw")
        for name in ["indexed", "plain", "vain", "vainer"] {
            try await fixture.run("CREATE TABLE raw.\(name) \(table)")
        }
        try await fixture.run("INSERT INTO raw.indexed \(rows); INSERT INTO raw.plain \(rows)")
        for column in ["id", "n", "x", "at", "wall", "d"] {
            try await fixture.run(
                "CREATE INDEX ON raw.indexed (\(column)); CREATE INDEX ON raw.vain (\(column))")
        }
        var bodies: [CheckBody] = ["id", "n", "x"].flatMap { column -> [CheckBody] in
            let bound = Comparison.compare(.atLeast, .literal(.number("1")))
            return [.metric(.min(column), bound), .metric(.max(column), bound)]
        }
        for column in ["at", "wall", "d"] {
            bodies.append(.metric(.max(column), .compare(.less, .now)))
            for hours in [1, 2, 48] { bodies.append(.fresh(column: column, within: Period(hours, .hour))) }
        }
        for now in ["2026-11-20T09:00:00Z", "2026-11-20T11:56:00.500Z", "2026-11-01T00:00:00Z"] {
            let context = CheckContext(
                now: Make.instant(now), zone: Make.zone("America/New_York"))
            for (one, other) in [("indexed", "plain"), ("vain", "vainer")] {
                let fast = try await results(bodies, of: "raw.\(one)", context, fixture)
                let slow = try await results(bodies, of: "raw.\(other)", context, fixture)
                for (found, wanted) in zip(fast, slow) {
                    #expect(found.verdict == wanted.verdict, "\(found.check) \(now)")
                    #expect(found.observed == wanted.observed, "\(found.check) \(now)")
                    #expect(found.why == wanted.why, "\(found.check) \(now)")
                    #expect(found.violations == wanted.violations, "\(found.check) \(now)")
                }
                #expect(slow.allSatisfy { $0.rows != nil })
                #expect(one == "vain" || fast.contains { $0.rows == nil })
            }
        }
    }

    private func results(
        _ bodies: [CheckBody], of name: String, _ context: CheckContext, _ fixture: PostgresFixture
    ) async throws -> [CheckResult] {
        let asset = Make.source(name, days: nil)
        let checks = bodies.map { Make.check("\($0)", of: asset.name, body: $0) }
        return try await fixture.warehouse.ask(
            QuestionRound(asset: asset, slice: .whole, checks: checks, context: context)
        ).results
    }

    /// What only PostgreSQL keeps, and what it keeps less strictly than it looks.
    static let all = [types, keys, references, families, patterns, conditions]

    private static func cases(_ name: String, _ setup: [String], _ cases: [CheckCase]) -> CheckFixture {
        CheckFixture(
            name: name, setup: setup + ["CREATE VIEW raw.\(name)_seen AS SELECT * FROM raw.\(name)"],
            asset: Make.source("raw.\(name)", days: nil), slice: .whole,
            context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")), cases: cases)
    }

    private static let types = cases(
        "types",
        [
            "CREATE TYPE raw.mood AS ENUM ('well', 'ill')", "CREATE DOMAIN raw.mild AS raw.mood",
            "CREATE DOMAIN raw.small AS integer CHECK (VALUE > 0)",
            "CREATE DOMAIN raw.smaller AS raw.small CHECK (VALUE < 10)",
            "CREATE DOMAIN raw.sure AS integer NOT NULL",
            "CREATE COLLATION raw.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            """
            CREATE TABLE raw.types (id integer CHECK (id >= 1 AND id <= 100), late integer,
              code text CHECK (code IN ('a', 'b')), short varchar(5) CHECK (short IN ('x', 'it''s')),
              one text CHECK (one = 'q'), full_one text CHECK (full_one <> ''), said text COLLATE raw.blind CHECK (said = 'a'),
              amount numeric(12,2) CHECK (amount >= 0), price numeric CHECK (price >= 0 AND price <= 1000),
              rate numeric CHECK (rate > -1) CHECK (rate <> 'NaN'), part double precision CHECK (part >= 0),
              mood raw.mood, mild raw.mild, smaller raw.smaller, sure raw.sure,
              there integer CHECK (there IS NOT NULL), odd integer CHECK (odd NOT IN (3, 5)),
              either integer CHECK (either < 0 OR either > 9), padded char(3) CHECK (padded = 'p'),
              "Odd Name" integer CHECK (0 < "Odd Name"))
            """,
            """
            INSERT INTO raw.types VALUES (1, -1, 'a', 'x', 'q', 's', 'A', 0, 1, 0, 0, 'well', 'ill', 3, 1, 1, 4, 10, 'p', 1),
              (2, 2, 'b', NULL, NULL, NULL, 'a', 'NaN', NULL, NULL, 'NaN', NULL, NULL, NULL,
                (SELECT sure FROM raw.types WHERE false), 1, NULL, NULL, NULL, NULL)
            """,
            "ALTER TABLE raw.types ADD CONSTRAINT late_check CHECK (late > 0) NOT VALID",
        ],
        [
            .proved("id >= 1", by: "the constraint types_id_check"),
            .proved("id > 0", by: "the constraint types_id_check"),
            .proved("id between 0 and 100", by: "the constraint types_id_check"),
            .proved("id != 101", by: "the constraint types_id_check"), .read("id <= 99", .pass),
            .read("id >= 2", .fail, violations: 1), .read("late > 0", .fail, violations: 1),
            .proved("code in ['a', 'b', 'c']", by: "the constraint types_code_check"),
            .proved("code not in ['c']", by: "the constraint types_code_check"),
            .read("code in ['a']", .fail, violations: 1),
            .proved("short in ['x', 'it''s']", by: "the constraint types_short_check"),
            .proved("one = 'q'", by: "the constraint types_one_check"),
            .proved("full_one != ''", by: "the constraint types_full_one_check"),
            .read("said = 'a'", .fail, violations: 1),
            .read("amount >= 0", .fail, violations: 1), .read("part >= 0", .fail, violations: 1),
            .proved("price >= 0", by: "the constraint types_price_check"),
            .proved(
                "rate >= -1",
                by: "the constraint types_rate_check and the constraint types_rate_check1"),
            .proved("mood in [well, ill]", by: "the type raw.mood"),
            .proved("mild in [ill, well]", by: "the type raw.mood"),
            .read("mood in [well]", .pass), CheckCase("mood in [well, ill, none]", .error, sqlState: "22P02"),
            .proved(
                "smaller between 1 and 9",
                by:
                    "the constraint small_check of the domain raw.small and the constraint smaller_check of the domain raw.smaller"
            ),
            .read("sure not null", .fail, violations: 1),
            .proved("there not null", by: "the constraint types_there_check"),
            .proved("odd not in [5]", by: "the constraint types_odd_check"),
            .read("either not between 0 and 9", .pass), .read("padded = 'p'", .pass),
            .proved("column \"Odd Name\" > 0", by: "the constraint types_Odd Name_check"),
        ])

    private static let patterns = cases(
        "patterns",
        [
            "CREATE COLLATION raw.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            "CREATE DOMAIN raw.seen AS text COLLATE raw.blind",
            "CREATE DOMAIN raw.deep AS raw.seen CHECK (VALUE = 'a')",
            "CREATE DOMAIN raw.short AS text CHECK (VALUE ~ '^s' AND length(VALUE) = 3)",
            "CREATE FUNCTION raw.length(text) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 4'",
            """
            CREATE TABLE raw.patterns (sku text CHECK (sku ~ '^S''-\\d{2}$'), bare text, v varchar(9) CHECK (v LIKE 'a\\_%'),
              other text CHECK (other !~ 'x') CHECK (other NOT LIKE 'y%'), loose text CHECK (loose ~* 'a'),
              padded char(3) CHECK (padded ~ 'p'), late text, deep raw.deep COLLATE "C", short raw.short,
              c text CHECK (c COLLATE "C" ~ 'c'), ten text CHECK (length(ten) = 10), bad text CHECK (raw.length(bad) = 4),
              "Odd" text CHECK ("Odd" ~ 'o'))
            """,
            """
            INSERT INTO raw.patterns VALUES ('S''-12', 'T', 'a_b', 'q', 'A', 'p', 'no', 'A', 'sss', 'c', '0123456789', 'abc', 'o'),
              (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
            """,
            "ALTER TABLE raw.patterns ADD CONSTRAINT late_check CHECK (late ~ 'yes') NOT VALID",
        ],
        [
            .proved("sku matches '^S''-\\d{2}$'", by: "the constraint patterns_sku_check"),
            .read("sku matches '^S''-\\d{3}$'", .fail, violations: 1),
            .read("sku matches '^s''-\\d{2}$'", .fail, violations: 1),
            .read("sku does not match '^S''-\\d{2}$'", .fail, violations: 1),
            .read("bare matches '^S''-\\d{2}$'", .fail, violations: 1),
            .proved("v like 'a\\_%'", by: "the constraint patterns_v_check"), .read("v like 'a_%'", .pass),
            .proved("other does not match 'x'", by: "the constraint patterns_other_check"),
            .proved("other not like 'y%'", by: "the constraint patterns_other_check1"),
            .read("loose matches 'a'", .fail, violations: 1), .read("padded matches 'p'", .pass),
            .read("late matches 'yes'", .fail, violations: 1), .read("deep = 'a'", .fail, violations: 1),
            .read("short matches '^s'", .pass),
            .proved("short length = 3", by: "the constraint short_check of the domain raw.short"),
            .read("c matches 'c'", .pass),
            .proved("ten length = 10", by: "the constraint patterns_ten_check"),
            .proved("ten length between 5 and 10", by: "the constraint patterns_ten_check"),
            .read("ten length > 10", .fail, violations: 1), .read("bad length = 4", .fail, violations: 1),
            .proved("column \"Odd\" matches 'o'", by: "the constraint patterns_Odd_check"),
        ])

    private static let conditions = cases(
        "conditions",
        [
            """
            CREATE TABLE raw.conditions (id integer, placed timestamptz, shipped timestamptz, wall timestamp, day date,
              amount numeric(12,2), total numeric, x double precision, code varchar(3), name text COLLATE "C", "user" text,
              CHECK (shipped >= placed), CHECK (placed >= wall), CHECK (day BETWEEN '2020-01-01' AND '2029-12-31'),
              CHECK (amount > 0 AND amount <= total OR id IS NULL), CHECK (total > id), CHECK (x > 0.1),
              CONSTRAINT coded CHECK (code IN ('a', 'b') AND NOT (code = 'b' AND id = 3)), CHECK (name ~ '^\\w+$'),
              CONSTRAINT used CHECK ("user" = 'x'))
            """,
            """
            INSERT INTO raw.conditions VALUES
              (1, '2026-11-19 08:00+00', '2026-11-19 09:00+00', '2026-11-19 07:00', '2026-11-19', 1, 2, 1, 'a', 'n', 'x'),
              (2, '2026-11-19 08:00+00', NULL, NULL, NULL, NULL, 'NaN', 'NaN', 'b', NULL, NULL)
            """,
        ],
        [
            .proved("row 'shipped >= placed'", by: "the constraint conditions_check"),
            .proved("row 'PLACED<=shipped'", by: "the constraint conditions_check"),
            .proved("shipped >= placed", by: "the constraint conditions_check"),
            .read("row 'shipped > placed'", .pass), .read("row 'placed >= shipped'", .fail, violations: 1),
            .read("row 'placed >= wall'", .pass),
            .read("row 'shipped >= placed or shipped is null'", .pass),
            .proved(
                "row \"day between '2020-01-01' and '2029-12-31'\"", by: "the constraint conditions_day_check"
            ),
            .proved("row \"day <= '2029-12-31'\"", by: "the constraint conditions_day_check"),
            .proved(
                "row 'amount > 0 and amount <= total or id is null'", by: "the constraint conditions_check2"),
            .read("row 'amount > 0'", .pass), .read("row 'amount <= 0'", .fail, violations: 1),
            .proved("row 'total > id'", by: "the constraint conditions_check3"),
            .read("row 'x > 0.1'", .pass),
            .proved("row \"code in ('a', 'b')\"", by: "the constraint coded"),
            .proved("row \"not (code = 'b' and id = 3)\"", by: "the constraint coded"),
            .read("row \"code in ('a')\"", .fail, violations: 1),
            .proved("row \"name ~ '^\\w+$'\"", by: "the constraint conditions_name_check"),
            .proved("row '\"user\" = ''x'''", by: "the constraint used"),
            .read("row \"user = 'x'\"", .fail, violations: 2),
            .proved("row 'shipped >= placed' where 'id = 2'", by: "the constraint conditions_check")
                .vacuously,
        ])

    private static let keys = cases(
        "keys",
        [
            "CREATE COLLATION raw.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            """
            CREATE TABLE raw.keys (a integer UNIQUE, b integer UNIQUE DEFERRABLE, c integer, d text, e text COLLATE raw.blind,
              f integer, g integer, UNIQUE NULLS NOT DISTINCT (f), UNIQUE (c, d) INCLUDE (g))
            """,
            """
            INSERT INTO raw.keys VALUES (1, 1, 1, 'x', 'x', 1, 1), (NULL, 2, 2, 'y', 'X', 2, 1), (NULL, 3, 3, 'Y', 'z', NULL, 1)
            """,
            "CREATE UNIQUE INDEX ON raw.keys (c) WHERE c > 2",
            "CREATE UNIQUE INDEX ON raw.keys (lower(d || c))",
            "CREATE UNIQUE INDEX keys_e ON raw.keys (e COLLATE \"C\")",
        ],
        [
            .proved("a unique", by: "the constraint keys_a_key"), .read("b unique", .pass),
            .read("c unique", .pass), .read("d unique", .pass), .read("e unique", .fail, violations: 2),
            .proved("f unique", by: "the constraint keys_f_key"),
            .proved("c, d unique", by: "the constraint keys_c_d_g_key"),
            .proved("duplicates c, d, g = 0", by: "the constraint keys_c_d_g_key"),
            .read("c, g unique", .pass),
            .read("a not null", .fail, violations: 2),
        ])

    private static let references = cases(
        "children",
        [
            "CREATE TABLE raw.parents (id integer PRIMARY KEY, other integer UNIQUE)",
            "INSERT INTO raw.parents VALUES (1, 1), (2, 2)",
            """
            CREATE TABLE raw.children (a integer REFERENCES raw.parents, b integer, c integer REFERENCES raw.parents DEFERRABLE,
              d integer, e integer, f bigint REFERENCES raw.parents ON DELETE CASCADE)
            """,
            "INSERT INTO raw.children VALUES (1, 9, 1, 1, 1, 1), (NULL, 1, 2, 2, 2, 2)",
            "ALTER TABLE raw.children ADD CONSTRAINT b_fkey FOREIGN KEY (b) REFERENCES raw.parents NOT VALID",
            "ALTER TABLE raw.children ADD CONSTRAINT d_fkey FOREIGN KEY (d) REFERENCES raw.parents (other)",
            """
            DO $$
            DECLARE t record;
            BEGIN
              FOR t IN SELECT g.tgname FROM pg_trigger g JOIN pg_constraint k ON k.oid = g.tgconstraint
                WHERE g.tgrelid = 'raw.children'::regclass AND k.conname = 'children_f_fkey' LIMIT 1
              LOOP EXECUTE format('ALTER TABLE raw.children DISABLE TRIGGER %I', t.tgname); END LOOP;
            END $$
            """,
        ],
        [
            .proved("a references raw.parents.id", by: "the constraint children_a_fkey"),
            .read("a references raw.parents.other", .pass),
            .proved("d references raw.parents.other", by: "the constraint d_fkey"),
            .read("d references raw.parents.id", .pass),
            .read("b references raw.parents.id", .fail, violations: 1),
            .read("c references raw.parents.id", .pass), .read("e references raw.parents.id", .pass),
            .read("f references raw.parents.id", .pass),
        ])

    private static let families = cases(
        "split",
        [
            """
            CREATE TABLE raw.split (day date NOT NULL, id integer CHECK (id > 0), PRIMARY KEY (day, id)) PARTITION BY RANGE (day)
            """,
            "CREATE TABLE raw.split_all PARTITION OF raw.split DEFAULT",
            "INSERT INTO raw.split VALUES ('2026-11-19', 1), ('2026-11-19', 2)",
        ],
        [
            .proved("day not null", by: "the constraint split_pkey"),
            .proved("day, id unique", by: "the constraint split_pkey"),
            .proved("id > 0", by: "the constraint split_id_check"), .read("id unique", .pass),
        ])

    @Test func `a parent proves nothing for its children, and nobody for foreign tables`() async throws {
        let fixture = try await PostgresFixture()
        for sql in [
            "CREATE SCHEMA raw",
            "CREATE TABLE raw.parent (a integer PRIMARY KEY CHECK (a > 0) NO INHERIT, b integer NOT NULL)",
            "CREATE TABLE raw.child () INHERITS (raw.parent)",
            "ALTER TABLE raw.child ALTER b DROP NOT NULL, ALTER a DROP NOT NULL",
            "INSERT INTO raw.parent VALUES (1, 1)", "INSERT INTO raw.child VALUES (1, NULL), (-1, 1)",
            "CREATE FOREIGN DATA WRAPPER nobody", "CREATE SERVER nowhere FOREIGN DATA WRAPPER nobody",
            "CREATE FOREIGN TABLE raw.away (a integer NOT NULL CHECK (a > 0)) SERVER nowhere",
            "CREATE TABLE raw.wide (a integer NOT NULL CHECK (a > 0)) PARTITION BY RANGE (a)",
            "CREATE FOREIGN TABLE raw.wide_away PARTITION OF raw.wide DEFAULT SERVER nowhere",
        ] { try await fixture.run(sql) }
        let bodies: [CheckBody] = [
            .row(.notNull("a")), .row(.unique(["a"])),
            .row(.compare("a", .compare(.greater, .literal(.number("0"))))),
        ]
        let context = CheckContext(now: Make.instant("2026-11-20T09:00:00Z"))
        let family = try await results(bodies + [.row(.notNull("b"))], of: "raw.parent", context, fixture)
        #expect(family.map(\.violations) == [0, 2, 1, 1])
        #expect(family.map(\.verdict) == [.pass, .fail, .fail, .fail])
        #expect(family.allSatisfy { !$0.proved })
        for name in ["raw.away", "raw.wide"] {
            let away = try await results(bodies, of: name, context, fixture)
            #expect(away.map(\.verdict) == [.error, .error, .error])
        }
        let child = try #require(try await fixture.warehouse.table(Make.name("raw.child")))
        #expect(child.guarantees.notNull.isEmpty)
        #expect(child.guarantees.conditions.isEmpty)
    }
}
