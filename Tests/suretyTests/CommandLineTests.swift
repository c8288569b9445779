import Foundation
import Subprocess
import Testing

/// The program as scripts and people meet it: exit codes, and what is printed where.
@Suite(.timeLimit(.minutes(30))) struct CommandLineTests {
    private static let invalid = """
        surety: 1
        project: bad
        timezone: Europe/Nowhere
        owner: {}
        """

    private func program(_ declarations: String? = nil) throws -> Program {
        let folder = try TemporaryFolder()
        if let declarations { try folder.write("checks/surety.yaml", declarations) }
        return Program(folder: folder)
    }

    @Test func `help teaches the first steps and the exit codes`() async throws {
        let ended = try await program().run("--help")
        #expect(ended.code == 0)
        #expect(ended.errors == "")
        for words in ["surety demo", "surety validate", "surety run", "surety gate", "75 not yet"] {
            #expect(ended.output.contains(words), "\(words)")
        }
    }

    @Test(arguments: [
        "demo", "init", "validate", "plan", "run", "check", "backfill", "status", "explain", "gate",
        "accept", "waive", "approve", "reject", "done", "history", "show", "logs", "doctor", "schema",
    ])
    func `every command explains itself`(command: String) async throws {
        let ended = try await program().run(command, "--help")
        #expect(ended.code == 0)
        #expect(ended.output.contains("USAGE: surety \(command)"), "\(ended)")
    }

    @Test(arguments: [
        ["frobnicate"], ["run"], ["status", "--wait", "1m"], ["gate", "a", "b"], ["reconcile"],
    ])
    func `a misuse ends with 2 and says so on standard error`(words: [String]) async throws {
        let program = try program()
        let ended = try await program.run(words)
        #expect(ended.code == 2, "\(ended)")
        #expect(ended.output == "")
        #expect(ended.errors.lowercased().contains("error: "), "\(ended)")
        let document = try await program.run(words + ["--json"])
        #expect(document.code == 2, "\(document)")
        let failure = try document.document(Documents.Failure.self).error
        #expect(failure.code == 2)
        #expect(failure.kind == "usage")
        #expect(failure.message != "")
    }

    @Test(arguments: [
        ["validate"], ["plan", "a"], ["run", "a"], ["check", "a.b"], ["status"], ["explain", "a"],
        ["gate", "a"], ["history"], ["doctor"], ["backfill", "a", "--for", "2026-03-30", "--yes"],
    ])
    func `invalid declarations end every command with 3 and the same findings`(words: [String]) async throws {
        let program = try program(CommandLineTests.invalid)
        let ended = try await program.run(words)
        #expect(ended.code == 3, "\(ended)")
        #expect(ended.output == "")
        #expect(ended.errors.contains("surety.yaml:3:11: error: "), "\(ended)")
        #expect(ended.errors.contains("surety.yaml:4:1: error: "), "\(ended)")
        let document = try await program.run(words + ["--json"])
        #expect(document.code == 3, "\(document)")
        let findings = try document.document(Documents.Findings.self)
        #expect(findings.errors.map(\.line) == [3, 4])
        #expect(findings.errors.map(\.column) == [11, 1])
        #expect(findings.errors.allSatisfy { $0.file == "surety.yaml" && $0.message != "" })
        #expect(findings.warnings.isEmpty)
    }

    @Test(arguments: [["validate"], ["status"]])
    func `a folder without a project ends with 3 and its path`(words: [String]) async throws {
        let program = try program()
        let path = program.folder.url.path
        let ended = try await program.run(words + ["--project", path])
        #expect(ended.code == 3, "\(ended)")
        #expect(ended.errors.contains(path), "\(ended)")
        let document = try await program.run(words + ["--project", path, "--json"])
        #expect(document.code == 3, "\(document)")
        let findings = try document.document(Documents.Findings.self)
        #expect(findings.errors.count == 1)
        #expect(findings.errors.first?.message.contains(path) == true)
    }

    @Test func `run again is nothing to do`() async throws {
        let program = try Program.onSample()
        let first = try await program.run("run", "revenue-by-8", "--json")
        #expect(first.code == 0, "\(first)")
        let steps = try #require(try first.document(Documents.Ran.self).run?.steps)
        #expect(steps.contains { $0.attempts > 0 })

        let again = try await program.run("run", "revenue-by-8", "--json")
        #expect(again.code == 0, "\(again)")
        let kept = try #require(try again.document(Documents.Ran.self).run?.steps)
        #expect(kept.allSatisfy { $0.attempts == 0 }, "\(again)")
        let words = try await program.run("run", "revenue-by-8")
        #expect(words.code == 0)
        #expect(words.output.contains("Nothing to do"), "\(words)")
    }

    @Test func `with --json every command prints one document with sorted keys`() async throws {
        let program = try Program.onSample()
        for words in [
            ["validate"], ["run", "revenue-by-8"], ["status"], ["status", "revenue-by-8"],
            ["plan", "revenue-by-8"], ["explain", "revenue-by-8"], ["gate", "leadership-revenue"],
            ["check", "raw.billing_export", "mart.revenue_daily"], ["history"], ["doctor"],
            ["backfill", "revenue-by-8", "--for", "2026-03-30", "--dry-run"],
        ] {
            let ended = try await program.run(words + ["--json"])
            #expect(ended.code == 0, "\(ended)")
            let isObject =
                (try? JSONSerialization.jsonObject(with: Data(ended.output.utf8))) is [String: Any]
            #expect(isObject, "\(ended)")
            guard isObject else { continue }
            #expect(KeyOrder.misplaced(in: ended.output) == [], "\(words)")
        }
    }

    @Test func `under a simulated clock every output says so`() async throws {
        let program = try Program.onSample()
        for words in [["run", "revenue-by-8"], ["status"], ["plan", "revenue-by-8"], ["history"]] {
            let ended = try await program.run(words)
            #expect(ended.output.hasPrefix("simulated clock: 2026-03-31T04:35:"), "\(ended)")
        }
    }

    @Test func `a run that was killed is interrupted in the history, and the next one does the rest`()
        async throws
    {
        let program = try Program.onSample(at: "2026-04-01T05:35:00+01:00")
        let export = program.folder.url.appendingPathComponent("sample-data/billing/2026-03-31.csv")
        let content = try Data(contentsOf: export)
        try FileManager.default.removeItem(at: export)
        let killed = try await program.run(
            ["run", "revenue-by-8", "--wait", "10m"], sending: .kill, after: "awaiting data")
        #expect(killed.code == 137, "\(killed)")
        let history = try await program.run("history", "--json")
        #expect(history.output.contains(#""state": "interrupted""#), "\(history)")
        #expect(!history.output.contains(#""state": "running""#), "\(history)")
        try content.write(to: export)
        let next = try await program.run("run", "revenue-by-8")
        #expect(next.code == 0, "\(next)")
    }

    @Test(arguments: [Int32(130), 143])
    func `an interrupted run says so, and the next one does the rest`(code: Int32) async throws {
        let program = try Program.onSample(at: "2026-04-01T05:35:00+01:00")
        let export = program.folder.url.appendingPathComponent("sample-data/billing/2026-03-31.csv")
        let content = try Data(contentsOf: export)
        try FileManager.default.removeItem(at: export)
        let ended = try await program.run(
            ["run", "revenue-by-8", "--wait", "10m"], sending: code == 130 ? .interrupt : .terminate,
            after: "awaiting data")
        #expect(ended.code == code, "\(ended)")
        #expect(ended.output.contains("interrupted"), "\(ended)")

        try content.write(to: export)
        let next = try await program.run("run", "revenue-by-8")
        #expect(next.code == 0, "\(next)")
        #expect(try await program.run("gate", "leadership-revenue").code == 0)
    }
}
