/// A number or a point in time that was measured, exact, with the text that people see.
public enum Measured: Hashable, Sendable {
    /// A number as the warehouse prints it.
    case number(ExactNumber, text: String)
    /// A quotient, compared without dividing.
    case quotient(ExactNumber, of: ExactNumber, text: String)
    /// The square root of a quotient that is not negative, compared without drawing it.
    case root(ExactNumber, of: ExactNumber, text: String)
    /// An instant, in microseconds since 1970-01-01T00:00:00Z.
    case instant(microseconds: Int64)
    /// A date.
    case date(CivilDate)
    /// A length of time in seconds.
    case length(ExactNumber)
    /// A time of day, in microseconds since midnight.
    case timeOfDay(microseconds: Int64, text: String)
    /// A text.
    case text(String)

    /// A whole number.
    public static func count(_ number: Int64) -> Measured {
        .number(ExactNumber(number), text: String(number))
    }

    /// A number as printed; nil if it is none.
    public static func number(_ text: String) -> Measured? {
        ExactNumber(text).map { .number($0, text: text) }
    }

    /// As people see it: instants in a zone with its offset, lengths in ISO 8601.
    public func text(in zone: Zone) -> String {
        switch self {
        case .number(_, let text), .quotient(_, _, let text), .root(_, _, let text), .text(let text),
            .timeOfDay(_, let text):
            text
        case .instant(let microseconds): zone.text(microseconds: microseconds)
        case .date(let date): date.description
        case .length(let seconds): seconds.isoDuration
        }
    }

    /// The same as a number, lengths in seconds; nil where it is none.
    public var double: Double? {
        switch self {
        case .number(let number, _), .length(let number): number.double
        case .quotient(_, _, let text), .root(_, _, let text): Double(text)
        case .instant, .date, .timeOfDay, .text: nil
        }
    }

    /// -1, 0 or 1 as it is below, at or above a bound; nil if the two cannot be compared.
    func order(against bound: Bound, in zone: Zone) -> Int? {
        switch (self, bound) {
        case (.number(let one, _), .number(let other)): sign(one, other)
        case (.quotient(let number, let divisor, _), .number(let other)): sign(number, other * divisor)
        case (.root(let number, let divisor, _), .number(let other)):
            other.isNegative ? 1 : sign(number, other * other * divisor)
        case (.length(let one), .length(let other)): sign(one, other)
        case (.timeOfDay(let one, _), .text(let other)):
            CivilTime.microseconds(of: other).map { sign(one, $0) }
        case (.text(let one), .text(let other)):
            sign(Array(one.utf8), Array(other.utf8)) { $0.lexicographicallyPrecedes($1) }
        case (.date(let one), .date(let other)): sign(one, other)
        case (.date, .instant), (.instant, .date), (.instant, .instant):
            microseconds(in: zone).flatMap { one in bound.microseconds(in: zone).map { sign(one, $0) } }
        case (.number, _), (.quotient, _), (.root, _), (.length, _), (.timeOfDay, _), (.text, _), (.date, _),
            (.instant, _):
            nil
        }
    }

    /// Instants as they are, dates as the start of that day in a zone.
    private func microseconds(in zone: Zone) -> Int64? {
        switch self {
        case .instant(let microseconds): microseconds
        case .date(let date): zone.instant(of: CivilDateTime(date)).milliseconds * 1000
        case .number, .quotient, .root, .length, .timeOfDay, .text: nil
        }
    }
}

/// What a measured value is compared with.
public enum Bound: Hashable, Sendable {
    /// A number.
    case number(ExactNumber)
    /// A percentage.
    case percent(ExactNumber)
    /// An instant.
    case instant(Instant)
    /// A date.
    case date(CivilDate)
    /// A length of time.
    case length(ExactNumber)
    /// A text.
    case text(String)

    /// As people see it.
    func text(in zone: Zone) -> String {
        switch self {
        case .number(let number): number.description
        case .percent(let number): "\(number)%"
        case .instant(let instant): zone.text(microseconds: instant.milliseconds * 1000)
        case .date(let date): date.description
        case .length(let seconds): seconds.isoDuration
        case .text(let text): "'\(text)'"
        }
    }

    fileprivate func microseconds(in zone: Zone) -> Int64? {
        switch self {
        case .instant(let instant): instant.milliseconds * 1000
        case .date(let date): zone.instant(of: CivilDateTime(date)).milliseconds * 1000
        case .number, .percent, .length, .text: nil
        }
    }
}

private func sign<T: Comparable>(_ one: T, _ other: T) -> Int { sign(one, other) { $0 < $1 } }

private func sign<T>(_ one: T, _ other: T, by isLess: (T, T) -> Bool) -> Int {
    isLess(one, other) ? -1 : isLess(other, one) ? 1 : 0
}

extension Zone {
    /// An instant in the zone with its offset: `2026-11-19T08:00:00+01:00`, decimals where it is no whole second.
    public func text(microseconds: Int64) -> String {
        let (milliseconds, below) = microseconds.floored(by: 1000)
        let instant = Instant(milliseconds: milliseconds)
        let micros = milliseconds.floored(by: 1000).remainder * 1000 + below
        var decimals = micros == 0 ? "" : "." + padded(Int(micros), 6)
        while decimals.last == "0" { decimals.removeLast() }
        let offset = offset(at: instant)
        let size = Int(offset.magnitude)
        return "\(civil(of: instant))\(decimals)" + (offset < 0 ? "-" : "+") + padded(size / 3600, 2) + ":"
            + padded(size / 60 % 60, 2)
    }
}

extension ExactNumber {
    /// A length of so many seconds in ISO 8601, a day being 24 hours: `P1DT2H`, `PT0.5S`, `PT0S`.
    public var isoDuration: String {
        let places = withoutTrailingZeros.scale
        let factor = ExactNumber(
            isNegative: false, digits: [1] + [UInt8](repeating: 0, count: places), scale: 0)
        guard let units = Int64((magnitude.withoutTrailingZeros * factor).rounded(to: 0).description),
            let unit = Int64(factor.description)
        else { return "PT\(withoutTrailingZeros)S" }
        let (whole, _) = units.quotientAndRemainder(dividingBy: unit)
        let days = whole / 86_400
        let rest = (days * 86_400) * unit
        let seconds = units - rest - (whole - days * 86_400) / 60 * 60 * unit
        let second = ExactNumber(isNegative: false, digits: ExactNumber(seconds).digits, scale: places)
            .withoutTrailingZeros
        var text = days > 0 ? "\(days)D" : ""
        var clock = ""
        if whole / 3600 % 24 > 0 { clock += "\(whole / 3600 % 24)H" }
        if whole / 60 % 60 > 0 { clock += "\(whole / 60 % 60)M" }
        if !second.isZero || (days == 0 && clock.isEmpty) { clock += "\(second)S" }
        if !clock.isEmpty { text += "T" + clock }
        return (isNegative ? "-P" : "P") + text
    }
}
