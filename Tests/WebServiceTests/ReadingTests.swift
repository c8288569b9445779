import Engine
import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@testable import WebService

@Suite struct `what is asked` {
    @Test func `promises are told as on the command line`() async throws {
        let stage = try await Stage()
        let views = try await Board(stage.front.surroundings).promises()
        #expect(views.map(\.state) == [.late])
        let reply = try await stage.ask("/api/v1/promises")
        #expect(reply.status == 200)
        #expect(reply.text == StatusDocument.json(views).document)
    }

    @Test func `one promise is told with its chain`() async throws {
        let reply = try await Stage().ask("/api/v1/promises/revenue-by-8")
        #expect(reply.text.contains("\"chain\""))
        #expect(reply.text.contains("\"asset\": \"raw.orders\""))
    }

    @Test(
        arguments: [
            ("/api/v1/promises/other", "There is: revenue-by-8."),
            ("/api/v1/assets/mart.other", "There is: mart.revenue, raw.orders."),
            ("/api/v1/gate/other", "There is: board."), ("/api/v1/runs/other", "/api/v1/runs"),
            ("/api/v1/runs?target=other", "There is: mart.revenue, raw.orders, revenue-by-8."),
            ("/api/v1/incidents/other", "/api/v1/incidents"), ("/api/v1/certificates/other", "null"),
        ])
    func `what is not there is named with what there is`(path: String, words: String) async throws {
        let reply = try await Stage().ask(path)
        #expect(reply.status == 404)
        #expect(reply.text.contains("\"detail\": \"there is no "))
        #expect(reply.text.contains(words))
    }

    @Test func `assets are told with what they owe`() async throws {
        let stage = try await Stage()
        let all = try await stage.ask("/api/v1/assets")
        #expect(all.status == 200)
        let asset = try await stage.ask("/api/v1/assets/mart%2Erevenue")
        for words in [
            "\"asset\": \"mart.revenue\"", "\"interval\": \"day of day in Europe/London\"",
            "\"owner\": \"ana\"", "\"promises\": [\n        \"revenue-by-8\"", "\"certified\": false",
            "\"newest\": \"2026-11-19\"", "\"state\": \"pending\"", "\"kind\": \"sql\"",
        ] {
            #expect(asset.text.contains(words), "\(words)")
        }
        #expect(!asset.text.contains("\"asset\": \"raw.orders\""))
    }

    @Test func `a certificate is told with what it rests on, and the asset that it is of`() async throws {
        let stage = try await Stage()
        let source = try #require(Stage.catalog.assets[Make.name("raw.orders")])
        let certificate = Make.certificate("cert1", source, Make.day("2026-11-19"))
        _ = try await stage.front.surroundings.warehouse.record(certificate, ledger: nil)
        let reply = try await stage.ask("/api/v1/certificates/cert1")
        #expect(reply.status == 200)
        for words in [
            "\"id\": \"cert1\"", "\"interval\": \"2026-11-19\"", "\"rows\": 3", "\"run\": \"run000000001\"",
            "\"interval_start\": \"2026-11-19T00:00:00Z\"", "\"withdrawn_at\": null",
        ] {
            #expect(reply.text.contains(words), "\(words)")
        }
        let asset = try await stage.ask("/api/v1/assets/raw.orders")
        #expect(asset.text.contains("\"certificate\": \"cert1\""))
        #expect(asset.text.contains("\"certified_through\": \"2026-11-19\""))
    }

    private func begin(_ id: RunID, _ target: String, _ stage: Stage) async throws -> RunRecord {
        let run = RunRecord(
            id: id, target: target, intervals: ["2026-11-19"], trigger: "person", definition: "d",
            startedAt: stage.now, steps: [])
        try await stage.state.record([.runStarted(run)], at: stage.now)
        return run
    }

    @Test func `runs are told as on the command line, the newest first`() async throws {
        let stage = try await Stage()
        let first = try await begin("run000000001", "revenue-by-8", stage)
        stage.clock.pass(seconds: 60)
        let second = try await begin("run000000002", "raw.orders", stage)
        func text(_ query: String) async throws -> String { try await stage.ask("/api/v1/runs" + query).text }
        #expect(try await text("") == HistoryDocument.json([second, first]).document)
        #expect(try await text("?limit=1") == HistoryDocument.json([second]).document)
        #expect(try await text("?target=revenue-by-8&limit=5") == HistoryDocument.json([first]).document)
        #expect(try await stage.ask("/api/v1/runs/run000000001").text == RunDocument.json(first).document)
    }

    @Test(arguments: ["0", "-1", "1001", "many", ""])
    func `so many runs are not told at once`(limit: String) async throws {
        #expect(try await Stage().ask("/api/v1/runs?limit=\(limit)").status == 400)
    }

    @Test func `incidents are told, those that are over only when asked for`() async throws {
        let stage = try await Stage()
        let open = Stage.incident("inc_1", at: stage.now)
        var over = Stage.incident("inc_2", of: "mart.revenue", at: stage.now)
        over.status = .resolved
        over.resolvedAt = stage.now
        try await stage.state.record([.incidentChanged(open), .incidentChanged(over)], at: stage.now)
        func text(_ query: String) async throws -> String {
            try await stage.ask("/api/v1/incidents" + query).text
        }
        #expect(try await text("") == IncidentText.json([open]).document)
        #expect(try await text("?all=0") == IncidentText.json([open]).document)
        #expect(try await text("?all=1") == IncidentText.json([open, over]).document)
        #expect(try await stage.ask("/api/v1/incidents?all=yes").status == 400)
        #expect(try await stage.ask("/api/v1/incidents/inc_2").text.contains("\"id\": \"inc_2\""))
    }

    @Test func `the report of a week is that of the engine`() async throws {
        let stage = try await Stage()
        #expect(try await stage.ask("/api/v1/reports/2026-W47").text == "{\"week\": \"2026-W47\"}\n")
        #expect(try await stage.ask("/api/v1/reports/2026-W01").status == 409)
        for week in ["2026-11", "2026-W60", "latest"] {
            #expect(try await stage.ask("/api/v1/reports/\(week)").status == 400)
        }
    }
}

extension Stage {
    /// An incident that opens.
    static func incident(_ id: IncidentID, of asset: String = "raw.orders", at now: Instant) -> Incident {
        Incident(
            id: id,
            trouble: Trouble(
                cause: Cause(.checkFailed, asset: Make.name(asset), interval: "2026-11-19", message: "no"),
                intervals: ["2026-11-19"], affects: [], promises: ["revenue-by-8"], consumers: [],
                severity: .high), at: now)
    }
}
