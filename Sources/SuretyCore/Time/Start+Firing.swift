extension Start {
    /// The first instant after another at which the clock begins a run; nil for starts that no clock decides.
    ///
    /// `every` counts elapsed time from each local midnight; whole days and weeks count from 1970-01-01 and Monday.
    public func next(after instant: Instant) -> Instant? { firings?.next(after: instant) }

    /// The last instant not after another at which the clock begins a run; nil for starts that no clock decides.
    public func last(atOrBefore instant: Instant) -> Instant? { firings?.last(atOrBefore: instant) }

    /// The instants of `[from, to)` at which the clock begins runs, ascending.
    public func instants(from: Instant, to: Instant) -> [Instant] {
        firings?.instants(from: from, to: to) ?? []
    }

    private var firings: DayFirings? {
        switch self {
        case .at(let times, let days, let zone): DeadlineRule.times(times, on: days, zone: zone).firings
        case .cron(let cron, let zone): cron.firings(in: zone)
        case .every(let period, let zone): Start.firings(every: period, in: zone)
        case .once, .after, .hook, .notify, .file, .bucket: nil
        }
    }

    private static func firings(every period: Period, in zone: Zone) -> DayFirings? {
        guard period.seconds > 0 else { return nil }
        guard period.seconds < 86_400 else {
            let days = Int((period.seconds + 86_399) / 86_400)
            // Day 4 of 1970 was a Monday, counted from zero as these are.
            let anchor = period.unit == .week ? 4 : 0
            return DayFirings(
                zone: zone, dates: { Int64($0.dayNumber - anchor).floored(by: Int64(days)).remainder == 0 },
                instants: { [zone.startOfDay($0)] })
        }
        return DayFirings(
            zone: zone, dates: { _ in true },
            instants: { date in
                let end = zone.startOfDay(date.adding(days: 1)).milliseconds
                return stride(
                    from: zone.startOfDay(date).milliseconds, to: end, by: Int(period.seconds) * 1000
                )
                .map(Instant.init(milliseconds:))
            })
    }
}
