import SuretyCore
import SuretyTestKit
import Testing

@Suite struct `what a silence keeps quiet` {
    private func incident(_ promises: [PromiseID]) -> Incident {
        let cause = Cause(.checkFailed, asset: Make.name("raw.orders"), interval: nil, message: "no")
        let trouble = Trouble(
            cause: cause, intervals: [], affects: [], promises: promises, consumers: [], severity: .high)
        return Incident(id: "inc_1", trouble: trouble, at: Make.instant("2026-11-20T05:00:00Z"))
    }

    /// Silences as `target 06:00 12:00`.
    private func quiet(
        _ silences: [String], at time: String = "09:00", promises: [PromiseID] = ["a", "b"]
    ) -> String? {
        func instant(_ time: some StringProtocol) -> Instant { Make.instant("2026-11-20T\(time):00Z") }
        let all = silences.map { text in
            let words = text.split(separator: " ").map(String.init)
            return Silence(
                id: text, target: words[0], by: "ana", reason: "known", from: instant(words[1]),
                until: instant(words[2]))
        }
        return Silence.quiet(incident(promises), by: all, at: instant(time))?.id
    }

    @Test(
        arguments: [
            (["inc_1 06:00 12:00"], "inc_1 06:00 12:00"),
            (["raw.orders 06:00 12:00"], "raw.orders 06:00 12:00"),
            (["inc_2 06:00 12:00", "raw.order 06:00 12:00"], nil), (["a 06:00 12:00"], nil),
            (["a 06:00 12:00", "b 06:00 11:00"], "b 06:00 11:00"),
            (["a 06:00 10:00", "a 06:00 12:00", "b 06:00 11:00"], "b 06:00 11:00"), ([], nil),
            // It is quiet for as long as anything keeps it so.
            (["inc_1 06:00 10:00", "raw.orders 06:00 12:00"], "raw.orders 06:00 12:00"),
            (["raw.orders 06:00 10:00", "inc_1 06:00 12:00"], "inc_1 06:00 12:00"),
            (["inc_1 06:00 10:00", "a 06:00 12:00", "b 06:00 11:00"], "b 06:00 11:00"),
        ] as [([String], String?)])
    func `its own, that of its root, or those of all its promises`(silences: [String], expected: String?) {
        #expect(quiet(silences) == expected)
    }

    @Test(arguments: [("05:59", false), ("06:00", true), ("11:59", true), ("12:00", false)])
    func `from its beginning on and until its end`(time: String, isQuiet: Bool) {
        #expect((quiet(["inc_1 06:00 12:00"], at: time) != nil) == isQuiet)
    }

    @Test func `an incident that concerns no promise is silenced by itself or its root only`() {
        #expect(quiet([], promises: []) == nil)
        #expect(quiet(["a 06:00 12:00"], promises: []) == nil)
        #expect(quiet(["raw.orders 06:00 12:00"], promises: []) == "raw.orders 06:00 12:00")
    }
}
