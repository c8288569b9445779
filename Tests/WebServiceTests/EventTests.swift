import Engine
import Hummingbird
import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@testable import WebService

@Suite struct `events over HTTP` {
    private let run = RunRecord(
        id: "run000000001", target: "revenue-by-8", intervals: ["2026-11-19"], trigger: "schedule",
        definition: "d", startedAt: Make.instant("2026-11-20T06:00:00Z"), steps: [])

    @Test func `each event has its number, its name and a document on one line`() {
        let step = StepRecord(asset: Make.name("raw.orders"), interval: "2026-11-19", kind: .source)
        let answer = GateAnswer(
            consumer: "board", isOpen: true, intervals: [], certifiedThrough: [:], reasons: [],
            certificates: [])
        let incident = Stage.incident("inc_1", at: run.startedAt)
        let events: [(ServiceEvent, String, String)] = [
            (.run(run), "run", RunDocument.json(run).line),
            (
                .step(run.id, step), "step",
                "{\"run\":\"run000000001\",\"step\":\(RunDocument.json(step).line)}"
            ),
            (.incident(incident), "incident", "{\"incident\":\(IncidentText.json(incident).line)}"),
            (.gate(answer), "gate", GateDocument.json(answer).line),
            (
                .declarations(refused: "a\nb"), "declarations",
                "{\"declarations\":{\"accepted\":false,\"refused_because\":\"a\\nb\"}}"
            ),
        ]
        for (number, (event, name, data)) in events.enumerated() {
            let text = EventText.text(NumberedEvent(id: Int64(number), event: event))
            #expect(text == "id: \(number)\nevent: \(name)\ndata: \(data)\n\n")
            #expect(!data.contains("\n"))
        }
    }

    @Test func `events are told as they happen, until there are no more`() async throws {
        let stage = try await Stage()
        let events = [
            NumberedEvent(id: 7, event: .run(run)),
            NumberedEvent(id: 8, event: .declarations(refused: nil)),
        ]
        for event in events { stage.front.events.continuation.yield(event) }
        stage.front.events.continuation.finish()
        let reply = try await stage.ask("/api/v1/events")
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/event-stream")
        #expect(reply.headers[.contentLength] == nil)
        #expect(reply.text == EventText.beginning + events.map(EventText.text).joined())
    }

    @Test(arguments: [(nil, nil), ("41", 41), ("x", nil)] as [(String?, Int64?)])
    func `whoever connects again goes on where they were`(header: String?, seen: Int64?) async throws {
        let stage = try await Stage()
        stage.front.events.continuation.finish()
        var headers: HTTPFields = [:]
        headers[.lastEventID] = header
        _ = try await stage.ask("/api/v1/events", headers: headers)
        #expect(stage.front.asked(\.seen) == [seen])
    }

    @Test func `more than may listen are told to come back, and a place that is left is free again`()
        async throws
    {
        let stage = try await Stage()
        stage.front.events.continuation.finish()
        var seats = (0..<EventStream.listeners).map { _ in stage.service.house.listeners.take() }
        #expect(!seats.contains { $0 == nil })
        let refused = try await stage.ask("/api/v1/events")
        #expect(refused.status == 503)
        #expect(refused.headers[.contentType] == "application/problem+json")
        #expect(refused.headers[.retryAfter] == "30")
        #expect(refused.headers[.connection] == "close")
        #expect(refused.text.contains("\"type\": \"urn:surety:exhausted\""))
        #expect(stage.front.asked(\.seen).isEmpty)
        #expect(try await stage.ask("/healthz").status == 200)
        seats.removeLast()
        #expect(try await stage.ask("/api/v1/events").status == 200)
    }

    @Test func `a place is taken for as long as it is held`() {
        let seats = Seats(1)
        withExtendedLifetime(seats.take()) { seat in
            #expect(seat != nil)
            #expect(seats.take() == nil)
        }
        #expect(seats.take() != nil)
    }

    @Test func `who asks only for the head takes no place`() async throws {
        let stage = try await Stage()
        for _ in 0...EventStream.listeners {
            #expect(try await stage.ask("/api/v1/events", .head).status == 200)
        }
    }

    @Test func `a quiet stream says that it lives`() async throws {
        let stage = try await Stage()
        async let reply = stage.ask("/api/v1/events")
        var sleeps = stage.clock.sleeps.makeAsyncIterator()
        #expect(await sleeps.next() == EventStream.pause)
        stage.clock.wake()
        _ = await sleeps.next()
        stage.front.events.continuation.finish()
        #expect(try await reply.text == EventText.beginning + EventText.heartbeat)
    }
}
