/// A date and a time of day, without a zone.
public struct CivilDateTime: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The date.
    public let date: CivilDate
    /// The time of day, in whole seconds.
    public let time: CivilTime

    /// A date at a time.
    public init(_ date: CivilDate, _ time: CivilTime = .midnight) {
        self.date = date
        self.time = time
    }

    /// What a clock at UTC shows so many milliseconds after 1970, rounded down to a second.
    public init(milliseconds: Int64) {
        let (days, rest) = milliseconds.floored(by: 86_400_000)
        self.init(CivilDate(dayNumber: Int(days)), CivilTime(secondOfDay: Int(rest / 1000)))
    }

    /// Milliseconds since 1970 of a clock at UTC that shows this.
    public var millisecondsAsUTC: Int64 {
        (Int64(date.dayNumber) * 86_400 + Int64(time.secondOfDay)) * 1000
    }

    /// `YYYY-MM-DDTHH:MM:SS`.
    public var description: String {
        "\(date)T\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
    }

    /// Orders earlier before later.
    public static func < (left: Self, right: Self) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}

/// Reads `YYYY-MM-DDTHH:MM[:SS[.fraction]][Z|±HH:MM]`, with `T`, `t` or a space, into the wall time, milliseconds and
/// the offset in seconds if one is written; nil if it is anything else.
func parseDateTime(_ text: String) -> (CivilDateTime, milliseconds: Int, offset: Int?)? {
    var rest = Array(text.utf8)[...]
    guard rest.count >= 16, let date = CivilDate(String(decoding: rest.prefix(10), as: UTF8.self)),
        [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " ")].contains(rest[10]),
        rest[13] == UInt8(ascii: ":"), let hour = digits(rest[11..<13]), let minute = digits(rest[14..<16])
    else { return nil }
    rest = rest.dropFirst(16)
    var second = 0
    var milliseconds = 0
    if rest.first == UInt8(ascii: ":") {
        guard rest.count >= 3, let value = digits(rest.dropFirst().prefix(2)) else { return nil }
        second = value
        rest = rest.dropFirst(3)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !fraction.isEmpty, let value = digits((Array(fraction) + [48, 48])[0..<3]) else {
                return nil
            }
            milliseconds = value
            rest = rest.dropFirst(1 + fraction.count)
        }
    }
    guard let time = CivilTime(hour: hour, minute: minute, second: second) else { return nil }
    let civil = CivilDateTime(date, time)
    if rest.isEmpty { return (civil, milliseconds, nil) }
    if rest.count == 1, rest.first == UInt8(ascii: "Z") || rest.first == UInt8(ascii: "z") {
        return (civil, milliseconds, 0)
    }
    let bytes = Array(rest)
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
        bytes[3] == UInt8(ascii: ":"), let hours = digits(bytes[1..<3]), let minutes = digits(bytes[4..<6]),
        hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return (civil, milliseconds, bytes[0] == UInt8(ascii: "-") ? -offset : offset)
}
