/// Which intervals there are: all hours, days, weeks or months of a zone, or only those that start on business days.
public struct Cadence: Hashable, Sendable {
    /// The size of each interval.
    public let grain: Grain
    /// The zone whose clocks bound them.
    public let zone: Zone
    /// The days on which an interval may start; nil: every day.
    public let days: DaySet?

    /// A cadence.
    public init(_ grain: Grain, in zone: Zone, on days: DaySet? = nil) {
        self.grain = grain
        self.zone = zone
        self.days = days
    }
}
