public import Engine
import Foundation
public import SuretyCore

/// The machine's clock, or a simulated one that starts at a given instant and runs at the same pace.
public struct SystemClock: WallClock {
    /// Milliseconds by which this clock is ahead of the machine's; nil when it is the machine's.
    public let simulatedOffset: Int64?

    /// The machine's clock.
    public init() { simulatedOffset = nil }

    /// A clock that shows `start` now and runs on from there.
    public init(startingAt start: Instant) {
        simulatedOffset = start.milliseconds(since: Self.machineTime())
    }

    /// The clock that `SURETY_CLOCK` asks for: an RFC 3339 instant to start at; unset or empty, the machine's clock.
    /// Throws `refused` when the text is not an instant.
    public init(environment: [String: String]) throws(PortFailure) {
        guard let text = environment["SURETY_CLOCK"], !text.isEmpty else {
            self.init()
            return
        }
        guard let start = Instant(rfc3339: text) else {
            throw PortFailure(
                .refused, "SURETY_CLOCK is not an instant: \(text)",
                hint: "Write it with a time zone, like 2026-04-01T07:00:00Z, or unset it.")
        }
        self.init(startingAt: start)
    }

    /// The present instant.
    public func now() -> Instant { Self.machineTime().adding(milliseconds: simulatedOffset ?? 0) }

    /// Waits, unmoved by changes of the machine's time; throws `CancellationError` when cancelled. Less than nothing is
    /// no wait, and more than a year is a year.
    public func sleep(seconds: Double) async throws {
        let bounded = seconds.isNaN ? 0 : min(max(seconds, 0), 366 * 86_400)
        try await ContinuousClock().sleep(for: .seconds(bounded))
    }

    private static func machineTime() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
