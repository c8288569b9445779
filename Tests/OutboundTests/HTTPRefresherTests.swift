import Engine
import Foundation
import NIOCore
import SuretyCore
import Testing

@testable import Outbound

@Suite struct `refreshes over HTTP` {
    /// A clock that stands still.
    struct StoppedClock: WallClock {
        var simulatedOffset: Int64? { nil }
        func now() -> Instant { Instant(rfc3339: "2026-04-01T07:00:00Z") ?? Instant(milliseconds: 0) }
        func sleep(seconds: Double) async throws {}
    }

    /// A refresher for which every name is loopback.
    private func refresher(_ timeout: TimeAmount = .seconds(300)) -> HTTPRefresher {
        HTTPRefresher(clock: StoppedClock(), timeout: timeout) { _ in
            [NetworkAddress("127.0.0.1")].compactMap { $0 }
        }
    }

    private func refresh(_ port: Int, secret: Bool = false) -> HTTPRefresh {
        HTTPRefresh(
            method: "POST",
            url: Secret("http://dashboard.example:\(port)/api/invalidate?token=hush", isSecret: secret),
            headers: ["x-api-key": Secret("s3cret")], body: Secret("{\"a\": 1}", isSecret: false),
            allowPrivate: true)
    }

    private func answer(_ status: String, _ headers: String = "", _ body: String = "") -> String {
        "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    @Test func `the request carries the key, the headers and the body, to the checked address`() async throws
    {
        let server = try await CannedServer(answer: answer("204 No Content"))
        try await refresher().send(refresh(server.port), key: "leadership/2026-04-01")
        let request = try #require(server.requests.first)
        #expect(server.requests.count == 1)
        #expect(request.hasPrefix("POST /api/invalidate?token=hush HTTP/1.1\r\n"))
        let lines = request.lowercased().components(separatedBy: "\r\n")
        #expect(lines.contains("idempotency-key: leadership/2026-04-01"))
        #expect(lines.contains("x-api-key: s3cret"))
        #expect(lines.contains("content-type: application/json"))
        #expect(lines.contains("host: dashboard.example:\(server.port)"))
        #expect(request.hasSuffix("\r\n\r\n{\"a\": 1}"))
        try await server.stop()
    }

    @Test func `a long answer is not read to its end`() async throws {
        let server = try await CannedServer(
            answer: "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"
                + String(repeating: "x", count: 100_000))
        try await refresher().send(refresh(server.port), key: "k")
        try await server.stop()
    }

    @Test(arguments: [
        ("503 Busy", "Retry-After: 30\r\n", true, "a wait of 30 s"), ("500 Oops", "", true, "500"),
        ("429 Slow", "Retry-After: Wed, 01 Apr 2026 07:01:30 GMT\r\n", true, "a wait of 90 s"),
        ("408 Late", "Retry-After: 5\r\n", true, "a wait of 5 s"), ("408 Late", "", true, "408"),
        ("404 No", "", false, "404"), ("401 No", "", false, "401"), ("410 Gone", "", false, "gone for good"),
        ("302 Found", "Location: http://127.0.0.1:1/\r\n", false, "redirect"),
    ])
    func `an answer that is no success says whether to try again`(
        _ status: String, _ headers: String, _ isRetryable: Bool, _ words: String
    ) async throws {
        let server = try await CannedServer(answer: answer(status, headers, "hush"))
        let failure = await #expect(throws: PortFailure.self) {
            try await refresher().send(refresh(server.port), key: "k")
        }
        #expect(failure?.isRetryable == isRetryable)
        #expect(failure?.kind == (isRetryable ? .unreachable : .refused))
        #expect(failure?.message.contains(words) == true)
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func `messages tell the host and no secret`() async throws {
        let server = try await CannedServer(answer: answer("404 No"))
        for isSecret in [false, true] {
            let failure = await #expect(throws: PortFailure.self) {
                try await refresher().send(refresh(server.port, secret: isSecret), key: "k")
            }
            let text = failure?.description ?? "hush"
            #expect(!text.contains("hush") && !text.contains("s3cret"))
            #expect(text.contains("dashboard.example") != isSecret)
        }
        try await server.stop()
    }

    @Test func `silence and a refused connection can pass by themselves`() async throws {
        let server = try await CannedServer(answer: nil)
        let silence = await #expect(throws: PortFailure.self) {
            try await refresher(.milliseconds(100)).send(refresh(server.port), key: "k")
        }
        #expect(silence?.kind == .timeout && silence?.isRetryable == true)
        try await server.stop()
        let refused = await #expect(throws: PortFailure.self) {
            // Nothing listens on port 1; the port of a stopped server may be another test's by now.
            try await refresher().send(refresh(1), key: "k")
        }
        #expect(refused?.kind == .unreachable && refused?.isRetryable == true)
    }

    @Test func `when one address does not answer the next is tried`() async throws {
        let server = try await CannedServer(answer: answer("200 OK"))
        let refresher = HTTPRefresher(clock: StoppedClock(), timeout: .seconds(300)) { _ in
            [NetworkAddress("::1"), NetworkAddress("127.0.0.1")].compactMap { $0 }
        }
        try await refresher.send(refresh(server.port), key: "k")
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0", "0.0.0.0",
    ])
    func `a private address is refused however it is written`(_ host: String) async throws {
        let server = try await CannedServer(answer: answer("200 OK"))
        let url = Secret("http://\(host):\(server.port)/", isSecret: false)
        let failure = await #expect(throws: PortFailure.self) {
            try await HTTPRefresher(clock: StoppedClock()).send(
                HTTPRefresh(method: "POST", url: url), key: "k")
        }
        #expect(failure?.kind == .refused || failure?.message.contains("resolved") == true)
        #expect(server.requests.isEmpty)
        try await server.stop()
    }

    @Test func `one private address among public ones is refused`() async throws {
        let mixed = HTTPRefresher(clock: StoppedClock(), timeout: .seconds(1)) { _ in
            [NetworkAddress("8.8.8.8"), NetworkAddress("10.0.0.1")].compactMap { $0 }
        }
        let failure = await #expect(throws: PortFailure.self) {
            try await mixed.send(HTTPRefresh(method: "GET", url: Secret("http://a.example/")), key: "k")
        }
        #expect(failure?.kind == .refused && failure?.hint.contains("allow_private") == true)
    }

    @Test(arguments: [
        Secret("ftp://a.example/"), Secret("http://"), Secret("nonsense"), Secret("http://u:p@a.example/"),
        Secret("http+unix://%2Ftmp%2Fs/"), Secret("", unset: ["URL"]),
    ])
    func `an address that cannot be called is refused before anything is sent`(_ url: Secret) async {
        let failure = await #expect(throws: PortFailure.self) {
            try await refresher().send(HTTPRefresh(method: "POST", url: url, allowPrivate: true), key: "k")
        }
        #expect(failure?.kind == .refused && failure?.isRetryable == false)
    }

    @Test func `a header with a line end is refused by its name`() async {
        var bad = refresh(1)
        bad.headers = ["x-token": Secret("a\r\nHost: b")]
        let failure = await #expect(throws: PortFailure.self) { try await refresher().send(bad, key: "k") }
        #expect(failure?.kind == .refused && failure?.message.contains("x-token") == true)
        #expect(failure?.message.contains("Host: b") == false)
    }

    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::",
        "::1",
        "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::",
        "2001:db8::1",
        "::10.0.0.1", "fec0::1",
    ])
    func `addresses that are not of the public internet`(_ text: String) throws {
        #expect(try !#require(NetworkAddress(text)).isPublic)
    }

    @Test(arguments: [
        "8.8.8.8", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
    ])
    func `addresses of the public internet`(_ text: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.isPublic)
        #expect(NetworkAddress(address.text) == address)
    }
}
