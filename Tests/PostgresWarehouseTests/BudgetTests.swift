import Engine
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct BudgetTests {
    private static func asset(_ checks: [Check], budget: Period) -> Asset {
        var asset = Make.source("mart.t")
        asset.budget = budget
        asset.stop = checks
        return asset
    }

    private static func ask(
        _ asset: Asset, _ warehouse: PostgresWarehouse
    ) async throws -> [CheckResult] {
        try await warehouse.ask(
            QuestionRound(
                asset: asset, slice: PostgresStepTests.day, checks: asset.stop,
                context: CheckContext(now: PostgresStepTests.now))
        ).results
    }

    private static let cheap = Make.check("rows >= 1", of: Make.name("mart.t"))
    /// Fails with another SQLSTATE if it is asked at all.
    private static let dear = Make.check(
        "row dear", of: Make.name("mart.t"),
        body: .row(.condition("(SELECT sum(i / 0) FROM generate_series(1, 2000000000) AS s (i)) > 0")))

    @Test func `checks that do not fit into the budget are not asked, and the others are`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let asset = Self.asset([Self.cheap, Self.dear], budget: Period(10, .second))
        let results = try await Self.ask(asset, PostgresWarehouse(pool: fixture.pool))
        #expect(results.map(\.verdict) == [.pass, .error])
        #expect(results[1].sqlState == "57014")
        #expect(results[1].why.contains("the budget of the checks, 10s"))
        #expect(results[1].why.contains("Raise `budget`"))
    }

    @Test func `checks that were slow before are not asked again within too small a budget`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let asset = Self.asset([Self.cheap], budget: Period(10, .second))
        let warehouse = PostgresWarehouse(pool: fixture.pool)
        #expect(try await Self.ask(asset, warehouse).map(\.verdict) == [.pass])
        warehouse.pace.learn(asset.name, cost: 1, milliseconds: 60_000)
        let results = try await Self.ask(asset, warehouse)
        #expect(results.map(\.sqlState) == ["57014"])
        #expect(results[0].why.contains("Raise `budget`"))
    }

    @Test func `a check that is cut off teaches how slow it is`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let slow = Make.check(
            "row slow", of: Make.name("mart.t"), body: .row(.condition("pg_sleep(20) IS NOT NULL")))
        let asset = Self.asset([slow], budget: Period(1, .second))
        let warehouse = PostgresWarehouse(pool: fixture.pool)
        #expect(warehouse.pace.milliseconds(for: 1000, of: asset.name) == 5)
        #expect(try await Self.ask(asset, warehouse).map(\.sqlState) == ["57014"])
        #expect(warehouse.pace.milliseconds(for: 1000, of: asset.name) > 1000)
    }

    @Test func `what a round took before it made way is gone from its budget`() async throws {
        let fixture = try await PostgresStepTests.fixture()
        let warehouse = PostgresWarehouse(pool: fixture.pool)
        let asset = Self.asset([Self.cheap], budget: Period(10, .second))
        let round = QuestionRound(
            asset: asset, slice: PostgresStepTests.day, checks: asset.stop,
            context: CheckContext(now: PostgresStepTests.now))
        let spending = Spending()
        let first = try #require(try await warehouse.evidence(of: round, spending))
        #expect(first.results.map(\.verdict) == [.pass])
        #expect(spending.milliseconds > 0)
        spending.add(milliseconds: 10_000)
        let second = try #require(try await warehouse.evidence(of: round, spending))
        #expect(second.results.map(\.sqlState) == ["57014"])
        #expect(second.results[0].why == "the budget of the checks, 10s, is used up")
    }

    @Test func `a statement takes as long as it took before, another as the fastest of all`() {
        let (pace, asset, now) = (Pace(), Make.name("mart.t"), ContinuousClock.now)
        pace.learn(asset, "slow", cost: 1000, milliseconds: 5000, at: now)
        pace.learn(asset, "fast", cost: 1000, milliseconds: 200, at: now)
        #expect(pace.milliseconds(for: 2000, of: asset, "slow", at: now) == 10_000)
        #expect(pace.milliseconds(for: 2000, of: asset, "fast", at: now) == 400)
        #expect(pace.milliseconds(for: 2000, of: asset, "other", at: now) == 400)
    }

    @Test func `the pace of an asset is that of its last long statements`() {
        let (pace, asset, now) = (Pace(), Make.name("mart.t"), ContinuousClock.now)
        pace.learn(asset, cost: 1000, milliseconds: 99, at: now)
        #expect(pace.milliseconds(for: 1000, of: asset, at: now) == 5)
        pace.learn(asset, cost: 1000, milliseconds: 200, at: now)
        pace.learn(asset, cost: 3000, milliseconds: 200, at: now)
        #expect(pace.milliseconds(for: 1000, of: asset, at: now) == 100)
        #expect(pace.milliseconds(for: 1000, of: Make.name("mart.other"), at: now) == 5)
        for _ in 0..<20 { pace.learn(asset, cost: 1000, milliseconds: 300, at: now) }
        #expect(pace.milliseconds(for: 1000, of: asset, at: now) == 300)
        #expect(pace.milliseconds(for: 1000, of: asset, at: now + .seconds(90_000)) == 5)
    }
}
