import AsyncHTTPClient
import Engine
import Foundation
import NIOCore
import NIOHTTP1
import SuretyCore

/// Sends one request over HTTP and judges the answer.
///
/// Ten seconds to connect and ten to answer, without redirects. Every address that the host's name stands for is
/// checked, and only checked addresses are connected to.
struct HTTPSender: Sendable {
    /// Asked when an answer names a time to wait for.
    let clock: any WallClock
    /// The longest time to connect, and to answer.
    var timeout: TimeAmount = .seconds(10)
    /// How names become addresses.
    var resolve: @Sendable (String) async throws -> [NetworkAddress] = NetworkAddress.resolve

    /// What a 2xx answer said, its first bytes as text.
    struct Answer {
        var status: Int
        var body: String
        fileprivate var retryAfter: String?
    }

    /// Sends the request and returns the answer when it was a 2xx.
    ///
    /// 408, 429, 5xx, time-outs and network failures are thrown as retryable, with the wait that `Retry-After` asks for;
    /// any other answer (410 says that nobody listens there any more), a private address and a request that cannot be
    /// one as `refused`. Messages name the method and, where it holds no secret, the host; never headers, query or body.
    ///
    /// - Parameters:
    ///   - key: What is sent as `Idempotency-Key`, if anything.
    ///   - noun: What the request is, for people.
    func send(_ request: HTTPRefresh, key: String?, noun: String) async throws(PortFailure) -> Answer {
        let place = try RequestPlace(request, noun: noun)
        let prepared = try place.request(request, key: key)
        let addresses = try await checkedAddresses(place, allowPrivate: request.allowPrivate)
        var failure = place.failure(.unreachable, "the host has no address", isRetryable: true)
        for address in addresses.prefix(4) {
            do throws(Failed) {
                let answer = try await exchange(prepared, place: place, address: address)
                try judge(answer, place)
                return answer
            } catch {
                guard error.isBeforeSending else { throw error.failure }
                failure = error.failure
            }
        }
        throw failure
    }

    private func checkedAddresses(
        _ place: RequestPlace, allowPrivate: Bool
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

    private func exchange(
        _ request: HTTPClientRequest, place: RequestPlace, address: NetworkAddress
    ) async throws(Failed) -> Answer {
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: timeout, read: timeout))
        settings.dnsOverride = [place.host: address.text]
        settings.httpVersion = .http1Only
        settings.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            let answer = try await withDeadline {
                try await Self.answer(to: request, client, within: timeout)
            }
            await close(client)
            return answer
        } catch {
            await close(client)
            throw failed(error, place)
        }
    }

    private static func answer(
        to request: HTTPClientRequest, _ client: HTTPClient, within timeout: TimeAmount
    ) async throws -> Answer {
        let response = try await client.execute(request, deadline: .now() + timeout)
        var body = ByteBuffer()
        for try await buffer in response.body {
            body.writeImmutableBuffer(buffer)
            if body.readableBytes >= 16_384 { break }
        }
        return Answer(
            status: Int(response.status.code), body: String(buffer: body),
            retryAfter: response.headers.first(name: "Retry-After"))
    }

    /// Ends an exchange that takes twice as long as an answer may, however steadily bytes trickle in.
    private func withDeadline(_ work: @escaping @Sendable () async throws -> Answer) async throws -> Answer {
        let whole = timeout + timeout
        return try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(nanoseconds: UInt64(whole.nanoseconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else {
                throw HTTPClientError.deadlineExceeded
            }
            return answer
        }
    }

    /// Closes a client in a task of its own, which a cancellation of ours does not reach.
    private func close(_ client: HTTPClient) async { _ = await Task { try? await client.shutdown() }.value }

    private func failed(_ error: any Error, _ place: RequestPlace) -> Failed {
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

    private func failed(_ error: HTTPClientError, _ place: RequestPlace) -> Failed {
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

    private func judge(_ answer: Answer, _ place: RequestPlace) throws(Failed) {
        switch answer.status {
        case 200..<300: return
        case 408, 429, 500...:
            let wait = answer.retryAfter.flatMap { RetryAfter($0, now: clock.now()) }
            var failure = place.failure(
                .unreachable, "it answered \(answer.status)" + (wait.map { ", asking for \($0)" } ?? ""),
                isRetryable: true)
            failure.waitSeconds = wait.map { Double($0.seconds) }
            throw Failed(failure: failure)
        case 300..<400:
            throw Failed(
                failure: place.failure(
                    .refused, "it answered \(answer.status), a redirect, which is not followed",
                    hint: "Write the final address."))
        case 410:
            throw Failed(
                failure: place.failure(
                    .refused, "it answered 410, that it is gone for good", hint: "Declare another address."))
        case let status: throw Failed(failure: place.failure(.refused, "it answered \(status)"))
        }
    }
}
