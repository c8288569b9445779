import Engine
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct CheckCasesTests {
    @Test(arguments: CheckFixture.all)
    func `checks find out on SQLite what they find out everywhere`(_ cases: CheckFixture) async throws {
        let fixture = try await EmbeddedFixture()
        try await fixture.schema("raw")
        for statement in cases.setup(on: .sqlite) { try await fixture.run(statement) }
        let checks = try cases.checks(on: .sqlite)
        let evidence = try await fixture.warehouse.ask(
            QuestionRound(
                asset: cases.asset, slice: cases.slice, checks: checks.map(\.check), context: cases.context))
        try #require(evidence.results.count == checks.count)
        for (wanted, result) in zip(checks, evidence.results) {
            #expect(wanted.case.differences(from: result) == [])
        }
    }

    @Test(arguments: CheckFixture.guaranteed)
    func `what the catalogue proves on SQLite is what reading finds`(_ cases: CheckFixture) async throws {
        let fixture = try await EmbeddedFixture()
        let differences = try await cases.differencesOfProofs(on: .sqlite, fixture)
        #expect(differences == [])
    }

    @Test func `SQLite proves nothing by collations, virtual tables and keys of another kind`() async throws {
        let fixture = try await EmbeddedFixture()
        try await fixture.schema("raw")
        for sql in [
            "CREATE TABLE raw.t (id integer PRIMARY KEY DESC, u text UNIQUE COLLATE nocase, n integer NOT NULL)",
            "CREATE TABLE raw.rows (a text, b text, PRIMARY KEY (a, b)) WITHOUT ROWID",
            "CREATE UNIQUE INDEX raw.rows_b ON rows (b)",
            "CREATE UNIQUE INDEX raw.rows_up ON rows (upper(a))",
            "CREATE VIRTUAL TABLE raw.words USING fts5(a)",
        ] { try await fixture.run(sql) }
        let table = try #require(try await fixture.warehouse.table(Make.name("raw.t"))).guarantees
        #expect(table.notNull.map(\.column) == ["n"])
        #expect(table.keys.isEmpty)
        let rows = try #require(try await fixture.warehouse.table(Make.name("raw.rows"))).guarantees
        #expect(rows.notNull.map(\.column) == ["a", "b"])
        #expect(Set(rows.keys.map(\.columns)) == [["b"], ["a", "b"]])
        let words = try #require(try await fixture.warehouse.table(Make.name("raw.words")))
        #expect(words.guarantees == Guarantees())
    }
}
