import Engine
import SuretyCore
import SuretyTestKit
import Testing

@testable import PostgresWarehouse

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct SnapshotAgeTests {
    private static func ask(_ checks: [Check], oldest: Period) async throws -> [CheckResult] {
        let fixture = try await PostgresStepTests.fixture()
        var warehouse = PostgresWarehouse(pool: fixture.pool)
        warehouse.courtesy.oldest = oldest
        return try await warehouse.ask(
            QuestionRound(
                asset: Make.source("mart.t"), slice: PostgresStepTests.day, checks: checks,
                context: CheckContext(now: PostgresStepTests.now))
        ).results
    }

    private static let rows = Make.check("rows >= 1", of: Make.name("mart.t"))
    private static let slow = Make.check(
        "row slow", of: Make.name("mart.t"), body: .row(.condition("pg_sleep(20) IS NOT NULL")))
    private static let late = Make.check(
        "n unique", of: Make.name("mart.t"), body: .row(.unique(["n"])))

    @Test func `checks that are asked in time are answered`() async throws {
        let results = try await Self.ask([Self.rows, Self.late], oldest: Period(30, .minute))
        #expect(results.map(\.verdict) == [.pass, .pass])
    }

    @Test func `a check is cut off when the snapshot is too old, and those after it are not asked`()
        async throws
    {
        let results = try await Self.ask([Self.slow, Self.late], oldest: Period(1, .second))
        #expect(results.map(\.verdict) == [.error, .error])
        #expect(results.map(\.sqlState) == ["72000", "72000"])
        #expect(results[0].why.contains("older than 1s"))
        #expect(results[0].why.contains("it was cut off"))
        #expect(results[1].why.contains("it was not asked"))
    }

    @Test func `nothing is asked of a snapshot that is too old at once`() async throws {
        let results = try await Self.ask([Self.rows], oldest: Period(0, .second))
        #expect(results.map(\.sqlState) == ["72000"])
    }
}
