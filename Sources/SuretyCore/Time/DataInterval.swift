/// The slice of an asset that one run builds and checks: an hour, day, week or month in a zone, `[start, end)`.
public struct DataInterval: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Its size.
    public let grain: Grain
    /// The zone whose clocks bound it.
    public let zone: Zone
    /// Its first instant.
    public let start: Instant
    /// The first instant after it.
    public let end: Instant

    /// The interval between two instants; only a `Cadence` mints them.
    init(grain: Grain, zone: Zone, start: Instant, end: Instant) {
        self.grain = grain
        self.zone = zone
        self.start = start
        self.end = end
    }

    /// The wall time at which it starts.
    public var civilStart: CivilDateTime { zone.civil(of: start) }
    /// The date on which it starts.
    public var date: CivilDate { civilStart.date }

    /// Whether the two have an instant in common.
    public func overlaps(_ other: DataInterval) -> Bool { start < other.end && other.start < end }

    /// Orders by start, then by end.
    public static func < (left: Self, right: Self) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}

/// What one run of an asset's step is about: one interval, or the whole table.
public enum Slice: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The whole table.
    case whole
    /// One interval.
    case interval(DataInterval)

    /// The interval, unless it is the whole table.
    public var interval: DataInterval? {
        switch self {
        case .whole: nil
        case .interval(let interval): interval
        }
    }

    /// As on the command line; nil for the whole table.
    public var label: String? { interval?.description }
    /// As on the command line; `the whole table` for that.
    public var description: String { label ?? "the whole table" }

    /// Orders intervals by time; the whole table comes first.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.whole, .interval): true
        case (.whole, .whole), (.interval, .whole): false
        case (.interval(let one), .interval(let other)): one < other
        }
    }
}
