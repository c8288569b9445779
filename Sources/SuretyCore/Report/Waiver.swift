/// A person's word that an occurrence of a promise need not be kept.
public struct Waiver: Hashable, Sendable {
    /// When it was first given.
    public let at: Instant
    /// By whom.
    public let by: String
    /// Why.
    public let reason: String

    /// A waiver.
    public init(at: Instant, by: String, reason: String) {
        self.at = at
        self.by = by
        self.reason = reason
    }

    /// Whether it was given before a deadline. What was late already stays late; a waiver then only ends the alarm.
    public func isInTime(for deadline: Instant) -> Bool { at < deadline }
}
