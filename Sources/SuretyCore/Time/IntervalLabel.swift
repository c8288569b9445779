/// An interval as written on the command line, not yet of a zone: `2026-11-19T06`, `2026-11-19`, `2026-W47`, `2026-11`.
public enum IntervalLabel: Hashable, Sendable {
    /// An hour; the offset in minutes says which of two repeated ones.
    case hour(CivilDate, Int, offsetMinutes: Int?)
    /// A day.
    case day(CivilDate)
    /// The week that starts on a Monday.
    case week(monday: CivilDate)
    /// The month that starts on a date.
    case month(first: CivilDate)

    /// Reads a label; nil if it is none.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        switch bytes.count {
        case 7:
            guard let first = CivilDate(text + "-01") else { return nil }
            self = .month(first: first)
        case 8:
            guard let monday = IntervalLabel.monday(bytes) else { return nil }
            self = .week(monday: monday)
        case 10:
            guard let date = CivilDate(text) else { return nil }
            self = .day(date)
        case 13..<20:
            guard let date = CivilDate(text.prefix(10)), bytes[10] == UInt8(ascii: "T"),
                let hour = digits(bytes[11..<13]), hour < 24
            else { return nil }
            guard bytes.count > 13 else {
                self = .hour(date, hour, offsetMinutes: nil)
                return
            }
            guard let offset = IntervalLabel.offset(Array(bytes[13...])) else { return nil }
            self = .hour(date, hour, offsetMinutes: offset)
        default: return nil
        }
    }

    /// The size of the interval that it names.
    public var grain: Grain {
        switch self {
        case .hour: .hour
        case .day: .day
        case .week: .week
        case .month: .month
        }
    }

    /// The first date of what it names.
    public var date: CivilDate {
        switch self {
        case .hour(let date, _, _), .day(let date), .week(let date), .month(let date): date
        }
    }

    private static func monday(_ bytes: [UInt8]) -> CivilDate? {
        guard bytes[4] == UInt8(ascii: "-"), bytes[5] == UInt8(ascii: "W"), let year = digits(bytes[0..<4]),
            let week = digits(bytes[6..<8]), week >= 1,
            let january = CivilDate(year: year, month: 1, day: 4)
        else { return nil }
        let monday = january.monday.adding(days: (week - 1) * 7)
        // The week belongs to the year of its Thursday, so not every year has a 53rd.
        return monday.adding(days: 3).year == year ? monday : nil
    }

    private static func offset(_ bytes: [UInt8]) -> Int? {
        if bytes == [UInt8(ascii: "Z")] { return 0 }
        guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":"), let hours = digits(bytes[1..<3]),
            let minutes = digits(bytes[4..<6]),
            hours < 24, minutes < 60
        else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }
}
