public import Engine
import NIOCore
public import SuretyCore

/// Sends consumers' refreshes over HTTP, each with `Idempotency-Key`.
public struct HTTPRefresher: Refresher {
    private let sender: HTTPSender

    /// A refresher that resolves names as this machine does; the clock is asked when an answer names a time to wait for.
    public init(clock: any WallClock) { sender = HTTPSender(clock: clock) }

    /// A refresher with its own way to resolve names.
    init(
        clock: any WallClock, timeout: TimeAmount,
        resolve: @escaping @Sendable (String) async throws -> [NetworkAddress]
    ) {
        sender = HTTPSender(clock: clock, timeout: timeout, resolve: resolve)
    }

    /// Sends the request and returns when a 2xx answer came.
    public func send(_ refresh: HTTPRefresh, key: String) async throws(PortFailure) {
        _ = try await sender.send(refresh, key: key, noun: "refresh")
    }
}
