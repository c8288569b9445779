import Crypto
public import Engine
public import SuretyCore
import Synchronization

/// Ids from the time and the system's random numbers.
public final class SystemIdentities: Identities {
    private let clock: any WallClock
    private let newest = Mutex<UInt64>(0)

    /// Ids that are ordered by this clock.
    public init(clock: any WallClock) { self.clock = clock }

    /// 12 characters `[0-9a-z]`: eight of milliseconds since 2020, four at random; within this process each is greater
    /// than the one before, whatever the clock does.
    public func runID() -> RunID { RunID(rawValue: ordered()) }

    /// A run id's form and twelve random characters.
    public func certificateID() -> CertificateID {
        CertificateID(rawValue: ordered() + Self.random(12, of: Self.digits))
    }

    /// Six characters that are not mistaken for each other when read aloud or typed.
    public func shortID() -> String { Self.random(6, of: Array("23456789abcdefghjkmnpqrstuvwxyz")) }

    /// SHA-256 of the text's UTF-8, in 64 hexadecimal digits.
    public func digest(_ text: String) -> String {
        var hex = ""
        for byte in SHA256.hash(data: Array(text.utf8)) {
            hex.append(Self.digits[Int(byte >> 4)])
            hex.append(Self.digits[Int(byte & 15)])
        }
        return hex
    }

    /// This machine, this process and when it began.
    public var process: String { ProcessMark.own }

    /// Whether the process with such a name still runs; nil for one of another machine.
    public func isRunning(_ process: String) -> Bool? { ProcessMark.isRunning(process) }

    /// A number in 0..<1.
    public func fraction() -> Double { Double.random(in: 0..<1) }

    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    private static let randomPart: UInt64 = 36 * 36 * 36 * 36
    private static let timePart = randomPart * randomPart
    private static let epoch: Int64 = 1_577_836_800_000

    private func ordered() -> String {
        let elapsed = UInt64(max(0, clock.now().milliseconds - Self.epoch)) % Self.timePart
        let candidate = elapsed * Self.randomPart + UInt64.random(in: 0..<Self.randomPart)
        let number = newest.withLock { newest in
            newest = max(candidate, newest + 1)
            return newest
        }
        var rest = number
        var text: [Character] = []
        for _ in 0..<12 {
            text.append(Self.digits[Int(rest % 36)])
            rest /= 36
        }
        return String(text.reversed())
    }

    private static func random(_ count: Int, of characters: [Character]) -> String {
        String((0..<count).compactMap { _ in characters.randomElement() })
    }
}
