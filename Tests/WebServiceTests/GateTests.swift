import Engine
import Hummingbird
import Presentation
import SuretyCore
import Testing

@testable import WebService

@Suite struct `gates over HTTP` {
    @Test func `an open gate is 200 and a closed one 409, with the document of the command line`()
        async throws
    {
        let stage = try await Stage()
        let board = try #require(Stage.catalog.consumers["board"])
        for isOpen in [false, true, true] {
            stage.front.change { $0.isOpen = isOpen }
            let reply = try await stage.ask("/api/v1/gate/board")
            #expect(reply.status == (isOpen ? 200 : 409))
            #expect(reply.headers[.contentType] == "application/json")
            let answer = try await stage.front.gate(board, slices: nil, waiting: Period(0, .second))
            #expect(reply.text == GateDocument.json(answer).document)
        }
    }

    @Test func `intervals are asked about as on the command line`() async throws {
        let stage = try await Stage()
        let reply = try await stage.ask("/api/v1/gate/board?for=2026-11-17..2026-11-18")
        #expect(reply.text.contains("\"2026-11-17\",\n    \"2026-11-18\""))
        #expect(try await stage.ask("/api/v1/gate/board?for=monday").status == 400)
    }

    @Test func `a gate is waited for until it opens`() async throws {
        let stage = try await Stage()
        async let reply = stage.ask("/api/v1/gate/board?wait=30")
        var waits = stage.front.waiting.stream.makeAsyncIterator()
        #expect(await waits.next() == "board")
        stage.front.opening.continuation.yield(true)
        #expect(try await reply.status == 200)
    }

    @Test func `a gate that stays closed is 409 after the wait`() async throws {
        let stage = try await Stage()
        async let reply = stage.ask("/api/v1/gate/board?wait=30")
        var waits = stage.front.waiting.stream.makeAsyncIterator()
        _ = await waits.next()
        stage.front.opening.continuation.yield(false)
        #expect(try await reply.status == 409)
    }

    @Test(arguments: [("300", 300), ("301", 300), ("5m", 300), ("2h", 300), ("45s", 45), ("1", 1)])
    func `nobody waits longer than five minutes`(wait: String, seconds: Int64) async throws {
        let stage = try await Stage()
        stage.front.opening.continuation.yield(true)
        _ = try await stage.ask("/api/v1/gate/board?wait=\(wait)")
        #expect(stage.front.asked(\.waits) == [seconds])
    }

    @Test(arguments: ["-1", "long", "", "1.5"])
    func `a wait that is no length of time is refused`(wait: String) async throws {
        #expect(try await Stage().ask("/api/v1/gate/board?wait=\(wait)").status == 400)
    }

    @Test func `a gate that cannot look is no answer`() async throws {
        let stage = try await Stage()
        stage.front.change { $0.failure = PortFailure(.unreachable, "the warehouse is not there") }
        #expect(try await stage.ask("/api/v1/gate/board").status == 503)
    }

    @Test func `the same answer is written once, and another one anew`() {
        let rendered = RenderedGates()
        func answer(_ isOpen: Bool) -> GateAnswer {
            GateAnswer(
                consumer: "board", isOpen: isOpen, intervals: [], certifiedThrough: [:], reasons: [],
                certificates: [])
        }
        let open = rendered.document(of: answer(true), for: nil)
        #expect(rendered.document(of: answer(true), for: nil) == open)
        #expect(rendered.document(of: answer(false), for: nil) != open)
        for number in 0..<(2 * RenderedGates.limit) {
            #expect(rendered.document(of: answer(true), for: "\(number)") == open)
        }
    }
}
