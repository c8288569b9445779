import Engine
import PostgresWarehouse
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct TableShapeTests {
    /// Statements on a table `raw.t` with types of its own, and what they made different.
    private static let cases: [(sql: String, words: [String])] = [
        ("ALTER TABLE raw.t RENAME COLUMN amount TO price", ["amount was renamed to price"]),
        (
            "ALTER TABLE raw.t ALTER COLUMN amount TYPE numeric(12,2)",
            [
                "amount was integer and is numeric(12,2)",
                "the constraint positive was CHECK ((amount > 0)) and is CHECK ((amount > (0)::numeric))",
            ]
        ),
        (
            "ALTER TABLE raw.t RENAME COLUMN note TO n; ALTER TABLE raw.t ALTER COLUMN n TYPE varchar(9)",
            ["note was renamed to n", "n was text and is character varying(9)"]
        ),
        ("ALTER TABLE raw.t DROP COLUMN note", ["note was dropped"]),
        ("ALTER TABLE raw.t ADD COLUMN more date", ["more date was added"]),
        (
            "ALTER TABLE raw.t DROP COLUMN note; ALTER TABLE raw.t ADD COLUMN note text",
            ["note was dropped and added again, its values are others"]
        ),
        (
            "ALTER TABLE raw.t DROP COLUMN note; ALTER TABLE raw.t RENAME COLUMN mood TO note",
            ["note was dropped", "mood was renamed to note"]
        ),
        ("ALTER TABLE raw.t ALTER COLUMN id DROP NOT NULL", ["id became nullable"]),
        (
            "ALTER TABLE raw.t ALTER COLUMN note SET DEFAULT 'x'",
            ["the default of note was NULL and is 'x'::text"]
        ),
        (
            "ALTER TYPE raw.mood ADD VALUE 'calm' BEFORE 'happy'",
            ["mood may also be 'calm'", "feel may also be 'calm'"]
        ),
        (
            "ALTER TABLE raw.t ADD CONSTRAINT few CHECK (amount < 9) NOT VALID",
            ["the constraint few was added, not validated: CHECK ((amount < 9))"]
        ),
        ("ALTER TABLE raw.t VALIDATE CONSTRAINT later", ["the constraint later is now validated"]),
        ("ALTER TABLE raw.t RENAME CONSTRAINT later TO never", []),
        (
            "ALTER TABLE raw.t DROP CONSTRAINT positive",
            ["the constraint positive was dropped: CHECK ((amount > 0))"]
        ),
        ("TRUNCATE raw.t; INSERT INTO raw.t VALUES (1); ANALYZE raw.t", []),
        ("CREATE INDEX ON raw.t (id); VACUUM FULL raw.t", []),
        (
            """
            CREATE TABLE raw.u (LIKE raw.t INCLUDING ALL); DROP TABLE raw.t; ALTER TABLE raw.u RENAME TO t;
            ALTER TABLE raw.t RENAME COLUMN note TO remark
            """,
            [
                "the table was dropped and made again", "note was dropped", "remark text was added",
                "the constraint later is now validated",
            ]
        ),
    ]

    @Test func `what was done to a table is told exactly`() async throws {
        let fixture = try await PostgresFixture()
        for (sql, words) in Self.cases {
            try await fixture.run(
                """
                DROP SCHEMA IF EXISTS raw CASCADE; CREATE SCHEMA raw;
                CREATE TYPE raw.mood AS ENUM ('sad', 'happy'); CREATE DOMAIN raw.feel AS raw.mood;
                CREATE TABLE raw.t (id bigint NOT NULL, gone text, note text, mood raw.mood, feel raw.feel,
                    amount integer CONSTRAINT positive CHECK (amount > 0));
                ALTER TABLE raw.t DROP COLUMN gone, ADD CONSTRAINT later CHECK (id > 0) NOT VALID
                """)
            let before = try await shape(fixture)
            for statement in sql.split(separator: ";") { try await fixture.run(String(statement)) }
            let found = before.differences(to: try await shape(fixture)).map(\.words)
            #expect(found == words, "\(sql)")
        }
    }

    @Test func `evidence and the catalogue see the same table`() async throws {
        let fixture = try await PostgresFixture()
        try await fixture.run(
            """
            CREATE SCHEMA raw; CREATE TABLE raw.t (id bigint PRIMARY KEY, a text GENERATED ALWAYS AS ('x') STORED,
                n integer GENERATED ALWAYS AS IDENTITY)
            """)
        let evidence = try await fixture.warehouse.ask(
            QuestionRound(
                asset: Make.source("raw.t", days: nil), slice: .whole, checks: [],
                context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")), marksContent: true))
        #expect(try await shape(fixture) == evidence.shape)
        #expect(
            evidence.shape.columns.map(\.filling) == [
                "", "generated always as 'x'::text", "generated always as identity",
            ])
        #expect(evidence.shape.constraints?.map(\.definition) == ["PRIMARY KEY (id)"])
    }

    private func shape(_ fixture: PostgresFixture) async throws -> TableShape {
        try #require(try await fixture.warehouse.table(Make.name("raw.t"))).shape
    }
}
