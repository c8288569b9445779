import Engine
import Foundation
import NIOCore
import SuretyCore
import Testing

@testable import Outbound

@Suite struct `alerts over channels` {
    private struct StoppedClock: WallClock {
        var simulatedOffset: Int64? { nil }
        func now() -> Instant { Instant(milliseconds: 1_614_265_330_000) }
        func sleep(seconds: Double) async throws {}
    }

    private struct PlainWriter: AlertWriter {
        func document(_ message: AlertMessage) -> String { #"{"id":"\#(message.id)"}"# }
        func body(_ message: AlertMessage) -> String { document(message) }
        func letter(_ report: WeeklyReport, id: String) -> Letter {
            Letter(subject: "The week", text: "kept", html: "<p>kept</p>", line: "kept", document: "{}")
        }
        func slack(_ message: AlertMessage) -> SlackWords {
            SlackWords(text: "it \"broke\"", blocks: #"[{"type":"divider"}]"#)
        }
        func mail(_ message: AlertMessage) -> MailWords { MailWords(subject: "s", text: "t", html: "h") }
    }

    private func messenger(in folder: String = "/nonexistent") -> ChannelMessenger {
        ChannelMessenger(
            folder: folder, writer: PlainWriter(),
            sender: HTTPSender(clock: StoppedClock(), timeout: .seconds(300)) { _ in
                [NetworkAddress("127.0.0.1")].compactMap { $0 }
            })
    }

    private func message(_ event: IncidentBook.Event = .opened) throws -> AlertMessage {
        let asset = try #require(AssetName("raw.t"))
        let trouble = Trouble(
            cause: Cause(.checkFailed, asset: asset, interval: nil, message: "no"), intervals: [],
            affects: [],
            promises: [], consumers: [], severity: .high)
        let now = StoppedClock().now()
        let alert = Alert(
            event: event, at: now, incident: Incident(id: "inc_1", trouble: trouble, at: now), headline: "h")
        return AlertMessage(alert, to: AlertRecipient(channel: "c", person: nil), dueAt: now)
    }

    private func answer(_ status: String, _ body: String = "", _ headers: String = "") -> String {
        "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }

    private func channel(_ kind: AlertChannel.Kind, allowPrivate: Bool = true) -> AlertChannel {
        AlertChannel(id: "c", kind: kind, allowPrivate: allowPrivate)
    }

    @Test func `a file gets a document on each line, also after one that was cut off`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("deep/alerts.ndjson")
        let kind = AlertChannel.Kind.file("deep/alerts.ndjson")
        _ = try await messenger(in: folder.path).send(message(), over: channel(kind), to: nil, after: nil)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"cut".utf8))
        try handle.close()
        _ = try await messenger(in: folder.path).send(message(), over: channel(kind), to: nil, after: nil)
        let lines = try String(contentsOf: file, encoding: .utf8)
        #expect(lines == "{\"id\":\"inc_1-1-c\"}\n{\"cut\n{\"id\":\"inc_1-1-c\"}\n")
    }

    @Test func `a webhook is signed as the standard's own example`() throws {
        let signed = try SignedWebhook(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", sentAt: StoppedClock().now(), body: #"{"test": 2432232314}"#,
            secret: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        #expect(
            signed.headers["webhook-signature"]?.reveal() == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        )
    }

    @Test func `a webhook carries its id, the time and the signature`() async throws {
        let server = try await CannedServer(answer: answer("204 No Content"))
        let kind = AlertChannel.Kind.webhook(
            url: Secret("http://hook.example:\(server.port)/in"),
            secret: Secret("whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"))
        _ = try await messenger().send(message(), over: channel(kind), to: nil, after: nil)
        let request = try #require(server.requests.first).lowercased()
        for header in ["webhook-id: inc_1-1-c", "webhook-timestamp: 1614265330", "webhook-signature: v1,"] {
            #expect(request.contains(header), "\(request)")
        }
        try await server.stop()
    }

    @Test func `a busy channel says how long to wait, and is tried again; a refusal is not`() async throws {
        for (status, headers, retries, wait) in [
            ("429 Too Many", "Retry-After: 77\r\n", true, 77.0), ("500 No", "", true, nil),
            ("408 Late", "Retry-After: 5\r\n", true, 5.0), ("408 Late", "", true, nil),
            ("410 Gone", "", false, nil), ("301 Moved", "Location: /x\r\n", false, nil),
        ] as [(String, String, Bool, Double?)] {
            let server = try await CannedServer(answer: answer(status, "", headers))
            let kind = AlertChannel.Kind.webhook(
                url: Secret("http://hook.example:\(server.port)/"), secret: nil)
            let failure = await #expect(throws: PortFailure.self) {
                _ = try await messenger().send(message(), over: channel(kind), to: nil, after: nil)
            }
            #expect(failure?.isRetryable == retries, "\(status)")
            #expect(failure?.waitSeconds == wait, "\(status)")
            try await server.stop()
        }
    }

    @Test func `a private address is refused unless it is allowed`() async throws {
        let kind = AlertChannel.Kind.webhook(url: Secret("http://hook.example:9/"), secret: nil)
        let failure = await #expect(throws: PortFailure.self) {
            _ = try await messenger().send(
                message(), over: channel(kind, allowPrivate: false), to: nil, after: nil)
        }
        #expect(failure?.kind == .refused)
        #expect(failure?.hint.contains("allow_private") == true)
    }

    @Test func `Slack edits what it was told first, and says below it that it is over`() async throws {
        let server = try await CannedServer(
            answer: answer("200 OK", #"{"ok":true,"channel":"C1","ts":"17.5"}"#))
        let kind = AlertChannel.Kind.slackBot(
            token: Secret("xoxb-1"), channel: "C1", api: Secret("http://slack.example:\(server.port)/api/"))
        let receipt = try await messenger().send(message(), over: channel(kind), to: nil, after: nil)
        #expect(receipt == "C1/17.5")
        let told = MessageMemory(
            message: try message(), state: .delivered, attempts: 1, failure: nil, receipt: receipt)
        let after = try await messenger().send(message(.resolved), over: channel(kind), to: nil, after: told)
        #expect(after == "C1/17.5")
        let requests = server.requests
        #expect(
            requests.map { $0.components(separatedBy: " ")[1] } == [
                "/api/chat.postMessage", "/api/chat.update", "/api/chat.postMessage",
            ])
        #expect(requests[0].contains(#""text":"it \"broke\"""#))
        #expect(requests[0].lowercased().contains("authorization: bearer xoxb-1"))
        #expect(requests[1].contains(#""ts":"17.5""#))
        #expect(requests[2].contains(#""thread_ts":"17.5""#))
        try await server.stop()
    }

    @Test(arguments: [("ratelimited", true), ("channel_not_found", false)])
    func `an answer of Slack that is not ok is a failure`(error: String, retries: Bool) async throws {
        let server = try await CannedServer(answer: answer("200 OK", #"{"ok":false,"error":"\#(error)"}"#))
        let kind = AlertChannel.Kind.slackBot(
            token: Secret("xoxb-1"), channel: "C1", api: Secret("http://slack.example:\(server.port)/api"))
        let failure = await #expect(throws: PortFailure.self) {
            _ = try await messenger().send(message(), over: channel(kind), to: nil, after: nil)
        }
        #expect(failure?.isRetryable == retries)
        #expect(failure?.description.contains(error) == true)
        try await server.stop()
    }
}
