import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct CheckRoleTests {
    private static let source = Make.source("mart.t")
    private static let built = Make.built("mart.b", from: [Need(source.name)])

    /// The statements for a role of this database, because roles are the whole cluster's.
    private static func statements(
        _ name: String, _ assets: [Asset], _ fixture: PostgresFixture
    ) async throws -> [String] {
        try await fixture.pool.perform { session in
            var role = CheckRole(WarehouseSession(session: session))
            role.name = name
            return try role.statements(for: assets)
        }
    }

    @Test func `the role may ask checks and change nothing`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        try await fixture.run("CREATE TABLE mart.c (n numeric)")
        let name = "check_\(try await fixture.rows("SELECT current_database()")[0][0] ?? "")"
        var source = Self.source
        source.stop.append(
            Make.check(
                "n references mart.c.n", of: source.name,
                body: .row(.references("n", table: Make.name("mart.c"), column: "n"))))
        for statement in try await Self.statements(name, [source, Self.built], fixture) {
            try await fixture.run(statement)
        }
        #expect(try await Self.statements(name, [source, Self.built], fixture).isEmpty)
        try await fixture.run("CREATE TABLE mart.b (day date)")

        let settings = try PostgresSettings(fixture.address.replacing("user=postgres", with: "user=\(name)"))
        let pool = PostgresPool(settings, limit: 2)
        let warehouse = PostgresWarehouse(pool: pool)
        try await warehouse.prepare(clockOffset: 0)
        #expect(try await warehouse.certificates(of: [source.name]).isEmpty)
        for (asset, verdicts) in [(source, [Verdict.pass, .fail]), (Self.built, [.fail])] {
            let evidence = try await warehouse.ask(
                QuestionRound(
                    asset: asset, slice: PostgresStepTests.day, checks: asset.stop,
                    context: CheckContext(now: PostgresStepTests.now)))
            #expect(evidence.results.map(\.verdict) == verdicts)
        }
        for statement in ["INSERT INTO mart.t DEFAULT VALUES", "DELETE FROM surety.ledger"] {
            let error = await #expect(throws: PostgresError.self) {
                try await pool.perform { session in
                    try session.script(unchecked: "SET default_transaction_read_only = off")
                    try session.script(unchecked: statement)
                }
            }
            #expect(error?.sqlState == "42501")
        }
    }

    @Test func `checks are asked as the role that is declared, in steps too, and nothing else is`()
        async throws
    {
        let fixture = try await PostgresStepTests.fixture()
        let name = "asks_\(try await fixture.rows("SELECT current_database()")[0][0] ?? "")"
        var asset = Self.built
        asset.stop = ["row": "current_user = '\(name)'"].map { text, condition in
            Make.check(text, of: asset.name, body: .row(.condition(condition)))
        }
        let warehouse = PostgresWarehouse(pool: fixture.pool, checksRole: name)
        let round = QuestionRound(
            asset: asset, slice: PostgresStepTests.day, checks: asset.stop,
            context: CheckContext(now: PostgresStepTests.now))
        try await fixture.run(
            "CREATE TABLE mart.b (day date, n numeric, by text DEFAULT current_user); "
                + "INSERT INTO mart.b VALUES ('2026-11-19', 1)")
        let missing = try await warehouse.ask(round).results
        #expect(missing.map(\.verdict) == [.error])
        #expect(missing[0].why.contains("which is not there"))
        #expect(missing[0].sqlState == "42501")
        for statement in try await Self.statements(name, [Self.built], fixture) {
            try await fixture.run(statement)
        }
        #expect(try await warehouse.ask(round).results.map(\.verdict) == [.pass])
        #expect(try await warehouse.warningOfChecks() == nil)
        let order = PostgresStepTests.order("SELECT date '2026-11-19' AS day, 2 AS n", asset)
        guard case .committed(_, let results, _) = try await PostgresStepTests.apply(order, warehouse) else {
            Issue.record("the step did not end well")
            return
        }
        #expect(results.filter { $0.list == .stop }.map(\.verdict) == [.pass])
        #expect(try await fixture.rows("SELECT by <> '\(name)' FROM mart.b") == [["t"]])
    }

    @Test func `a superuser is told how to make the role, and that checks are asked as one`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let report = try await fixture.warehouse.examine([Self.source])
        #expect(report.checkRole.contains("GRANT SELECT ON \"mart\".\"t\" TO \"surety_check\";"))
        let warning = try await fixture.warehouse.warningOfChecks()
        #expect(warning?.contains("superuser") == true)
    }

    @Test func `a role that is no superuser is told nothing of it`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let role = try await fixture.role(
            "USAGE ON SCHEMA mart", "SELECT ON mart.t", "USAGE ON SCHEMA surety")
        #expect(try await role.warehouse.examine([Self.source]).checkRole.isEmpty)
        #expect(try await role.warehouse.warningOfChecks() == nil)
    }
}
