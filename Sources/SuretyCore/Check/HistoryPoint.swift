/// What a metric was for an earlier slice of an asset.
public struct HistoryPoint: Hashable, Sendable {
    /// The slice as people know it: the interval as on the command line, or the date of a whole table.
    public let label: String
    /// The date on which it starts.
    public let date: CivilDate
    /// The value; nil if there were rows and none of them had one.
    public let value: Measured?

    /// A value of an earlier slice.
    public init(label: String, date: CivilDate, value: Measured?) {
        self.label = label
        self.date = date
        self.value = value
    }

    /// The value of an interval.
    public init(_ interval: DataInterval, _ value: Measured?) {
        self.init(label: interval.description, date: interval.date, value: value)
    }
}

extension Metric {
    /// Whether it counts, so that it is never negative nor broken.
    public var isCount: Bool {
        switch self {
        case .rows, .missing, .duplicates, .distinct: true
        case .min, .max, .avg, .sum, .stddev, .percentile: false
        }
    }

    /// What it is of an earlier interval without rows: nothing counted or added up is 0, any other value there is not.
    public var ofNothing: Measured? {
        switch self {
        case .rows, .missing, .duplicates, .distinct, .sum: .count(0)
        case .min, .max, .avg, .stddev, .percentile: nil
        }
    }
}
