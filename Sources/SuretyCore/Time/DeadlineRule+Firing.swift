extension DeadlineRule {
    /// The first due instant after another; nil if there is none within nine years.
    public func next(after instant: Instant) -> Instant? { firings.next(after: instant) }

    /// The last due instant not after another; nil if there is none within nine years.
    public func last(atOrBefore instant: Instant) -> Instant? { firings.last(atOrBefore: instant) }

    /// The last due instant before another; nil if there is none within nine years.
    public func previous(before instant: Instant) -> Instant? {
        last(atOrBefore: instant.adding(milliseconds: -1))
    }

    /// The due instants of `[from, to)`, ascending; those that a gap moves to one instant are one.
    public func instants(from: Instant, to: Instant) -> [Instant] { firings.instants(from: from, to: to) }

    var firings: DayFirings {
        switch self {
        case .cron(let cron, let zone): cron.firings(in: zone)
        case .times(let times, let days, let zone):
            DayFirings(
                zone: zone, dates: { days?.contains($0) ?? true },
                instants: { date in times.map { zone.instant(of: CivilDateTime(date, $0)) } })
        }
    }
}
