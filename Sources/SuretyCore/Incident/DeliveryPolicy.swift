/// When a message that could not be delivered is tried again.
public enum DeliveryPolicy {
    /// Seconds after a failed try, counted from 1; nil once patience has run out, about six hours after the first.
    ///
    /// - Parameters:
    ///   - attempts: How often it was tried.
    ///   - jitter: A number in 0..<1 that moves the wait by up to 20 % either way.
    ///   - asked: The wait that the channel asked for, which is not undercut up to a quarter of an hour: an alert that
    ///     waits for longer helps nobody.
    public static func wait(after attempts: Int, jitter: Double, asked: Double? = nil) -> Double? {
        let waits: [Double] = [5, 30, 120, 300]
        guard attempts >= 1, attempts <= 40 else { return nil }
        let wait = attempts <= waits.count ? waits[attempts - 1] : 600
        return max(min(asked ?? 0, 900), wait * (0.8 + 0.4 * jitter))
    }
}
