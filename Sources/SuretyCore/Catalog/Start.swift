/// Something that begins a run for all owed, closed, uncertified intervals.
public enum Start: Hashable, Sendable {
    /// At wall times on certain days.
    case at([CivilTime], on: DaySet?, zone: Zone)
    /// Every so often, counted from local midnight.
    case every(Period, zone: Zone)
    /// When a cron expression fires.
    case cron(CronExpression, zone: Zone)
    /// At the first start of the service, never again.
    case once
    /// When all of these promises are certified for the overlapping intervals.
    case after([PromiseID])
    /// On a signed webhook with this name.
    case hook(String)
    /// On a PostgreSQL notification on this channel.
    case notify(String)
    /// When a file with this name, which may hold `{{interval}}`, appears.
    case file(String)
    /// When an object that matches this URL appears in a bucket.
    case bucket(String)
}
