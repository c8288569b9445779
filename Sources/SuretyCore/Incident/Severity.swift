/// How bad an incident is for the business; never chosen per check.
public enum Severity: String, Hashable, Comparable, Codable, Sendable, CaseIterable {
    case critical, high, warning, info

    /// What a promise of a tier is worth, given how much time is left.
    ///
    /// - Parameters:
    ///   - secondsLeft: Seconds until the deadline, negative after it; nil where nothing is due.
    ///   - recovery: Seconds that recovery typically takes.
    public init(tier: Tier, secondsLeft: Double?, recovery: Double) {
        let isPressing = secondsLeft.map { $0 < 2 * recovery } ?? false
        self =
            switch (tier, isPressing) {
            case (.one, true): .critical
            case (.one, false), (.two, true): .high
            case (.two, false), (.three, true): .warning
            case (.three, false): .info
            }
    }

    /// Orders the worst first.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .warning: 2
        case .info: 3
        }
    }
}
