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
}
