extension CronExpression {
    /// The first instant after another at which it fires in a zone; nil if it never does.
    ///
    /// A wall time in a gap fires at the first instant after the gap, a repeated one at its first occurrence. With `*`
    /// as the hour it fires by elapsed time instead: whenever the clock shows a minute of it, so in both of two
    /// repeated hours, and not for the wall times that a gap leaves out.
    public func next(after instant: Instant, in zone: Zone) -> Instant? {
        firings(in: zone).next(after: instant)
    }

    /// The last instant not after another at which it fires in a zone; nil if it never does.
    public func last(atOrBefore instant: Instant, in zone: Zone) -> Instant? {
        firings(in: zone).last(atOrBefore: instant)
    }

    /// The last instant before another at which it fires in a zone; nil if it never does.
    public func previous(before instant: Instant, in zone: Zone) -> Instant? {
        last(atOrBefore: instant.adding(milliseconds: -1), in: zone)
    }

    /// All instants of `[from, to)` at which it fires in a zone, ascending.
    public func instants(from: Instant, to: Instant, in zone: Zone) -> [Instant] {
        firings(in: zone).instants(from: from, to: to)
    }

    func firings(in zone: Zone) -> DayFirings {
        DayFirings(
            zone: zone, instants: { instants(on: $0, in: zone) },
            onOrAfter: { date(onOrAfter: $0) }, onOrBefore: { date(onOrBefore: $0) })
    }

    private func date(onOrAfter first: CivilDate) -> CivilDate? {
        var date = first
        while date.dayNumber - first.dayNumber <= DayFirings.reach {
            if !months.contains(date.month) {
                date = date.firstOfMonth(adding: 1)
            } else if matches(date) {
                return date
            } else {
                date = date.adding(days: 1)
            }
        }
        return nil
    }

    private func date(onOrBefore last: CivilDate) -> CivilDate? {
        var date = last
        while last.dayNumber - date.dayNumber <= DayFirings.reach {
            if !months.contains(date.month) {
                date = date.firstOfMonth().adding(days: -1)
            } else if matches(date) {
                return date
            } else {
                date = date.adding(days: -1)
            }
        }
        return nil
    }

    /// The instants at which it fires on a date that matches, ascending.
    private func instants(on date: CivilDate, in zone: Zone) -> [Instant] {
        let midnight = CivilDateTime(date).millisecondsAsUTC
        let times = hours.flatMap { hour in minutes.map { Int64(hour * 60 + $0) * 60_000 } }
        if let offset = zone.steadyOffset(on: date) {
            let start = midnight - Int64(offset) * 1000
            return times.map { Instant(milliseconds: start + $0) }
        }
        guard isEveryHour else {
            var found: [Instant] = []
            for time in times {
                let instant = zone.instant(of: CivilDateTime(milliseconds: midnight + time))
                if found.last != instant { found.append(instant) }
            }
            return found
        }
        // The clock changes nearby: each stretch of one offset shows some of the wall times, perhaps again.
        return zone.stretches(
            from: Instant(milliseconds: midnight - 86_400_000),
            to: Instant(milliseconds: midnight + 2 * 86_400_000)
        ).flatMap { stretch in
            times.map { Instant(milliseconds: midnight + $0 - Int64(stretch.offset) * 1000) }
                .filter { $0 >= stretch.start && $0 < stretch.end }
        }
    }
}
