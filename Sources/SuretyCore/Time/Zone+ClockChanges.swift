extension IntervalRule {
    /// Whether its intervals are not clear on a column of wall times: hours where clocks change, one of which happens
    /// twice when they go back.
    public var isUnclearWithoutZone: Bool { cadence.grain == .hour && cadence.zone.changesClocks }

    /// What is wrong with such intervals, naming the column and its type as they are to be shown.
    public func unclearHours(of column: String, _ type: String) -> String {
        "hours of \(column), a \(type), are not clear where clocks change, as in \(cadence.zone)"
    }

    /// What to do about it.
    public static let unclearHoursHint =
        "Use a column with a time zone, `day`, or `in UTC` if that is what it holds."
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
