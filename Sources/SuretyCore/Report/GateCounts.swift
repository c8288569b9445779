/// How often a gate gave each answer.
public struct GateCounts: Hashable, Sendable {
    /// How often it was open.
    public var open: Int64
    /// How often it was closed.
    public var closed: Int64

    /// A gate that answered so often.
    public init(open: Int64 = 0, closed: Int64 = 0) {
        self.open = open
        self.closed = closed
    }
}
