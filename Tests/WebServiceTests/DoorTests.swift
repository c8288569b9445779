import Engine
import Hummingbird
import NIOEmbedded
import SuretyCore
import Testing

@testable import WebService

@Suite struct `who is let in` {
    /// Asks as a program or a browser that calls this machine by some name.
    private func ask(
        _ stage: Stage, host: String?, _ method: HTTPRequest.Method = .get,
        path: String = "/api/v1/incidents",
        headers: HTTPFields = [:]
    ) async throws -> Response {
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: host, path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
        let context = BasicRequestContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Stage.logger))
        return try await stage.service.application.responder.respond(to: request, context: context)
    }

    @Test(arguments: ["localhost", "LOCALHOST:7433", "127.0.0.1:7433", "127.8.9.1", "[::1]:7433"])
    func `this machine's own names are answered`(host: String) async throws {
        #expect(try await ask(try await Stage(), host: host).status == .ok)
    }

    @Test(
        arguments: [
            nil, "", "surety.example", "localhost.example", "127.0.0.1.example",
            "127.0.0.1:7433@evil.example",
            "10.0.0.7:7433", "0.0.0.0", "127.1", "[::1", "::1", "localhost:99999", "localhost:+1",
        ] as [String?])
    func `a name that is not this machine's is refused, so that no page can point its own name here`(
        host: String?
    ) async throws {
        let response = try await ask(try await Stage(), host: host)
        #expect(response.status == .forbidden)
        #expect(response.headers[.contentType] == "application/problem+json")
    }

    @Test(
        arguments: [
            [.origin: "http://evil.example"], [.origin: "null"], [.origin: "https://localhost:7433"],
            [.origin: "http://localhost:3000"], [.fetchSite: "cross-site"], [.fetchSite: "same-site"],
        ] as [HTTPFields])
    func `another page changes nothing`(headers: HTTPFields) async throws {
        let stage = try await Stage()
        let response = try await ask(
            stage, host: "localhost:7433", .post, path: "/api/v1/drain", headers: headers)
        #expect(response.status == .forbidden)
        #expect(!stage.front.asked(\.isDrained))
    }

    @Test(
        arguments: [
            [:], [.origin: "http://localhost:7433", .fetchSite: "same-origin"], [.fetchSite: "none"],
        ] as [HTTPFields])
    func `programs and our own pages do`(headers: HTTPFields) async throws {
        let stage = try await Stage()
        let response = try await ask(
            stage, host: "localhost:7433", .post, path: "/api/v1/drain", headers: headers)
        #expect(response.status == .accepted)
        #expect(stage.front.asked(\.isDrained))
    }

    @Test func `an unknown path is not found`() async throws {
        let reply = try await Stage().ask("/api/v1/nothing")
        #expect(reply.status == 404)
        #expect(reply.text.contains("\"detail\": \"there is no /api/v1/nothing\""))
        #expect(reply.text.contains("\"type\": \"urn:surety:not_found\""))
    }

    @Test(
        arguments: [
            ("/api/v1/promises", "DELETE", "GET, HEAD"),
            ("/api/v1/promises/revenue-by-8/runs", "GET", "POST"),
            ("/api/v1/silences", "PUT", "GET, HEAD, POST"), ("/healthz", "POST", "GET, HEAD"),
            ("/api/v1/gate/board", "OPTIONS", "GET, HEAD"),
        ])
    func `a method that a path does not answer is named with those that it does`(
        path: String, method: String, allowed: String
    ) async throws {
        let reply = try await Stage().ask(path, try #require(HTTPRequest.Method(method)))
        #expect(reply.status == 405)
        #expect(reply.headers[.allow] == allowed)
        #expect(reply.text.contains("It answers \(allowed)."))
    }

    @Test func `what is asked for its head alone has no body`() async throws {
        let stage = try await Stage()
        for path in ["/api/v1/incidents", "/api/v1/nothing"] {
            let reply = try await stage.ask(path, .head)
            #expect(reply.text.isEmpty)
            #expect(reply.headers[.contentLength] != "0")
        }
    }

    @Test func `nothing that is answered is kept or guessed at by browsers`() async throws {
        let reply = try await Stage().ask("/api/v1/incidents")
        #expect(reply.headers[.cacheControl] == "no-store")
        #expect(reply.headers[.xContentTypeOptions] == "nosniff")
        #expect(reply.headers[.contentType] == "application/json")
    }

    @Test func `a parameter that is not known is refused by name`() async throws {
        let reply = try await Stage().ask("/api/v1/gate/board?wiat=3")
        #expect(reply.status == 400)
        #expect(reply.text.contains("there is no parameter `wiat` here"))
        #expect(reply.text.contains("There is: for, wait."))
    }
}
