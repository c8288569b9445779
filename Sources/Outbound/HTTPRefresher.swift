import AsyncHTTPClient
public import Engine
import Foundation
import NIOCore
import NIOHTTP1
public import SuretyCore

/// Sends consumers' refreshes over HTTP.
///
/// A refresh is one request with `Idempotency-Key`, ten seconds to connect and ten to answer, without redirects. Every
/// address that the host's name stands for is checked, and only checked addresses are connected to.
public struct HTTPRefresher: Refresher {
    private let clock: any WallClock
    private let resolve: @Sendable (String) async throws -> [NetworkAddress]
    private let timeout: TimeAmount

    /// A refresher that resolves names as this machine does; the clock is asked when an answer names a time to wait for.
    public init(clock: any WallClock) {
        self.init(clock: clock, timeout: .seconds(10), resolve: NetworkAddress.resolve)
    }

    /// A refresher with its own way to resolve names.
    init(
        clock: any WallClock, timeout: TimeAmount,
        resolve: @escaping @Sendable (String) async throws -> [NetworkAddress]
    ) {
        self.clock = clock
        self.timeout = timeout
        self.resolve = resolve
    }

    /// Sends the request and returns when a 2xx answer came.
    ///
    /// 429, 5xx, time-outs and network failures are thrown as retryable, with the wait that `Retry-After` asks for;
    /// any other answer, a private address and a request that cannot be one as `refused`. Messages name the method and,
    /// where it holds no secret, the host; never headers, query or body.
    public func send(_ refresh: HTTPRefresh, key: String) async throws(PortFailure) {
        let place = try RefreshPlace(refresh)
        let request = try place.request(refresh, key: key)
        let addresses = try await checkedAddresses(place, allowPrivate: refresh.allowPrivate)
        var failure = place.failure(.unreachable, "the host has no address", isRetryable: true)
        for address in addresses.prefix(4) {
            do throws(Failed) {
                let answer = try await exchange(request, place: place, address: address)
                return try judge(answer, place)
            } catch {
                guard error.isBeforeSending else { throw error.failure }
                failure = error.failure
            }
        }
        throw failure
    }

    private func checkedAddresses(
        _ place: RefreshPlace, allowPrivate: Bool
    ) async throws(PortFailure) -> [NetworkAddress] {
        let addresses: [NetworkAddress]
        do {
            addresses = try await resolve(place.host)
        } catch is CancellationError {
            throw place.failure(.cancelled, "it was cancelled")
        } catch {
            throw place.failure(.unreachable, "the host's name could not be resolved", isRetryable: true)
        }
        guard allowPrivate || addresses.allSatisfy(\.isPublic) else {
            throw place.failure(
                .refused, "the host has a private address",
                hint: "Write `allow_private: true` beside the url if that is meant.")
        }
        return addresses
    }

    /// An exchange that failed, and whether it did before anything was sent.
    private struct Failed: Error {
        var failure: PortFailure
        var isBeforeSending = false
    }

    /// What came back.
    private struct Answer {
        var status: Int
        var retryAfter: String?
    }

    private func exchange(
        _ request: HTTPClientRequest, place: RefreshPlace, address: NetworkAddress
    ) async throws(Failed) -> Answer {
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: timeout, read: timeout))
        settings.dnsOverride = [place.host: address.text]
        settings.httpVersion = .http1Only
        settings.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            let response = try await client.execute(request, deadline: .now() + timeout)
            var room = 4096
            for try await buffer in response.body {
                room -= buffer.readableBytes
                if room <= 0 { break }
            }
            await close(client)
            return Answer(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"))
        } catch {
            await close(client)
            throw failed(error, place)
        }
    }

    /// Closes a client in a task of its own, which a cancellation of ours does not reach.
    private func close(_ client: HTTPClient) async { _ = await Task { try? await client.shutdown() }.value }

    private func failed(_ error: any Error, _ place: RefreshPlace) -> Failed {
        switch error {
        case is CancellationError: return Failed(failure: place.failure(.cancelled, "it was cancelled"))
        case let error as HTTPClientError: return failed(error, place)
        case let error as IOError where Self.isConnecting(error):
            let words = String(cString: strerror(error.errnoCode))
            return Failed(
                failure: place.failure(.unreachable, "no connection: \(words)", isRetryable: true),
                isBeforeSending: true)
        case _:
            // The error's own text may quote what was sent or received.
            return Failed(failure: place.failure(.unreachable, "the connection failed", isRetryable: true))
        }
    }

    private func failed(_ error: HTTPClientError, _ place: RefreshPlace) -> Failed {
        let unconnected: [HTTPClientError] = [.connectTimeout, .tlsHandshakeTimeout]
        let unanswered: [HTTPClientError] = [
            .deadlineExceeded, .readTimeout, .writeTimeout, .getConnectionFromPoolTimeout,
        ]
        if error == .cancelled {
            return Failed(failure: place.failure(.cancelled, "it was cancelled"))
        }
        if unconnected.contains(error) {
            return Failed(
                failure: place.failure(.timeout, "no connection within \(seconds)", isRetryable: true),
                isBeforeSending: true)
        }
        if unanswered.contains(error) {
            return Failed(failure: place.failure(.timeout, "no answer within \(seconds)", isRetryable: true))
        }
        return Failed(failure: place.failure(.unreachable, "the connection failed", isRetryable: true))
    }

    /// Whether an error can only occur while connecting.
    private static func isConnecting(_ error: IOError) -> Bool {
        [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EAFNOSUPPORT].contains(error.errnoCode)
    }

    private var seconds: String { "\(Double(timeout.nanoseconds) / 1_000_000_000) s" }

    private func judge(_ answer: Answer, _ place: RefreshPlace) throws(Failed) {
        switch answer.status {
        case 200..<300: return
        case 429, 500...:
            let wait = answer.retryAfter.flatMap { RetryAfter($0, now: clock.now()) }
            throw Failed(
                failure: place.failure(
                    .unreachable, "it answered \(answer.status)" + (wait.map { ", asking for \($0)" } ?? ""),
                    isRetryable: true))
        case 300..<400:
            throw Failed(
                failure: place.failure(
                    .refused, "it answered \(answer.status), a redirect, which is not followed",
                    hint: "Write the final address."))
        case let status: throw Failed(failure: place.failure(.refused, "it answered \(status)"))
        }
    }
}
