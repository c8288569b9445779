import Foundation
import Testing

/// What reaches people on a bad morning of the sample.
@Suite(.timeLimit(.minutes(30))) struct AlertTests {
    private struct Line: Decodable {
        struct Data: Decodable {
            struct Incident: Decodable {
                let id: String
                let severity: String
                let status: String
            }
            let incident: Incident
            let headline: String
            let done: [String]
        }
        let type: String
        let data: Data
    }

    private func alerts(_ program: Program) throws -> [Line] {
        let file = program.folder.url.appendingPathComponent("checks/.surety/alerts.ndjson")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    private func copy(_ from: String, to: String, _ program: Program) throws {
        let source = Program.repository.appendingPathComponent(from)
        try Data(contentsOf: source).write(to: program.folder.url.appendingPathComponent(to))
    }

    @Test func `a bad morning is one alert, which is acknowledged, and one word that it is over`()
        async throws
    {
        var program = try Program.onSample(at: "2026-03-31T05:35:00+01:00")
        program.environment["SURETY_USER"] = "ben"
        #expect(try await program.run("run", "revenue-by-8").code == 0)
        #expect(try await program.run("run", "collections-by-9").code == 0)
        #expect(try alerts(program).isEmpty)

        try copy(
            "sample-data/stories/half-loaded-day/billing/2026-03-31.csv",
            to: "sample-data/billing/2026-03-31.csv", program)
        program.environment["SURETY_CLOCK"] = "2026-04-01T07:30:00+01:00"
        #expect(try await program.run("run", "revenue-by-8").code == 1)
        #expect(try await program.run("run", "revenue-by-8").code == 1)
        let told = try alerts(program)
        #expect(told.map(\.type) == ["incident.opened"])
        let first = try #require(told.first?.data)
        #expect(first.incident.severity == "critical")
        #expect(
            first.headline.hasPrefix(
                "revenue-by-8 and 1 more are blocked: raw.billing_export 2026-03-31:"))
        #expect(first.done.contains("kept the gate of leadership-revenue closed"))

        let board = try await program.run("status", "--json")
        #expect(board.output.contains(#""incident": "\#(first.incident.id)""#), "\(board)")
        let gate = try await program.run("gate", "leadership-revenue", "--json")
        #expect(gate.output.contains(#""incident": "\#(first.incident.id)""#), "\(gate)")
        let ack = try await program.run("ack", first.incident.id, "--acted")
        #expect(ack.output.contains("in the hands of ben"), "\(ack)")
        let open = try await program.run("incidents", "--json")
        #expect(open.output.contains(#""status": "acknowledged""#), "\(open)")

        try copy("sample-data/billing/2026-03-31.csv", to: "sample-data/billing/2026-03-31.csv", program)
        program.environment["SURETY_CLOCK"] = "2026-04-01T07:45:00+01:00"
        #expect(try await program.run("run", "revenue-by-8").code == 0)
        let all = try alerts(program)
        #expect(all.map(\.type) == ["incident.opened", "incident.resolved"])
        #expect(all.last?.data.incident.id == first.incident.id)
        #expect(try await program.run("incidents").output.contains("No incident is open."))
    }

    @Test func `a promise that nobody ran is told once its deadline has passed`() async throws {
        let program = try Program.onSample(at: "2026-04-01T08:05:00+01:00")
        let incidents = try await program.run("incidents")
        #expect(incidents.code == 0, "\(incidents)")
        #expect(incidents.output.contains("critical"), "\(incidents)")
        #expect(incidents.output.contains("it has not been run"), "\(incidents)")
    }

    @Test func `a warehouse that is not there is told, once, and its end too`() async throws {
        var program = try Program.onSample(at: "2026-03-31T07:50:00+01:00")
        program.environment["SURETY_WAREHOUSE"] = "postgres://nobody@127.0.0.1:1/nowhere?connect_timeout=2"
        for _ in 0..<2 {
            let ended = try await program.run("run", "revenue-by-8")
            #expect(ended.code == 4, "\(ended)")
        }
        #expect(try alerts(program).map(\.type) == ["incident.opened"])
        let known = try await program.run("incidents")
        #expect(known.code == 0, "\(known)")
        #expect(known.output.contains("critical"), "\(known)")
        program.environment["SURETY_WAREHOUSE"] = nil
        #expect(try await program.run("run", "revenue-by-8").code == 0)
        #expect(try alerts(program).last?.type == "incident.resolved")
    }

    @Test func `a channel can be tried, and an unknown one is a misuse`() async throws {
        let program = try Program.onSample()
        #expect(try await program.run("channel", "test", "inbox").code == 0)
        #expect(try alerts(program).map(\.type) == ["surety.test"])
        let unknown = try await program.run("channel", "test", "nowhere")
        #expect(unknown.code == 2, "\(unknown)")
        #expect(unknown.errors.contains("Declared: inbox"), "\(unknown)")
        #expect(try await program.run("ack", "inc_nothing").code == 2)
    }
}
