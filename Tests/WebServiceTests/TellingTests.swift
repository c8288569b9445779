import Engine
import Hummingbird
import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@testable import WebService

@Suite struct `what is told` {
    private let ana: HTTPFields = [.suretyUser: "ana"]

    @Test func `a run is taken on, and where it can be seen is said`() async throws {
        let stage = try await Stage()
        let reply = try await stage.tell(
            "/api/v1/promises/revenue-by-8/runs", "{\"for\": \"2026-11-19\", \"again\": true}")
        #expect(reply.status == 202)
        #expect(reply.headers[.location] == "/api/v1/runs/run000000007")
        #expect(reply.text.contains("\"id\": \"run000000007\""))
        var request = RunRequest("revenue-by-8", intervals: "2026-11-19")
        request.again = true
        #expect(stage.front.asked(\.requests) == [request])
    }

    @Test func `a backfill shows its plan first, and runs just that`() async throws {
        let stage = try await Stage()
        let path = "/api/v1/promises/revenue-by-8/backfills"
        let intervals = "2026-11-18..2026-11-19"
        let shown = try await stage.tell(path, "{\"for\": \"\(intervals)\"}")
        #expect(shown.status == 200)
        #expect(shown.text.contains("\"action\": \"build\""))
        #expect(stage.front.asked(\.requests).isEmpty)
        let slices = try SliceFinder(Stage.catalog).slices(intervals, of: [Make.name("mart.revenue")])
        let promise = try #require(Stage.catalog.promises["revenue-by-8"])
        let preview = try await Backfill(stage.front.surroundings).preview(
            .promise(promise), slices: slices, options: RunOptions())
        let hash = preview.planned.hash
        #expect(shown.text.contains("\"hash\": \"\(hash)\""))
        let begun = try await stage.tell(path, "{\"for\": \"\(intervals)\", \"plan\": \"\(hash)\"}")
        #expect(begun.status == 202)
        #expect(stage.front.asked(\.plans) == [hash])
        #expect(stage.front.asked(\.requests.first?.trigger) == "backfill")
        let other = try await stage.tell(path, "{\"for\": \"\(intervals)\", \"plan\": \"other\"}")
        #expect(other.status == 409)
        #expect(other.text.contains("the plan changed"))
        #expect(try await stage.tell(path, "{}").status == 400)
    }

    @Test func `an incident is in the hands of whoever says so`() async throws {
        let stage = try await Stage()
        try await stage.state.record(
            [.incidentChanged(Stage.incident("inc_1", at: stage.now))], at: stage.now)
        let path = "/api/v1/incidents/inc_1/ack"
        let reply = try await stage.tell(path, "{\"rating\": \"acted\"}", headers: ana)
        #expect(reply.status == 200)
        #expect(reply.text.contains("\"acknowledged_by\": \"ana\""))
        #expect(try await stage.state.incident("inc_1")?.acknowledgement?.rating == .acted)
        #expect(try await stage.tell(path, "{\"rating\": \"meh\"}").status == 400)
        #expect(try await stage.tell("/api/v1/incidents/inc_9/ack").status == 404)
        #expect(try await stage.tell(path).text.contains("\"acknowledged_by\": \"keeper\""))
    }

    @Test(arguments: ["ana b", "", String(repeating: "a", count: 101)])
    func `a name that is none is refused`(name: String) async throws {
        let reply = try await Stage().tell("/api/v1/incidents/inc_1/ack", headers: [.suretyUser: name])
        #expect(reply.status == 400)
    }

    @Test func `a silence is told with its end`() async throws {
        let stage = try await Stage()
        let said = try await stage.tell(
            "/api/v1/silences", "{\"target\": \"revenue-by-8\", \"for\": \"2h\", \"reason\": \"a move\"}",
            headers: ana)
        #expect(said.status == 201)
        for reply in [said, try await stage.ask("/api/v1/silences")] {
            for words in ["\"by\": \"ana\"", "\"until\": \"2026-11-20T11:00:00Z\"", "\"reason\": \"a move\""]
            {
                #expect(reply.text.contains(words), "\(words)")
            }
        }
    }

    @Test(
        arguments: [
            "{\"for\": \"2h\", \"reason\": \"a\"}", "{\"target\": \"revenue-by-8\", \"reason\": \"a\"}",
            "{\"target\": \"revenue-by-8\", \"for\": \"2h\", \"reason\": \" \"}",
            "{\"target\": \"revenue-by-8\", \"for\": \"long\", \"reason\": \"a\"}",
        ])
    func `a silence needs to be said in full`(body: String) async throws {
        #expect(try await Stage().tell("/api/v1/silences", body).status == 400)
    }

    @Test func `only a run that this service runs is cancelled`() async throws {
        let stage = try await Stage()
        let run = RunRecord(
            id: "run000000001", target: "revenue-by-8", intervals: [], trigger: "person", definition: "d",
            startedAt: stage.now, steps: [])
        try await stage.state.record([.runStarted(run)], at: stage.now)
        let path = "/api/v1/runs/run000000001/cancel"
        let foreign = try await stage.tell(path)
        #expect(foreign.status == 409)
        #expect(foreign.text.contains("is not run by this service"))
        stage.front.change { $0.runs = ["run000000001"] }
        let reply = try await stage.tell(path)
        #expect(reply.status == 202)
        #expect(reply.text.contains("\"run\": \"run000000001\""))
        #expect(try await stage.tell("/api/v1/runs/run000000009/cancel").status == 404)
        stage.front.change { $0.runs = [] }
        try await stage.state.record([.runEnded("run000000001", .certified)], at: stage.now)
        #expect(try await stage.tell(path).text.contains("has ended"))
    }

    @Test func `a request for approval is answered by those whom it is for`() async throws {
        let stage = try await Stage()
        let run = RunRecord(
            id: "run000000001", target: "mart.revenue", intervals: [], trigger: "person", definition: "d",
            startedAt: stage.now, steps: [])
        let request = ApprovalRequest(
            id: "abc", run: run.id, asset: Make.name("mart.revenue"), interval: "2026-11-19",
            definition: "d", by: ["ana"], askedAt: stage.now, expiresAt: nil)
        try await stage.state.record([.runStarted(run), .approvalAsked(request)], at: stage.now)
        let path = "/api/v1/approvals/abc"
        #expect(try await stage.tell(path, "{\"reason\": \"fine\"}", headers: ana).status == 400)
        #expect(try await stage.tell(path, "{\"approve\": true}").status == 403)
        #expect(
            try await stage.tell("/api/v1/approvals/xyz", "{\"approve\": true}", headers: ana).status == 404)
        let reply = try await stage.tell(path, "{\"approve\": false, \"reason\": \"not yet\"}", headers: ana)
        #expect(reply.status == 200)
        #expect(reply.text.contains("\"reject\""))
        #expect(try await stage.state.approvals(limit: 1).first?.reason == "not yet")
        #expect(try await stage.tell(path, "{\"approve\": true}", headers: ana).status == 409)
    }

    @Test func `an occurrence is let go for a reason`() async throws {
        let stage = try await Stage()
        let path = "/api/v1/promises/revenue-by-8/waivers"
        _ = try await stage.ask("/api/v1/promises")
        #expect(try await stage.tell(path, "{\"for\": \"2026-11-19\"}").status == 400)
        let reply = try await stage.tell(path, "{\"for\": \"2026-11-19\", \"reason\": \"a holiday\"}")
        #expect(reply.status == 200)
        #expect(reply.text.contains("\"2026-11-19\""))
        let late = try await stage.state.waivers(of: "revenue-by-8")
        #expect(late == ["2026-11-19": Waiver(at: stage.now, by: "keeper", reason: "a holiday")])
        #expect(reply.text.contains("\"too_late\": [\n      \"2026-11-19\"\n    ]"))
        let early = try await stage.tell(path, "{\"for\": \"2026-11-20\", \"reason\": \"a holiday\"}")
        #expect(early.text.contains("\"too_late\": []"))
    }

    @Test func `a look at a consumer is remembered`() async throws {
        let stage = try await Stage()
        let path = "/api/v1/consumers/board/views"
        let now = try await stage.tell(path)
        #expect(now.status == 201)
        #expect(now.text.contains("\"count\": 1"))
        let earlier = try await stage.tell(path, "{\"at\": \"2026-11-20T08:30:00+01:00\", \"count\": 12}")
        #expect(earlier.text.contains("\"at\": \"2026-11-20T07:30:00Z\""))
        let facts = try await stage.state.facts(
            of: [.consumerViewed], from: stage.now, to: stage.now.adding(seconds: 1))
        #expect(
            facts.map(\.fact) == [
                .consumerViewed("board", at: stage.now, count: 1),
                .consumerViewed("board", at: Make.instant("2026-11-20T07:30:00Z"), count: 12),
            ])
        for body in [
            "{\"at\": \"yesterday\"}", "{\"at\": \"2026-11-20T10:00:00Z\"}", "{\"count\": 0}",
            "{\"count\": 1.5}", "{\"count\": 1000001}",
        ] {
            #expect(try await stage.tell(path, body).status == 400, "\(body)")
        }
        #expect(try await stage.tell("/api/v1/consumers/other/views").status == 404)
    }

    @Test func `a service that is drained says so`() async throws {
        let stage = try await Stage()
        let reply = try await stage.tell("/api/v1/drain")
        #expect(reply.status == 202)
        #expect(reply.text.contains("\"draining\": true"))
        #expect(try await stage.ask("/readyz").status == 503)
    }
}
