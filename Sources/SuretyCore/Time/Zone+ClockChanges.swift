extension IntervalRule {
    /// Whether its intervals are not clear on a column of wall times: hours where clocks change, one of which happens
    /// twice when they go back.
    public var isUnclearWithoutZone: Bool { cadence.grain == .hour && cadence.zone.changesClocks }
}

extension Zone {
    /// Whether its clocks change, in the years about the present.
    public var changesClocks: Bool {
        let first = offset(at: Instant(seconds: 1_577_836_800))
        // From 2020 on, every two weeks of 20 years.
        return (1...520).contains {
            offset(at: Instant(seconds: 1_577_836_800 + Int64($0) * 1_209_600)) != first
        }
    }
}
