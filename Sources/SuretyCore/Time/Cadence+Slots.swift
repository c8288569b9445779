extension Cadence {
    /// The one slot of all time, whatever the days, that holds an instant: slots never overlap and leave no holes.
    func slot(containing instant: Instant) -> DataInterval {
        guard grain != .hour else { return hour(containing: instant) }
        var first = slotStart(of: zone.civil(of: instant).date)
        var start = zone.startOfDay(first)
        // Where clocks go back across midnight, an instant can show the date before the one it belongs to, or after.
        while start > instant {
            first = slotStart(of: first.adding(days: -1))
            start = zone.startOfDay(first)
        }
        while true {
            let next = slotStart(after: first)
            let end = zone.startOfDay(next)
            if end > instant { return DataInterval(grain: grain, zone: zone, start: start, end: end) }
            first = next
            start = end
        }
    }

    /// The slot that begins where another ends.
    func slot(after slot: DataInterval) -> DataInterval { self.slot(containing: slot.end) }

    /// The slot that ends where another begins.
    func slot(before slot: DataInterval) -> DataInterval {
        self.slot(containing: slot.start.adding(milliseconds: -1))
    }

    private func slotStart(of date: CivilDate) -> CivilDate {
        switch grain {
        case .hour, .day: date
        case .week: date.monday
        case .month: date.firstOfMonth()
        }
    }

    private func slotStart(after first: CivilDate) -> CivilDate {
        switch grain {
        case .hour, .day: first.adding(days: 1)
        case .week: first.adding(days: 7)
        case .month: first.firstOfMonth(adding: 1)
        }
    }

    /// The hour that holds an instant: hours begin when the clock shows a full hour, or is set to another hour, or back.
    private func hour(containing instant: Instant) -> DataInterval {
        let offset = zone.offset(at: instant)
        var start = fullHour(atOrBefore: instant, offset: offset)
        var end = start.adding(milliseconds: hourLength)
        if let change = zone.clockChange(after: start, to: instant) {
            let before = zone.offset(at: change.adding(milliseconds: -1))
            start = begins(at: change, before, offset) ? change : fullHour(atOrBefore: change, offset: before)
        } else if let change = zone.clockChange(after: instant, to: end), change < end {
            let after = zone.offset(at: change)
            end =
                begins(at: change, offset, after)
                ? change
                : fullHour(atOrBefore: change, offset: after).adding(milliseconds: hourLength)
        }
        return DataInterval(grain: .hour, zone: zone, start: start, end: end)
    }

    private var hourLength: Int64 { 3_600_000 }

    private func fullHour(atOrBefore instant: Instant, offset: Int) -> Instant {
        let local = instant.milliseconds + Int64(offset) * 1000
        return instant.adding(milliseconds: -local.floored(by: hourLength).remainder)
    }

    /// Whether an hour begins when the clock is set from one offset to another.
    private func begins(at change: Instant, _ old: Int, _ new: Int) -> Bool {
        if new < old { return true }
        let last = change.milliseconds - 1 + Int64(old) * 1000
        let first = change.milliseconds + Int64(new) * 1000
        return last.floored(by: hourLength).quotient != first.floored(by: hourLength).quotient
    }
}
