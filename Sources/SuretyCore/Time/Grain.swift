/// The size of an interval.
public enum Grain: String, Hashable, Codable, Sendable, CaseIterable {
    case hour, day, week, month

    /// Its place in the order of size; weeks come before months.
    var rank: Int {
        switch self {
        case .hour: 0
        case .day: 1
        case .week: 2
        case .month: 3
        }
    }
}
