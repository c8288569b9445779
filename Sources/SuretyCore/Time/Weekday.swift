/// A day of the week, Monday first as in ISO 8601.
public enum Weekday: String, Hashable, Codable, Sendable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    /// Days after Monday, 0 to 6.
    public var daysAfterMonday: Int {
        switch self {
        case .mon: 0
        case .tue: 1
        case .wed: 2
        case .thu: 3
        case .fri: 4
        case .sat: 5
        case .sun: 6
        }
    }
}
