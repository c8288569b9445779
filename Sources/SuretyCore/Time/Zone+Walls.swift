extension Zone {
    /// Wall times that mean an instant or a later one, in milliseconds as if they were UTC.
    public struct Walls: Hashable, Sendable {
        /// The first that means the instant or a later one.
        public let first: Int64
        /// The last that means the instant; nil if none does, as in the second pass of an hour that passes twice.
        public let last: Int64?
    }

    /// The wall times that mean an instant, as `instant(of:)` reads them: what a clock never shows means the first
    /// instant after the gap, and what it shows twice the first.
    public func walls(meaning instant: Instant) -> Walls {
        let offset = offset(at: instant)
        let wall = instant.milliseconds + Int64(offset) * 1000
        let before = self.offset(at: instant.adding(milliseconds: -1))
        if before < offset {
            return Walls(first: instant.milliseconds + Int64(before) * 1000, last: wall)
        }
        let whole = Instant(seconds: instant.milliseconds.floored(by: 1000).quotient)
        let meant = self.instant(of: civil(of: instant))
        guard meant != whole, let change = clockChange(after: meant, to: whole) else {
            return Walls(first: wall, last: wall)
        }
        let end = change.milliseconds + Int64(self.offset(at: change.adding(milliseconds: -1))) * 1000
        return Walls(first: end, last: nil)
    }
}
