extension Slice {
    /// Whether it may have rows of one of these days in the zone of its intervals; the whole table has all.
    public func touches(_ days: [ClosedRange<CivilDate>], in zone: Zone?) -> Bool {
        guard let interval, let zone else { return true }
        // Where clocks change at one of its ends, it may have hours that go by the name of a day beside it.
        let slack = zone.isPlain(around: interval.start) && zone.isPlain(around: interval.end) ? 0 : 1
        let first = zone.civil(of: interval.start).date.adding(days: -slack)
        let last = zone.civil(of: interval.end.adding(milliseconds: -1)).date.adding(days: slack)
        return days.contains { $0.overlaps(first...last) }
    }
}

extension Zone {
    /// Whether clocks go on as always from a day before an instant to a day after it.
    fileprivate func isPlain(around instant: Instant) -> Bool {
        let day: Int64 = 86_400_000
        let walls = [-day, -1000, 0, day].map {
            civil(of: instant.adding(milliseconds: $0)).millisecondsAsUTC - $0
        }
        return walls.allSatisfy { $0 == walls[0] }
    }
}
