import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `steps that took much longer than usual` {
    private let began = Make.instant("2026-11-20T05:00:00Z")

    private func run(_ milliseconds: Int64?, kept: Bool = false) -> RunRecord {
        var step = StepRecord(asset: Make.name("mart.revenue"), interval: "2026-11-19", kind: .sql)
        step.startedAt = began
        step.endedAt = milliseconds.map { began.adding(milliseconds: $0) }
        step.kept = kept
        return RunRecord(
            id: "run000000001", target: "mart.revenue", intervals: [], trigger: "person", definition: "d",
            startedAt: began, steps: [step])
    }

    private func slow(_ run: RunRecord, _ earlier: [Double]) -> [String] {
        SlowStep.all(in: run, against: [Make.name("mart.revenue"): earlier]).map {
            "\($0.step.asset) \($0.seconds) of \($0.usual)"
        }
    }

    // The 95th percentile of 1, 2, … 20 is 19.
    @Test(
        arguments: [(28_500, []), (28_501, ["mart.revenue 28.501 of 19.0"]), (nil, [])]
            as [(Int64?, [String])])
    func `more than one and a half times the 95th percentile is slow`(
        milliseconds: Int64?, expected: [String]
    ) {
        #expect(slow(run(milliseconds), (1...20).map(Double.init).reversed()) == expected)
    }

    @Test func `fewer than eight earlier steps are no measure`() {
        #expect(slow(run(900_000), Array(repeating: 10, count: 7)).isEmpty)
        #expect(slow(run(900_000), Array(repeating: 10, count: 8)) == ["mart.revenue 900.0 of 10.0"])
        #expect(SlowStep.all(in: run(900_000), against: [:]).isEmpty)
    }

    @Test func `what was kept or took a moment is never slow`() {
        let usual = Array(repeating: 0.01, count: 8)
        #expect(slow(run(999), usual).isEmpty)
        #expect(slow(run(1000), usual) == ["mart.revenue 1.0 of 0.01"])
        #expect(slow(run(900_000, kept: true), usual).isEmpty)
    }
}
