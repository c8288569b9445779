import Engine
import LocalSystem
import SuretyCore
import Testing

@Suite struct `the clock` {
    @Test func `a simulated clock starts at its instant and runs on`() async throws {
        let clock = try SystemClock(environment: ["SURETY_CLOCK": "2026-04-01T09:00:00+02:00"])
        let start = try #require(Instant(rfc3339: "2026-04-01T07:00:00Z"))
        let first = clock.now()
        #expect(clock.simulatedOffset != nil)
        #expect(first >= start && first < start.adding(seconds: 60))
        try await clock.sleep(seconds: 0.01)
        #expect(clock.now() >= first.adding(milliseconds: 9))
    }

    @Test(arguments: [[:], ["SURETY_CLOCK": ""]] as [[String: String]])
    func `without a wish it is the machine's clock`(_ environment: [String: String]) throws {
        #expect(try SystemClock(environment: environment).simulatedOffset == nil)
    }

    @Test(arguments: ["tomorrow", "2026-04-01", "2026-04-01T07:00:00", "08:00", "2026-13-01T00:00:00Z"])
    func `what is not an instant is refused with an example`(_ text: String) {
        let failure = #expect(throws: PortFailure.self) {
            try SystemClock(environment: ["SURETY_CLOCK": text])
        }
        #expect(failure?.message.contains(text) == true)
        #expect(failure?.hint.contains("2026-04-01T07:00:00Z") == true)
    }

    @Test func `a sleep that is cancelled ends at once`() async {
        let sleeper = Task { try await SystemClock().sleep(seconds: .infinity) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}

@Suite struct `identities` {
    /// A clock that stands still.
    struct StoppedClock: WallClock {
        var instant: Instant
        var simulatedOffset: Int64? { nil }
        func now() -> Instant { instant }
        func sleep(seconds: Double) async throws {}
    }

    @Test func `run ids are ordered by time even within a millisecond`() throws {
        let instant = try #require(Instant(rfc3339: "2026-04-01T07:00:00Z"))
        let identities = SystemIdentities(clock: StoppedClock(instant: instant))
        let ids = (0..<1000).map { _ in identities.runID().rawValue }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == 1000)
        #expect(
            ids.allSatisfy {
                $0.utf8.count == 12 && $0.allSatisfy("0123456789abcdefghijklmnopqrstuvwxyz".contains)
            })
        let later = SystemIdentities(clock: StoppedClock(instant: instant.adding(seconds: 1)))
        #expect(later.runID().rawValue > ids[999])
    }

    @Test func `certificates and short ids do not repeat`() {
        let identities = SystemIdentities(clock: SystemClock())
        #expect(Set((0..<1000).map { _ in identities.certificateID() }).count == 1000)
        let short = identities.shortID()
        #expect(short.count == 6 && !short.contains { "01loiu".dropLast().contains($0) })
        #expect((0..<100).allSatisfy { _ in (0..<1).contains(identities.fraction()) })
    }

    @Test func `the digest is SHA-256`() {
        #expect(
            SystemIdentities(clock: SystemClock()).digest("abc")
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
