import Foundation
import SuretyCore
import SuretyTestKit
import Testing

/// A story as it is replayed with the built program, on a copy of the sample of its own.
struct StoryReplay {
    private struct Place: Hashable {
        let asset: AssetName
        let interval: String?
    }

    private let story: Story
    private let program: Program
    /// The run of the last step that asked checks, by what it was about.
    private var runs: [Place: String] = [:]
    /// How many messages have been compared.
    private var heard = 0

    /// The beginning of a story, its tables being in the warehouse at an address; nil: where the sample has them.
    init(_ story: Story, on address: String?) throws {
        let folder = try TemporaryFolder()
        try story.begin(from: Program.repository, in: folder.url)
        self.story = story
        program = Program(folder: folder, environment: address.map { ["SURETY_WAREHOUSE": $0] } ?? [:])
    }

    /// Lets everything happen, and compares it moment by moment.
    mutating func play() async throws {
        for moment in story.moments {
            try story.change(program.folder.url, at: moment, from: Program.repository)
            for command in moment.commands { try await run(command, at: moment) }
            try await compareBoard(at: moment)
            try await compareGates(at: moment)
            try await compareVerdicts(at: moment)
            try compareAlerts(at: moment)
        }
        try await compareReport()
    }

    private mutating func run(_ command: Story.Command, at moment: Story.Moment) async throws {
        let ended = try await ask(command.run + ["--json"], at: moment.at, by: command.by)
        #expect(ended.code == command.exit, "\(moment.at): \(ended)")
        guard let run = try ended.document(Documents.Ran.self).run else { return }
        for step in run.steps where !step.checks.isEmpty {
            runs[Place(asset: step.asset, interval: step.interval)] = run.id
        }
    }

    private func compareBoard(at moment: Story.Moment) async throws {
        guard let board = moment.board else { return }
        let ended = try await ask(["status", "--json"], at: moment.at)
        #expect(ended.code == 0, "\(moment.at): \(ended)")
        let lines = try ended.document(Documents.Board.self).promises
        for (promise, state) in board.sorted(by: { $0.key < $1.key }) {
            let seen = lines.first { $0.id == promise }?.state
            #expect(seen == state, "\(promise) at \(moment.at): \(moment.says)")
        }
    }

    private func compareGates(at moment: Story.Moment) async throws {
        for (consumer, expected) in (moment.gates ?? [:]).sorted(by: { $0.key < $1.key }) {
            let ended = try await ask(["gate", consumer, "--json"], at: moment.at)
            let answer = try ended.document(Documents.Gate.self)
            let isOpen = answer.decision == "open"
            #expect(answer.decision == expected.decision, "\(moment.at): \(ended)")
            #expect(ended.code == (isOpen ? 0 : 1), "\(moment.at): \(ended)")
            #expect(answer.reasons.isEmpty == isOpen, "\(moment.at): \(ended)")
            let reasons = answer.reasons.map(\.why).joined(separator: "\n")
            for words in expected.words ?? [] {
                #expect(reasons.contains(words), "\(consumer) at \(moment.at)")
            }
        }
    }

    private func compareVerdicts(at moment: Story.Moment) async throws {
        for expected in moment.verdicts ?? [] {
            let place = "\(expected.asset) \(expected.interval) \(expected.check) at \(moment.at)"
            let found = try await remembered(expected, at: moment)
            let result = try #require(found, "\(place)")
            #expect(result.verdict == expected.verdict, "\(place)")
            if let observed = expected.observed { #expect(result.observed == observed, "\(place)") }
            if let violations = expected.violations { #expect(result.violations == violations, "\(place)") }
        }
    }

    private mutating func compareAlerts(at moment: Story.Moment) throws {
        let all = try StoryAlerts.all(in: program.folder)
        let new = Array(all.dropFirst(heard))
        heard = all.count
        if let alerts = moment.alerts { #expect(new == alerts, "\(moment.at): \(moment.says)") }
    }

    /// Compares the report of the week with what the story says, and with the facts counted anew.
    private func compareReport() async throws {
        let expected = story.report
        let ended = try await ask(["report", "--week", expected.week, "--json"], at: expected.at)
        #expect(ended.code == 0, "\(ended)")
        let seen = try ended.document(Story.Figures.self)
        #expect(seen.summary == expected.says.summary)
        #expect(seen.promises == expected.says.promises)
        if let incidents = expected.says.incidents { #expect(seen.incidents == incidents) }
        if let alerts = expected.says.alerts { #expect(seen.alerts == alerts) }
        #expect(seen.consumers == expected.says.consumers)
        #expect(seen.backfills == expected.says.backfills)
        let asked = seen.answers.filter { expected.says.answers[$0.key] != nil }
        #expect(asked == expected.says.answers)

        let state = program.folder.url.appendingPathComponent("checks/.surety/state.db")
        let recount = try StoryRecount(of: expected.week, in: state.path)
        recount.compare(with: seen)
        recount.compare(with: try ended.document(Documents.Report.self))
    }

    /// What is remembered of a check.
    private func remembered(
        _ expected: Story.ExpectedVerdict, at moment: Story.Moment
    ) async throws -> Documents.Ran.Check? {
        guard let id = runs[Place(asset: expected.asset, interval: expected.interval)] else { return nil }
        let run = try await ask(["show", id, "--json"], at: moment.at).document(Documents.Ran.self).run
        let step = run?.steps.first { $0.asset == expected.asset && $0.interval == expected.interval }
        return step?.checks.first {
            $0.check == expected.check || $0.id == "\(expected.asset)/\(expected.check)"
        }
    }

    private func ask(
        _ words: [String], at instant: Instant, by person: String? = nil
    ) async throws -> Program.Ended {
        var program = program
        program.environment["SURETY_CLOCK"] = instant.description
        program.environment["SURETY_USER"] = person
        return try await program.run(words)
    }
}
