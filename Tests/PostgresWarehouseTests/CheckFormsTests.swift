import Engine
import PostgresClient
import SuretyCore
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct CheckFormsTests {
    @Test(arguments: CheckFixture.all)
    func `partitions, views and foreign tables change no result`(_ cases: CheckFixture) async throws {
        let fixture = try await PostgresFixture()
        let setup = cases.setup(on: .postgres)
        for statement in ["CREATE SCHEMA raw"] + setup { try await fixture.run(statement) }
        let checks = try cases.checks(on: .postgres).map(\.check)
        let round = QuestionRound(
            asset: cases.asset, slice: cases.slice, checks: checks, context: cases.context)
        let plain = try await fixture.warehouse.ask(round).results
        let reshaper = try await Reshaper(fixture, setup: setup)
        for form in TableForm.allCases {
            let shaped = try await reshaper.with(form) { try await fixture.warehouse.ask(round).results }
            try #require(shaped.count == plain.count)
            for (one, other) in zip(plain, shaped) {
                for difference in one.differences(from: other, showsRows: !cases.asset.key.isEmpty) {
                    Issue.record("\(form): \(difference)")
                }
            }
        }
    }
}

extension CheckResult {
    /// What the same check says otherwise of the same rows; how it found out may differ.
    fileprivate func differences(from other: CheckResult, showsRows: Bool) -> [String] {
        var found: [String] = []
        func compare<T: Equatable>(_ name: String, _ one: T, _ two: T) {
            if one != two { found.append("\(check): \(name) is \(two), not \(one) (\(other.why))") }
        }
        compare("verdict", verdict, other.verdict)
        compare("sqlState", sqlState, other.sqlState)
        compare("expected", expected, other.expected)
        compare("violations", violations, other.violations)
        compare("unknown", unknown, other.unknown)
        compare("unit", unit, other.unit)
        compare("slice", slice, other.slice)
        if rows != nil, other.rows != nil { compare("rows", rows, other.rows) }
        if !proved, !other.proved {
            compare("observed", observed, other.observed)
            compare("vacuous", vacuous, other.vacuous)
            if verdict != .error { compare("why", why, other.why) }
        }
        if showsRows { compare("samples", samples, other.samples) }
        return found
    }
}
