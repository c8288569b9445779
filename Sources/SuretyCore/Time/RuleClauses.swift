/// The parts of `… [on DAYS] [in ZONE]`.
struct RuleClauses {
    /// The words before `on` and `in`.
    let head: [String]
    private let dayWords: [String]?
    private let zoneName: String?

    /// Splits words at `on` and `in`, in this order.
    init(words: ArraySlice<String>, of text: String) throws(TimeSyntaxError) {
        var rest = words
        if let index = rest.lastIndex(of: "in") {
            guard rest[(index + 1)...].count == 1, let name = rest.last else {
                throw TimeSyntaxError(
                    "`\(text)` needs one time zone after `in`, at its end",
                    hint: "Write for example `in Europe/London`.")
            }
            zoneName = name
            rest = rest[..<index]
        } else {
            zoneName = nil
        }
        if let index = rest.firstIndex(of: "on") {
            dayWords = Array(rest[(index + 1)...])
            rest = rest[..<index]
        } else {
            dayWords = nil
        }
        head = Array(rest)
    }

    /// The days after `on`; nil if there is no `on`.
    func days(calendars: [CalendarID: BusinessCalendar]) throws(TimeSyntaxError) -> DaySet? {
        guard let dayWords else { return nil }
        return try DaySet.parse(dayWords.joined(separator: " "), calendars: calendars)
    }

    /// The zone after `in`; nil if there is no `in`.
    func zone() throws(TimeSyntaxError) -> Zone? {
        guard let zoneName else { return nil }
        guard let zone = Zone(zoneName) else {
            throw TimeSyntaxError(
                "there is no time zone `\(zoneName)`", hint: "Write an IANA name such as `Europe/London`.")
        }
        return zone
    }
}
