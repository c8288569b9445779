import SuretyCore
import SuretyTestKit
import Testing

@Suite struct TroubleTests {
    private func trouble(
        _ asset: String, _ interval: String, promise: PromiseID = "p", severity: Severity = .high
    ) -> Trouble {
        Trouble(
            cause: Cause(.notRun, asset: Make.name(asset), interval: interval, message: "at \(interval)"),
            intervals: [interval], affects: ["\(asset) \(interval)"], promises: [promise], consumers: [],
            severity: severity)
    }

    @Test func `several intervals of one root are one trouble, told as the last of them`() throws {
        let whole = try #require(
            Trouble.joined([
                trouble("m.a", "2026-11-19", promise: "first"),
                trouble("m.a", "2026-11-20", promise: "second"),
                trouble("m.a", "2026-11-18", promise: "first", severity: .critical),
            ]))
        #expect(whole.cause.message == "at 2026-11-20")
        #expect(whole.intervals == ["2026-11-18", "2026-11-19", "2026-11-20"])
        #expect(whole.affects == ["m.a 2026-11-18", "m.a 2026-11-19", "m.a 2026-11-20"])
        #expect(whole.promises == ["first", "second"])
        #expect(whole.severity == .critical)
    }

    @Test func `no trouble is none`() {
        #expect(Trouble.joined([]) == nil)
    }

    @Test func `a root that holds others up keeps its own intervals`() {
        let whole = trouble("m.a", "2026-11-20").holding([trouble("m.b", "2026-11-19")])
        #expect(whole.root.asset == Make.name("m.a"))
        #expect(whole.intervals == ["2026-11-20"])
        #expect(whole.affects == ["m.a 2026-11-20", "m.b 2026-11-19"])
        #expect(whole.promises == ["p"])
    }
}
