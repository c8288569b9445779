/// A fact, and when it was recorded.
public struct FactMemory: Hashable, Sendable {
    /// When.
    public var at: Instant
    /// What.
    public var fact: Fact

    /// A fact recorded at an instant.
    public init(at: Instant, fact: Fact) {
        self.at = at
        self.fact = fact
    }
}
