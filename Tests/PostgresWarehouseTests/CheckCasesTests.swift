import Engine
import PostgresClient
import PostgresWarehouse
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct CheckCasesTests {
    @Test(arguments: CheckFixture.all)
    func `checks find out on PostgreSQL what their contract says`(_ cases: CheckFixture) async throws {
        let fixture = try await PostgresFixture()
        for statement in ["CREATE SCHEMA raw"] + cases.setup(on: .postgres) {
            try await fixture.run(statement)
        }
        let checks = try cases.checks(on: .postgres)
        let round = QuestionRound(
            asset: cases.asset, slice: cases.slice, checks: checks.map(\.check), context: cases.context)
        let evidence = try await fixture.warehouse.ask(round)
        #expect(evidence.results.count == checks.count)
        for (wanted, result) in zip(checks.map(\.case), evidence.results) {
            for difference in wanted.differences(from: result) { Issue.record("\(difference)") }
        }
        let helped = try await BesideTests.helped(fixture.pool).ask(round)
        #expect(helped.results.map(\.timeless) == evidence.results.map(\.timeless))
    }
}

extension CheckResult {
    /// The same without when it was found out and how long that took.
    fileprivate var timeless: CheckResult {
        var result = self
        result.snapshot = nil
        result.durationMilliseconds = nil
        return result
    }
}
