extension DaySet: CustomStringConvertible {
    /// Reads DAYS: a calendar, weekdays (`mon wed fri`), `day N`, `last day`, `business day N`, `last business day`.
    ///
    /// Weekdays may also be separated by commas. The business days are those of the calendar `business`, or of the only
    /// calendar there is.
    public static func parse(
        _ text: String, calendars: [CalendarID: BusinessCalendar]
    ) throws(TimeSyntaxError) -> DaySet {
        let words = text.split { $0.isWhitespace || $0 == "," }.map(String.init)
        guard let first = words.first else {
            throw TimeSyntaxError("days are missing", hint: DaySet.forms)
        }
        if words.count == 1, let calendar = calendars[CalendarID(rawValue: first)] {
            return .calendar(CalendarID(rawValue: first), calendar)
        }
        switch words {
        case ["last", "day"]: return .lastDay
        case ["last", "business", "day"]:
            return .lastBusinessDay(try BusinessCalendar.default(of: calendars))
        case _ where words.count == 2 && first == "day":
            return .dayOfMonth(try number(words[1], upTo: 31, in: text))
        case _ where words.count == 3 && first == "business" && words[1] == "day":
            let number = try number(words[2], upTo: 23, in: text)
            return .businessDay(number, try BusinessCalendar.default(of: calendars))
        case _: return .weekdays(try weekdays(words, calendars: calendars))
        }
    }

    private static let forms =
        "Write a calendar, weekdays such as `mon wed fri`, `day 5`, `last day`, `business day 3` or `last business day`."

    private static func weekdays(
        _ words: [String], calendars: [CalendarID: BusinessCalendar]
    ) throws(TimeSyntaxError) -> Set<Weekday> {
        var found: Set<Weekday> = []
        for word in words {
            guard let weekday = Weekday(rawValue: word.lowercased()) else {
                throw unknown(word, among: words, calendars: calendars)
            }
            found.insert(weekday)
        }
        return found
    }

    private static func unknown(
        _ word: String, among words: [String], calendars: [CalendarID: BusinessCalendar]
    ) -> TimeSyntaxError {
        let ends = word.lowercased().split(separator: "-").map { Weekday(rawValue: String($0)) }
        if ends.count == 2, let first = ends[0], let last = ends[1] {
            let count = (last.daysAfterMonday - first.daysAfterMonday + 7) % 7
            let names = (0...count).map { Weekday.allCases[(first.daysAfterMonday + $0) % 7].rawValue }
            return TimeSyntaxError(
                "`\(word)` is not understood: weekdays are listed",
                hint: "Write `\(names.joined(separator: " "))`.")
        }
        if let weekday = Weekday(rawValue: String(word.lowercased().prefix(3))),
            word.lowercased().hasSuffix("day")
        {
            return TimeSyntaxError("`\(word)` is not understood", hint: "Write `\(weekday.rawValue)`.")
        }
        guard words.count == 1 else {
            return TimeSyntaxError("`\(words.joined(separator: " "))` are no days", hint: forms)
        }
        let known = calendars.keys.sorted().map { "`\($0)`" }.joined(separator: ", ")
        return TimeSyntaxError(
            "there is no calendar `\(word)`", hint: known.isEmpty ? forms : "Calendars are \(known). \(forms)"
        )
    }

    private static func number(_ text: String, upTo most: Int, in whole: String) throws(TimeSyntaxError)
        -> Int
    {
        guard text.utf8.count <= 2, let number = digits(Array(text.utf8)[...]), (1...most).contains(number)
        else {
            throw TimeSyntaxError("`\(whole)` is no day of a month", hint: "It must be 1 to \(most).")
        }
        return number
    }

    /// As it is written.
    public var description: String {
        switch self {
        case .calendar(let id, _): id.rawValue
        case .weekdays(let weekdays):
            Weekday.allCases.filter(weekdays.contains).map(\.rawValue).joined(separator: " ")
        case .dayOfMonth(let day): "day \(day)"
        case .lastDay: "last day"
        case .businessDay(let day, _): "business day \(day)"
        case .lastBusinessDay: "last business day"
        }
    }
}

extension BusinessCalendar {
    /// The calendar that business days are reckoned by: `business`, or the only one that is declared.
    public static func `default`(
        of calendars: [CalendarID: BusinessCalendar]
    ) throws(TimeSyntaxError) -> BusinessCalendar {
        if let calendar = calendars["business"] { return calendar }
        if calendars.count == 1, let only = calendars.values.first { return only }
        throw TimeSyntaxError(
            calendars.isEmpty
                ? "business days need a calendar and none is declared"
                : "business days need a calendar named `business`, as there are several",
            hint: "Declare `business: {days: mon tue wed thu fri}` under `calendars`.")
    }
}
