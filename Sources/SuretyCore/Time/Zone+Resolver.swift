extension Zone {
    /// The instant at which a clock in the zone shows a wall time.
    ///
    /// A wall time in a gap means the first instant after the gap; one that occurs twice means the first. In other
    /// words: the first instant at which the clock shows this or later.
    public func instant(of civil: CivilDateTime) -> Instant {
        let naive = civil.millisecondsAsUTC
        // No zone is further from UTC than a day, so the offsets that can matter are in force within it.
        let before = offset(at: Instant(milliseconds: naive - 86_400_000))
        let after = offset(at: Instant(milliseconds: naive + 86_400_000))
        let early = Instant(milliseconds: naive - Int64(Swift.max(before, after)) * 1000)
        let late = Instant(milliseconds: naive - Int64(Swift.min(before, after)) * 1000)
        if before == after { return early }
        if offset(at: early) == Swift.max(before, after) { return early }
        // Clocks set back: only the smaller offset shows it. Set forward: it does unless the wall time is in the gap.
        if before > after || offset(at: late) == before { return late }
        return clockChange(after: early, to: late) ?? late
    }

    /// The first instant in `(after, to]` at which the clock is set, given that its offset differs at both ends.
    func clockChange(after start: Instant, to end: Instant) -> Instant? {
        let old = offset(at: start)
        guard offset(at: end) != old else { return nil }
        var low = start.milliseconds.floored(by: 1000).quotient
        var high = end.milliseconds.floored(by: 1000).quotient
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: Instant(seconds: middle)) == old {
                low = middle
            } else {
                high = middle
            }
        }
        return Instant(seconds: high)
    }

    /// The offset that is in force all through a date, in seconds; nil if the clock is set on it or close to it.
    func steadyOffset(on date: CivilDate) -> Int? {
        let midnight = CivilDateTime(date).millisecondsAsUTC
        let offset = offset(at: Instant(milliseconds: midnight - 86_400_000))
        return self.offset(at: Instant(milliseconds: midnight + 2 * 86_400_000)) == offset ? offset : nil
    }

    /// A time during which the clock is not set.
    struct Stretch {
        /// Its first instant.
        let start: Instant
        /// The first instant after it.
        let end: Instant
        /// The offset from UTC during it, in seconds.
        let offset: Int
    }

    /// The stretches of one offset that make up `[start, end)`.
    func stretches(from start: Instant, to end: Instant) -> [Stretch] {
        var found: [Stretch] = []
        var from = start
        var reached = start
        while reached < end {
            let next = Swift.min(reached.adding(seconds: 3600), end)
            if let change = clockChange(after: reached, to: next), change < end {
                found.append(Stretch(start: from, end: change, offset: offset(at: from)))
                from = change
                reached = change
            } else {
                reached = next
            }
        }
        if from < end { found.append(Stretch(start: from, end: end, offset: offset(at: from))) }
        return found
    }

    /// Whether the clock is set at some instant of `(from, to]`; changes undone within three days are not noticed.
    public func hasClockChanges(from: Instant, to: Instant) -> Bool {
        let first = offset(at: from)
        var reached = from
        while reached < to {
            reached = Swift.min(reached.adding(seconds: 3 * 86_400), to)
            if offset(at: reached) != first { return true }
        }
        return false
    }

    /// The first instant of a date: midnight, or the first after the gap that swallows it.
    public func startOfDay(_ date: CivilDate) -> Instant { instant(of: CivilDateTime(date)) }

    /// The instant a period earlier: elapsed for `s m h`, the same wall time whole calendar days earlier for `d w`.
    public func instant(_ instant: Instant, minus period: Period) -> Instant {
        guard let days = period.calendarDays else { return instant.adding(seconds: -period.seconds) }
        let civil = civil(of: instant)
        let date = civil.date.adding(days: -days)
        // The start of a day stays the start of a day, also where a gap swallows midnight.
        if startOfDay(civil.date) == instant { return startOfDay(date) }
        let rest = instant.milliseconds.floored(by: 1000).remainder
        return self.instant(of: CivilDateTime(date, civil.time)).adding(milliseconds: rest)
    }
}
