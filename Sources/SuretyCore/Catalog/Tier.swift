/// How much a promise matters.
public enum Tier: Int, Hashable, Comparable, Codable, Sendable, CaseIterable {
    /// Leadership, billing, compliance.
    case one = 1
    /// Daily operations.
    case two = 2
    /// Exploratory.
    case three = 3

    /// Orders the tier that matters most first.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
