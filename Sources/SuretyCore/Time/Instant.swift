/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// The instant so many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The instant so many whole seconds after 1970-01-01T00:00:00Z.
    public init(seconds: Int64) { self.milliseconds = seconds * 1000 }

    /// Before everything that is reckoned with: the year 1.
    static let distantPast = Instant(seconds: -62_135_596_800)

    /// Orders earlier before later.
    public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The instant so many seconds later.
    public func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }
    /// The instant so many milliseconds later.
    public func adding(milliseconds more: Int64) -> Instant {
        Instant(milliseconds: milliseconds + more)
    }
    /// Milliseconds from another instant to this one.
    public func milliseconds(since other: Instant) -> Int64 { milliseconds - other.milliseconds }

    /// RFC 3339 in UTC: `2026-11-19T08:00:00Z`, with three decimals when not a whole second.
    public var description: String {
        let civil = CivilDateTime(milliseconds: milliseconds)
        let fraction = milliseconds.floored(by: 1000).remainder
        let decimals = fraction == 0 ? "" : "." + padded(Int(fraction), 3)
        return "\(civil.date)T\(padded(civil.time.hour, 2)):\(padded(civil.time.minute, 2))"
            + ":\(padded(civil.time.second, 2))\(decimals)Z"
    }

    /// Reads RFC 3339 with `Z` or an offset; nil if it is anything else.
    public init?(rfc3339 text: String) {
        guard let (civil, milliseconds, offset) = parseDateTime(text), let offset else { return nil }
        self.init(milliseconds: civil.millisecondsAsUTC + Int64(milliseconds) - Int64(offset) * 1000)
    }

    /// Reads what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(rfc3339: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 instant: \(text)"))
        }
        self = instant
    }

    /// Writes RFC 3339 in UTC.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int64 {
    /// Quotient and remainder of a division that rounds down, so that the remainder is never negative.
    func floored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

/// The number with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
}
