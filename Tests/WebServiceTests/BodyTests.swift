import Engine
import Hummingbird
import SuretyCore
import Testing

@testable import WebService

@Suite struct `what is sent` {
    private let path = "/api/v1/promises/revenue-by-8/runs"

    @Test(
        arguments: [
            ("{\"for\": }", "the body is no JSON: "), ("{", "the body is no JSON: "),
            ("[1]", "the body is no JSON object"), ("\"for\"", "the body is no JSON object"),
            ("{\"fro\": \"2026-11-19\", \"bar\": 1}", "there is no field `bar`, `fro` here"),
            ("{\"for\": 19}", "`for` must be a text"),
            ("{\"again\": \"yes\"}", "`again` must be true or false"),
            ("{\"again\": 1}", "`again` must be true or false"), ("{\"for\": \"tomorrow\"}", "tomorrow"),
        ])
    func `a body that is not understood is refused with what was wrong`(body: String, words: String)
        async throws
    {
        let stage = try await Stage()
        let reply = try await stage.tell(path, body)
        #expect(reply.status == 400)
        #expect(reply.text.contains(words.replacing("\"", with: "\\\"")))
        #expect(stage.front.asked(\.requests).isEmpty)
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    func `a body that is not JSON is refused`(type: String) async throws {
        let reply = try await Stage().tell(path, "{}", headers: [.contentType: type])
        #expect(reply.status == 415)
    }

    @Test(arguments: [
        "application/json", "application/json; charset=utf-8", "Application/JSON;charset=utf-8",
    ])
    func `JSON may say how it is written`(type: String) async throws {
        #expect(try await Stage().tell(path, "{}", headers: [.contentType: type]).status == 202)
    }

    @Test func `nothing need be sent where nothing must be said`() async throws {
        #expect(try await Stage().tell(path).status == 202)
    }

    @Test func `as much as is allowed is read, and no more`() async throws {
        let stage = try await Stage()
        func body(_ size: Int) -> String {
            let text = "{\"for\": \"2026-11-19\"}"
            return text + String(repeating: " ", count: size - text.utf8.count)
        }
        #expect(try await stage.tell(path, body(Fields.limit)).status == 202)
        let reply = try await stage.tell(path, body(Fields.limit + 1))
        #expect(reply.status == 413)
        #expect(reply.text.contains("\"type\": \"urn:surety:too_large\""))
        #expect(stage.front.asked(\.requests.count) == 1)
    }

    @Test func `a body that is deeply nested is refused`() async throws {
        let deep = "{\"for\": " + String(repeating: "[", count: 20_000)
        #expect(try await Stage().tell(path, deep).status == 400)
    }

    @Test(
        arguments: [
            (.unreachable, 503), (.permission, 403), (.refused, 400), (.timeout, 504), (.contention, 409),
            (.unknownEnd, 500), (.exhausted, 503), (.cancelled, 503), (.notYet, 409), (.storeUnusable, 500),
            (.conflict, 409),
        ] as [(PortFailure.Kind, Int)])
    func `what the engine cannot do is told with its kind`(kind: PortFailure.Kind, status: Int) async throws {
        let stage = try await Stage()
        stage.front.change { $0.failure = PortFailure(kind, "it is not so", hint: "Wait.") }
        let reply = try await stage.tell(path)
        #expect(reply.status == status)
        #expect(reply.headers[.contentType] == "application/problem+json")
        #expect(reply.headers[.retryAfter] == (status == 503 ? "1" : nil))
        for words in [
            "\"urn:surety:\(kind.rawValue)\"", "\"it is not so\"", "\"Wait.\"", "\"status\": \(status)",
        ] {
            #expect(reply.text.contains(words))
        }
    }

    @Test func `whoever asks to be left alone for a while is`() async throws {
        let stage = try await Stage()
        var failure = PortFailure(.exhausted, "there are too many connections")
        failure.waitSeconds = 2.5
        stage.front.change { $0.failure = failure }
        #expect(try await stage.tell(path).headers[.retryAfter] == "3")
    }
}
