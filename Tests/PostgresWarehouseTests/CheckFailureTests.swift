import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct CheckFailureTests {
    @Test func `a server that cannot be reached is an error of the checks that need it`() async throws {
        let fixture = try await PostgresFixture()
        for statement in [
            "CREATE SCHEMA raw", "CREATE EXTENSION postgres_fdw", "CREATE TABLE raw.here AS SELECT 1 AS id",
            "CREATE SERVER gone FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '/nowhere')",
            "CREATE USER MAPPING FOR postgres SERVER gone OPTIONS (user 'postgres')",
            "CREATE FOREIGN TABLE raw.gone (id integer) SERVER gone",
        ] { try await fixture.run(statement) }
        let found = try await results(
            of: fixture.warehouse,
            [
                CheckCase("rows = 1", .pass),
                CheckCase("id references raw.gone.id", .error, sqlState: "08001"),
                CheckCase("id not null", .pass, rows: 1),
                CheckCase("rows equals rows raw.gone", .error, sqlState: "08001"),
                CheckCase("sql 'select id from raw.gone' = 1", .error, sqlState: "08001"),
                CheckCase("id unique", .pass, rows: 1),
            ])
        #expect(found == [])
    }

    @Test func `a table that may not be read is an error of the checks that need it`() async throws {
        let fixture = try await PostgresFixture()
        for statement in [
            "CREATE SCHEMA raw", "CREATE TABLE raw.here AS SELECT 1 AS id, 2 AS hidden",
            "CREATE TABLE raw.secret AS SELECT 1 AS id",
        ] { try await fixture.run(statement) }
        let (name, warehouse) = try await fixture.role("USAGE ON SCHEMA raw, surety")
        try await fixture.run("GRANT SELECT (id) ON raw.here TO \(name)")
        let found = try await results(
            of: warehouse,
            [
                CheckCase("id not null", .pass, rows: 1),
                CheckCase("id references raw.secret.id", .error, sqlState: "42501"),
                CheckCase("hidden = 2", .error, sqlState: "42501"), CheckCase("sum id = 1", .pass),
                CheckCase("id = hidden", .error, sqlState: "42501"), CheckCase("id unique", .pass, rows: 1),
            ])
        #expect(found == [])
    }

    @Test func `rows that may not be shown change no verdict`() async throws {
        let fixture = try await PostgresFixture()
        for statement in [
            "CREATE SCHEMA raw", "CREATE TABLE raw.there AS SELECT 2 AS id",
            "CREATE TABLE raw.here AS SELECT 1 AS id, n AS hidden, '{}'::json AS document FROM generate_series(1, 3) n",
        ] { try await fixture.run(statement) }
        let (name, warehouse) = try await fixture.role("USAGE ON SCHEMA raw, surety")
        try await fixture.run("GRANT SELECT (id, document) ON raw.here TO \(name)")
        try await fixture.run("GRANT SELECT ON raw.there TO \(name)")
        for column in ["hidden", "document"] {
            let found = try await results(
                of: warehouse,
                [
                    CheckCase("id unique", .fail, violations: 3, why: "1 value on 3 rows, 2 surplus")
                        .showing([column], []),
                    CheckCase("id references raw.there.id", .fail, violations: 3).showing([column], []),
                ])
            #expect(found == [])
        }
    }

    /// What differs from what checks of `raw.here` must find out.
    private func results(of warehouse: any Warehouse, _ cases: [CheckCase]) async throws -> [String] {
        let made = CheckFixture(
            name: "here", setup: [], asset: Make.source("raw.here", days: nil), slice: .whole,
            context: CheckContext(now: Make.instant("2026-11-20T09:00:00Z")), cases: cases)
        let evidence = try await warehouse.ask(
            QuestionRound(
                asset: made.asset, slice: made.slice, checks: try made.checks(on: .postgres).map(\.check),
                context: made.context))
        return zip(cases, evidence.results).flatMap { $0.differences(from: $1) }
    }
}
