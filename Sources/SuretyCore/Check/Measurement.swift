/// What was measured for a metric.
public struct MetricMeasurement: Hashable, Sendable {
    /// The value; nil if there was nothing to measure.
    public var value: Measured?
    /// Rows looked at; nil if an index told the value and nobody counted.
    public var looked: Int64?
    /// The rows that a percentage is a share of; nil for metrics that have none.
    public var base: Int64?
    /// Values that are NaN or infinite, left out of the value.
    public var odd: Int64
    /// Rows, or surplus rows, that are counted against the data; nil for metrics that count none.
    public var violations: Int64?
    /// What is measured.
    public var unit: String
    /// What else people want to know.
    public var why: String

    /// A measurement.
    public init(
        _ value: Measured?, looked: Int64?, base: Int64? = nil, odd: Int64 = 0, violations: Int64? = nil,
        unit: String, why: String = ""
    ) {
        self.value = value
        self.looked = looked
        self.base = base
        self.odd = odd
        self.violations = violations
        self.unit = unit
        self.why = why
    }
}

/// What was counted for a rule that each row obeys.
public struct RowMeasurement: Hashable, Sendable {
    /// Rows that the rule looks at.
    public var looked: Int64
    /// Those that break it.
    public var violations: Int64
    /// Rows of which it cannot tell.
    public var unknown: Int64
    /// What is counted.
    public var unit: String
    /// What else people want to know.
    public var why: String

    /// A measurement.
    public init(
        looked: Int64, violations: Int64, unknown: Int64 = 0, unit: String = "rows", why: String = ""
    ) {
        self.looked = looked
        self.violations = violations
        self.unknown = unknown
        self.unit = unit
        self.why = why
    }
}

/// What was measured for freshness.
public struct FreshnessMeasurement: Hashable, Sendable {
    /// Non-NULL values; nil if there are some and nobody counted.
    public var looked: Int64?
    /// When the newest value that is not in the future happened, in microseconds; for dates the end of that day.
    public var newest: Int64?
    /// The newest value as people see it.
    public var newestText: String?
    /// Values more than five minutes after now, or infinite.
    public var future: Int64

    /// A measurement.
    public init(looked: Int64?, newest: Int64?, newestText: String?, future: Int64) {
        self.looked = looked
        self.newest = newest
        self.newestText = newestText
        self.future = future
    }
}

/// What was found about calendar slots.
public struct GapMeasurement: Hashable, Sendable {
    /// Rows looked at; nil if an index told which slots have some and nobody counted.
    public var looked: Int64?
    /// Slots that were to be filled; nil if there is no row to reckon from.
    public var slots: Int64?
    /// The first of those without a row, in order, as on the command line.
    public var missing: [String]
    /// What the slots are.
    public var unit: String

    /// A measurement.
    public init(looked: Int64?, slots: Int64?, missing: [String], unit: String) {
        self.looked = looked
        self.slots = slots
        self.missing = missing
        self.unit = unit
    }
}
