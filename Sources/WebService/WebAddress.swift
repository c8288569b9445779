/// Where the service listens.
public struct WebAddress: Hashable, Sendable {
    /// The host, loopback by default.
    public let host: String
    /// The port; 0 takes a free one.
    public let port: Int
}
