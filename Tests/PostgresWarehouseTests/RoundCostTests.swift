import Engine
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct RoundCostTests {
    private static let rows = Make.check("rows >= 1", of: Make.name("mart.t"))
    /// Fails if it is asked.
    private static let dear = Make.check(
        "row dear", of: Make.name("mart.t"),
        body: .row(.condition("(SELECT sum(i / 0) FROM generate_series(1, 2000000000) AS s (i)) > 0")))

    private static func round(_ asset: Asset, _ checks: [Check]) -> QuestionRound {
        QuestionRound(
            asset: asset, slice: PostgresStepTests.day, checks: checks,
            context: CheckContext(now: PostgresStepTests.now))
    }

    @Test func `statements tell what they would read and how long it would take, and do not run`()
        async throws
    {
        let fixture = try await PostgresStepTests.fixture()
        let asset = Make.source("mart.t")
        let costs = try #require(
            try await fixture.warehouse.costs(of: Self.round(asset, [Self.rows, Self.dear])))
        #expect(costs.map(\.asset) == [asset.name])
        #expect(costs.map(\.interval) == ["2026-11-19"])
        #expect(costs.map(\.blocks) == [1])
        #expect(costs[0].seconds > 1)
        #expect(costs[0].statement.contains("generate_series"))
    }

    @Test func `the plan shows what other servers are asked, and which aggregates they compute`() async throws
    {
        let fixture = try await PostgresFixture()
        let table = "CREATE TABLE raw.t (day date, n numeric)"
        try await fixture.run("CREATE SCHEMA raw; \(table); INSERT INTO raw.t VALUES ('2026-11-19', 1)")
        let reshaper = try await Reshaper(fixture, setup: [table])
        try await fixture.run(
            "CREATE FOREIGN TABLE raw.one (day date, n numeric) SERVER shard_0 OPTIONS (schema_name 'raw', table_name 't')"
        )
        func remote(_ name: String) async throws -> [String] {
            var asset = Make.source(name, days: nil)
            asset.stop += [Make.check("n not null", of: asset.name, body: .row(.notNull("n")))]
            let round = QuestionRound(
                asset: asset, slice: .whole, checks: asset.stop,
                context: CheckContext(now: PostgresStepTests.now))
            return try #require(try await fixture.warehouse.costs(of: round)).flatMap(\.remote)
        }
        // One server computes aggregates itself; partitions on two give the columns that are asked for.
        #expect(try await remote("raw.one") == ["SELECT count(*), count(n) FROM raw.t"])
        let parts = try await reshaper.with(.shards) { try await remote("raw.t") }
        #expect(parts == ["SELECT n FROM raw.t", "SELECT n FROM raw.t"])
    }

    @Test func `a table that is missing costs nothing`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let asset = Make.source("mart.nothing")
        #expect(try await fixture.warehouse.costs(of: Self.round(asset, asset.stop)) == [])
    }

    @Test func `rounds take as long as those of the last certificates, and a budget knows it`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        var asset = Make.source("mart.t")
        let slice = PostgresStepTests.day
        for (number, seconds) in [110.0, 120, 900].enumerated() {
            // Two checks that shared a statement.
            let results = asset.stop.flatMap { check in
                var result = CheckResult(check, of: asset.name, slice: slice, .pass)
                result.durationMilliseconds = seconds * 1000
                return [result, result]
            }
            let certifier = Certifier(
                asset: asset, slice: slice, run: "run000000001", definition: "d", inputs: [],
                certificate: CertificateID(rawValue: "c\(number)"))
            guard
                case .certified(let certificate) = certifier.judge(
                    Make.evidence(results, rows: Int64(number + 1)), at: PostgresStepTests.now)
            else {
                Issue.record("not certified")
                return
            }
            _ = try await fixture.warehouse.record(certificate, ledger: nil)
        }
        let costs = try await fixture.warehouse.costs(of: Self.round(asset, asset.stop)) ?? []
        #expect(costs.map { $0.seconds.rounded() } == [120])

        asset.budget = Period(60, .second)
        let results = try await fixture.warehouse.ask(Self.round(asset, asset.stop)).results
        #expect(results.map(\.sqlState) == ["57014"])
        asset.budget = Period(10, .minute)
        #expect(
            try await fixture.warehouse.ask(Self.round(asset, asset.stop)).results.map(\.verdict) == [.pass])
    }
}
