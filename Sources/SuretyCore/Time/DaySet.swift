/// DAYS: a calendar, weekdays, a day of the month or a business day of the month.
public enum DaySet: Hashable, Sendable {
    /// The days of a calendar.
    case calendar(CalendarID, BusinessCalendar)
    /// Certain weekdays.
    case weekdays(Set<Weekday>)
    /// The nth day of each month; months without one have none.
    case dayOfMonth(Int)
    /// The last day of each month.
    case lastDay
    /// The nth business day of each month.
    case businessDay(Int, BusinessCalendar)
    /// The last business day of each month.
    case lastBusinessDay(BusinessCalendar)
}
