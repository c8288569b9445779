/// The days on which a business works.
public struct BusinessCalendar: Hashable, Codable, Sendable {
    /// The weekdays that are worked.
    public var weekdays: Set<Weekday>
    /// Days off among them.
    public var closed: Set<CivilDate>
    /// Days worked all the same; they win over everything else.
    public var open: Set<CivilDate>

    /// A calendar.
    public init(weekdays: Set<Weekday>, closed: Set<CivilDate> = [], open: Set<CivilDate> = []) {
        self.weekdays = weekdays
        self.closed = closed
        self.open = open
    }

    /// Whether a day is worked.
    public func contains(_ date: CivilDate) -> Bool {
        open.contains(date) || (weekdays.contains(date.weekday) && !closed.contains(date))
    }
}
