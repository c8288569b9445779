extension DaySet {
    /// Whether a date is one of the days.
    public func contains(_ date: CivilDate) -> Bool {
        let (year, month, day) = date.parts
        switch self {
        case .calendar(_, let calendar): return calendar.contains(date)
        case .weekdays(let weekdays): return weekdays.contains(date.weekday)
        case .dayOfMonth(let wanted): return day == wanted
        case .lastDay: return day == CivilDate.days(inMonth: month, of: year)
        case .businessDay(let wanted, let calendar):
            guard calendar.contains(date) else { return false }
            let first = date.firstOfMonth()
            let before = (0..<(day - 1)).count { calendar.contains(first.adding(days: $0)) }
            return before == wanted - 1
        case .lastBusinessDay(let calendar):
            guard calendar.contains(date) else { return false }
            let later = (day + 1)..<(CivilDate.days(inMonth: month, of: year) + 1)
            return !later.contains { calendar.contains(date.adding(days: $0 - day)) }
        }
    }
}
