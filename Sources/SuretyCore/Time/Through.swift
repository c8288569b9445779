/// The last interval that must be complete at a deadline.
public enum Through: Hashable, Sendable {
    case priorHour
    case priorDay
    /// The last day of the calendar before the deadline's date.
    case priorBusinessDay(BusinessCalendar)
    case priorWeek
    case priorMonth

    /// As declared.
    public var text: String {
        switch self {
        case .priorHour: "prior hour"
        case .priorDay: "prior day"
        case .priorBusinessDay: "prior business day"
        case .priorWeek: "prior week"
        case .priorMonth: "prior month"
        }
    }
}
