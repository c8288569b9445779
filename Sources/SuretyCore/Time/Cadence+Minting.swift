extension Cadence {
    /// The interval that holds an instant; nil if none starts on those days.
    public func interval(containing instant: Instant) -> DataInterval? { existing(slot(containing: instant)) }

    /// The interval of a date: the day, week or month that holds it, or its first hour; nil if there is none.
    public func interval(on date: CivilDate) -> DataInterval? {
        let start = zone.startOfDay(date)
        let slot = slot(containing: start)
        // A date that the zone's clocks skip has no day of its own.
        guard grain != .day || slot.date == date else { return nil }
        return existing(slot)
    }

    /// The interval that starts on a date, the first of them for hours; nil if there is none.
    public func interval(starting date: CivilDate) -> DataInterval? {
        interval(on: date).flatMap { $0.date == date ? $0 : nil }
    }

    /// The last interval that ends before another starts, or just then.
    public func interval(before interval: DataInterval) -> DataInterval? {
        self.interval(endingAtOrBefore: interval.start)
    }

    /// The first interval that starts after another ends, or just then.
    public func interval(after interval: DataInterval) -> DataInterval? {
        self.interval(startingAtOrAfter: interval.end)
    }

    /// The last interval that ends at an instant or before: at the present one, the newest closed interval.
    public func interval(endingAtOrBefore instant: Instant) -> DataInterval? {
        var slot = slot(containing: instant.adding(milliseconds: -1))
        if slot.end > instant { slot = self.slot(before: slot) }
        for _ in 0...DayFirings.reach {
            if let found = existing(slot) { return found }
            slot = self.slot(containing: skippingBack(from: slot))
        }
        return nil
    }

    /// The first interval that starts at an instant or after.
    public func interval(startingAtOrAfter instant: Instant) -> DataInterval? {
        var slot = slot(containing: instant)
        if slot.start < instant { slot = self.slot(after: slot) }
        for _ in 0...DayFirings.reach {
            if let found = existing(slot) { return found }
            slot = self.slot(containing: skippingAhead(from: slot))
        }
        return nil
    }

    /// The intervals wholly inside `[from, to)`, ascending.
    public func intervals(from start: Instant, to end: Instant) -> [DataInterval] {
        intervals(from: start, to: end, atMost: .max)
    }

    /// The first so many of the intervals wholly inside `[from, to)`, ascending.
    public func intervals(from start: Instant, to end: Instant, atMost limit: Int) -> [DataInterval] {
        guard start < end else { return [] }
        var found: [DataInterval] = []
        var slot = slot(containing: start)
        if slot.start < start { slot = self.slot(after: slot) }
        while slot.end <= end, found.count < limit {
            if let interval = existing(slot) {
                found.append(interval)
                slot = self.slot(after: slot)
            } else {
                slot = self.slot(containing: skippingAhead(from: slot))
            }
        }
        return found
    }

    /// The intervals that have an instant of `[start, end)` in them, ascending.
    public func intervals(overlapping start: Instant, end: Instant) -> [DataInterval] {
        guard start < end else { return [] }
        return intervals(
            from: slot(containing: start).start, to: slot(containing: end.adding(milliseconds: -1)).end)
    }

    /// The intervals that have an instant in common with one of another cadence, ascending.
    public func intervals(overlapping other: DataInterval) -> [DataInterval] {
        intervals(overlapping: other.start, end: other.end)
    }

    /// The intervals that end in `(after, to]`, ascending.
    public func intervals(endingAfter start: Instant, to end: Instant) -> [DataInterval] {
        guard start < end else { return [] }
        return intervals(from: slot(containing: start).start, to: end)
    }

    private func existing(_ slot: DataInterval) -> DataInterval? {
        guard let days else { return slot }
        return days.contains(slot.date) ? slot : nil
    }

    /// Where to look on after a slot that does not exist: hours skip the rest of the day.
    private func skippingAhead(from slot: DataInterval) -> Instant {
        guard grain == .hour else { return slot.end }
        return Swift.max(slot.end, zone.startOfDay(slot.date.adding(days: 1)))
    }

    private func skippingBack(from slot: DataInterval) -> Instant {
        guard grain == .hour else { return slot.start.adding(milliseconds: -1) }
        return Swift.min(slot.start, zone.startOfDay(slot.date)).adding(milliseconds: -1)
    }
}
