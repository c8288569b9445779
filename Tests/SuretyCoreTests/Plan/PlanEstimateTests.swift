import SuretyCore
import SuretyTestKit
import Testing

@Suite struct PlanEstimateTests {
    private let raw = Make.source("raw.billing")
    private let mart = Make.built("mart.revenue", from: [Need(Make.name("raw.billing"))])

    private func plan(days: [String]) -> Plan {
        let assets = [raw.name: raw, mart.name: mart]
        let lineage = Lineage(
            assets: assets, certificates: CertificateIndex([]), now: Make.instant("2026-11-20T06:00:00Z"))
        return Planner(lineage: lineage) { _ in "definition" }
            .plan(.asset(mart), slices: [mart.name: days.map { Make.day($0) }])
    }

    @Test func `one interval takes as long as its chain`() throws {
        let estimate = try #require(
            PlanEstimate(
                plan(days: ["2026-11-19"]), durations: [raw.name: [1, 2, 30], mart.name: [4, 6]], slots: 4))
        #expect(estimate.seconds == 7)
        #expect(estimate.unknownSteps == 0)
    }

    @Test func `many intervals share the slots`() throws {
        let days = (10...19).map { "2026-11-\($0)" }
        let estimate = try #require(
            PlanEstimate(plan(days: days), durations: [raw.name: [2], mart.name: [6]], slots: 4))
        #expect(estimate.seconds == 20)
    }

    @Test func `steps that never ran are counted, and nothing is said when none did`() throws {
        let day = plan(days: ["2026-11-19"])
        #expect(PlanEstimate(day, durations: [mart.name: [6]], slots: 4)?.unknownSteps == 1)
        #expect(PlanEstimate(day, durations: [:], slots: 4) == nil)
    }
}
