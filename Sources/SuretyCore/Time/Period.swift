/// A length of time as written: `30s`, `10m`, `6h`, `4d`, `2w`.
public struct Period: Hashable, Codable, Sendable, CustomStringConvertible {
    /// A unit of length.
    public enum Unit: String, Hashable, Codable, Sendable, CaseIterable {
        case second = "s"
        case minute = "m"
        case hour = "h"
        case day = "d"
        case week = "w"

        /// Its length in seconds, a day being 24 hours.
        public var seconds: Int64 {
            switch self {
            case .second: 1
            case .minute: 60
            case .hour: 3600
            case .day: 86_400
            case .week: 604_800
            }
        }
    }

    /// How many.
    public let count: Int
    /// Of what.
    public let unit: Unit

    /// So many of a unit.
    public init(_ count: Int, _ unit: Unit) {
        self.count = count
        self.unit = unit
    }

    /// Reads `30s` and the like; nil if it is anything else, or too long to reckon with.
    public init?(_ text: some StringProtocol) {
        guard let last = text.last, let unit = Unit(rawValue: String(last)) else { return nil }
        let number = text.dropLast()
        guard !number.isEmpty, number.utf8.count <= 9, let count = digits(Array(number.utf8)[...]) else {
            return nil
        }
        self.init(count, unit)
    }

    /// The elapsed length in seconds, a day being 24 hours.
    public var seconds: Int64 { Int64(count) * unit.seconds }

    /// The number of whole calendar days, for `d` and `w`; nil for shorter units.
    public var calendarDays: Int? {
        switch unit {
        case .second, .minute, .hour: nil
        case .day: count
        case .week: count * 7
        }
    }

    /// As written.
    public var description: String { "\(count)\(unit.rawValue)" }
}
