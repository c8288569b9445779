/// A time of day, without a zone.
public struct CivilTime: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// Seconds since midnight, 0 to 86 399.
    public let secondOfDay: Int

    /// The time so many seconds after midnight.
    public init(secondOfDay: Int) { self.secondOfDay = secondOfDay }

    /// The time with these parts; nil if there is none.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else {
            return nil
        }
        self.init(secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// Reads `HH:MM`; nil if it is anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"), let hour = digits(bytes[0..<2]),
            let minute = digits(bytes[3..<5])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// Midnight.
    public static let midnight = CivilTime(secondOfDay: 0)

    /// The hour, 0 to 23.
    public var hour: Int { secondOfDay / 3600 }
    /// The minute, 0 to 59.
    public var minute: Int { secondOfDay / 60 % 60 }
    /// The second, 0 to 59.
    public var second: Int { secondOfDay % 60 }

    /// `HH:MM`, with seconds when there are any.
    public var description: String {
        "\(padded(hour, 2)):\(padded(minute, 2))" + (second == 0 ? "" : ":\(padded(second, 2))")
    }

    /// Orders earlier before later.
    public static func < (left: Self, right: Self) -> Bool { left.secondOfDay < right.secondOfDay }
}
