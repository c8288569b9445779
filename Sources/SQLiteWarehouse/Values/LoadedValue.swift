import CheckSQL
import SuretyCore

/// A value of a file, as text.
struct LoadedValue {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The value as a column of a declared type stores it; unchanged when it cannot be read so.
    ///
    /// A time without an offset is a wall time in the zone. Numbers are left to the column.
    func stored(as type: String, in zone: Zone) -> SQLiteFunctions.Value {
        switch TimeForm(declared: type) {
        case .date: return .text(time?.civil.date.description ?? text)
        case .wall: return .text(time.map { $0.civil.stored + $0.fraction } ?? text)
        case .instant:
            guard let time else { return .text(text) }
            return .text(time.instant(in: zone).stored)
        case .text, nil: break
        }
        guard type.lowercased().hasPrefix("bool") else { return .text(text) }
        switch text.lowercased() {
        case "t", "true", "yes", "on", "1": return .integer(1)
        case "f", "false", "no", "off", "0": return .integer(0)
        default: return .text(text)
        }
    }

    /// The type that the value alone suggests.
    var suggestedType: SuggestedType {
        if text.wholeMatch(of: /-?(0|[1-9][0-9]*)/) != nil, Int64(text) != nil { return .bigint }
        if text.wholeMatch(of: /-?(0|[1-9][0-9]*)\.[0-9]+/) != nil { return .numeric }
        if CivilDate(text) != nil { return .date }
        if let time, time.offset != nil { return .timestamptz }
        return .text
    }

    /// A type for a column that nobody declared.
    enum SuggestedType: String {
        case bigint
        case numeric
        case date
        case timestamptz
        case text

        /// The type that holds values of both.
        func joined(_ other: Self) -> Self {
            switch (self, other) {
            case (.bigint, .numeric), (.numeric, .bigint): .numeric
            case _ where self == other: self
            case (.bigint, _), (.numeric, _), (.date, _), (.timestamptz, _), (.text, _): .text
            }
        }
    }

    // MARK: - Times

    /// A time as written: what its clock showed as if that were UTC, and the clock's offset in seconds if one is said.
    private struct Time {
        let naive: Instant
        let offset: Int?

        /// The wall time written.
        var civil: CivilDateTime { CivilDateTime(milliseconds: naive.milliseconds) }

        /// The fraction of a second, with its point; empty when there is none.
        var fraction: String {
            let stored = naive.stored
            return stored.firstIndex(of: ".").map { String(stored[$0...]) } ?? ""
        }

        func instant(in zone: Zone) -> Instant {
            if let offset { return naive.adding(seconds: Int64(-offset)) }
            let rest = naive.milliseconds - civil.millisecondsAsUTC
            return zone.instant(of: civil).adding(milliseconds: rest)
        }
    }

    private var time: Time? {
        if let date = CivilDate(text) {
            return Time(naive: Instant(milliseconds: CivilDateTime(date).millisecondsAsUTC), offset: nil)
        }
        if let naive = Instant(rfc3339: text + "Z") { return Time(naive: naive, offset: nil) }
        // PostgreSQL writes whole hours as `+00`.
        let full = text.firstMatch(of: /[+-][0-9]{2}$/) != nil && text.contains(":") ? text + ":00" : text
        guard let instant = Instant(rfc3339: full) else { return nil }
        let zoneless = full.replacing(/(Z|z|[+-][0-9]{2}:[0-9]{2})$/, with: "")
        guard let naive = Instant(rfc3339: zoneless + "Z") else { return nil }
        return Time(naive: naive, offset: Int(naive.milliseconds(since: instant) / 1000))
    }
}
