public import Engine

/// Where the service listens: on this machine's own addresses only.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address, `127.0.0.1` or `::1`.
    public let host: String
    /// The port; 0 takes a free one.
    public let port: Int

    /// Reads `127.0.0.1:7433`, `localhost:7433` or `[::1]:7433`; anything that others could reach is refused.
    public init(parsing text: String) throws(PortFailure) {
        guard let authority = Authority(text), let port = authority.port else {
            throw PortFailure(
                .refused, "`\(text)` is no address to listen on", hint: "Write it like 127.0.0.1:7433.")
        }
        guard authority.isLoopback else {
            throw PortFailure(
                .refused, "\(text) can be reached from elsewhere",
                hint: "Listen on 127.0.0.1; other addresses need tokens, which are not in this version.")
        }
        // A name is not looked up: whoever answers for it could say anything.
        self.host = authority.host == "localhost" ? "127.0.0.1" : authority.host
        self.port = port
    }

    /// As it is written.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
