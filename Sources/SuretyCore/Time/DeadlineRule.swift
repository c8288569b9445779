/// When something is due: `08:00, 14:00 on business in Europe/London`, or a cron expression.
public enum DeadlineRule: Hashable, Sendable {
    /// At wall times, on certain days (nil: every day), in a zone.
    case times([CivilTime], on: DaySet?, zone: Zone)
    /// When a cron expression fires in a zone.
    case cron(CronExpression, zone: Zone)

    /// The zone of its wall times.
    public var zone: Zone {
        switch self {
        case .times(_, _, let zone), .cron(_, let zone): zone
        }
    }
}
