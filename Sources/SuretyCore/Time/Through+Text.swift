extension Through {
    /// Reads `prior hour`, `prior day`, `prior business day`, `prior week` or `prior month`.
    public init(text: String, calendars: [CalendarID: BusinessCalendar]) throws(TimeSyntaxError) {
        switch text.split(whereSeparator: \.isWhitespace).joined(separator: " ") {
        case "prior hour": self = .priorHour
        case "prior day": self = .priorDay
        case "prior business day": self = .priorBusinessDay(try BusinessCalendar.default(of: calendars))
        case "prior week": self = .priorWeek
        case "prior month": self = .priorMonth
        case _:
            throw TimeSyntaxError(
                "`\(text)` is not understood",
                hint: "Write `prior hour`, `prior day`, `prior business day`, `prior week` or `prior month`.")
        }
    }

    /// The instant at which the last interval that must be complete at a deadline ends.
    ///
    /// It is reckoned from the wall time that the deadline's zone shows. Nil: the calendar has no earlier day.
    public func boundary(at deadline: Instant, in zone: Zone) -> Instant? {
        let date = zone.civil(of: deadline).date
        switch self {
        case .priorHour: return Cadence(.hour, in: zone).slot(containing: deadline).start
        case .priorDay: return zone.startOfDay(date)
        case .priorBusinessDay(let calendar):
            let before = (1...DayFirings.reach).lazy.map { date.adding(days: -$0) }
            return before.first(where: calendar.contains).map { zone.startOfDay($0.adding(days: 1)) }
        case .priorWeek: return zone.startOfDay(date.monday)
        case .priorMonth: return zone.startOfDay(date.firstOfMonth())
        }
    }
}
