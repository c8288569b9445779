/// How long runs took: how many at most each of some lengths of time, and all together.
public struct RunDurations: Hashable, Sendable {
    /// The lengths that are told apart, in seconds, ascending: from a second to four hours.
    public static let bounds: [Int64] = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400]

    /// How many runs took at most a bound, and longer than the one before it.
    public var within: [Int64: Int64]
    /// How many took longer than every bound.
    public var beyond: Int64
    /// The milliseconds of all of them.
    public var milliseconds: Int64

    /// Runs that took so long.
    public init(within: [Int64: Int64] = [:], beyond: Int64 = 0, milliseconds: Int64 = 0) {
        self.within = within
        self.beyond = beyond
        self.milliseconds = milliseconds
    }

    /// All of them.
    public var count: Int64 { within.values.reduce(beyond, +) }

    /// How many took at most so many seconds.
    public func count(upTo bound: Int64) -> Int64 {
        within.reduce(0) { $0 + ($1.key <= bound ? $1.value : 0) }
    }
}
