extension Slice {
    /// Whether it has one of these days in the zone of its intervals; the whole table has all.
    public func touches(_ days: [ClosedRange<CivilDate>], in zone: Zone?) -> Bool {
        guard let interval, let zone else { return true }
        let first = zone.civil(of: interval.start).date
        let last = zone.civil(of: interval.end.adding(milliseconds: -1)).date
        return days.contains { $0.overlaps(first...last) }
    }
}
