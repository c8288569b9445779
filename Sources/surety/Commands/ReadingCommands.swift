import ArgumentParser
import Declarations
import Engine
import Exchange
import Foundation
import Logging
import Presentation
import SuretyCore

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Show every error and warning of the declarations.",
        discussion: "Exit code 0 without errors, 3 with errors; with --strict, warnings count as errors.")

    @OptionGroup var options: GlobalOptions
    @Flag(help: "Let warnings count as errors.") var strict = false

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let findings = workspace.project.findings + (await CatalogueFindings(workspace: workspace).all())
        let isInvalid = findings.contains { strict || $0.severity == .error }
        if options.json {
            console.say(FindingsDocument.json(findings).document)
        } else {
            console.warn(findings.map { "\($0)\n" }.joined())
            if !isInvalid { console.say(ValidText.text(workspace.project.catalog)) }
        }
        if isInvalid { console.exit(.invalid) }
    }
}

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of the declarations.",
        discussion: "Editors that know JSON Schema complete and check your YAML with it.")

    @OptionGroup var options: GlobalOptions

    func run() async throws { Console.standard.say(DeclarationSchema.json()) }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the promise board, or one promise with its chain.")

    @Argument(help: "A promise.") var promise: String?
    @OptionGroup var options: GlobalOptions
    @OptionGroup var now: NowOption

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options, now: now.now)
        let surroundings = try await workspace.surroundings(prepares: false)
        guard let name = promise else {
            let views = try await attempting { () throws(PortFailure) in
                try await Board(surroundings).promises()
            }
            console.say(
                options.json
                    ? StatusDocument.json(views).document
                    : BoardText.text(views, console.style))
            return
        }
        let promise = try Lookup(surroundings.catalog).promise(name)
        let view = try await attempting { () throws(PortFailure) in
            try await Board(surroundings).promise(promise)
        }
        console.say(
            options.json
                ? StatusDocument.json([view]).document
                : BoardText.text(view, console.style))
    }
}

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why a promise or asset is in its state, back to the root cause.")

    @Argument(help: "A promise or an asset.") var target: String
    @Option(name: .customLong("for"), help: "An interval or a range: 2026-11-19, 2026-11-01..2026-11-19.")
    var interval: String?
    @OptionGroup var options: GlobalOptions
    @OptionGroup var now: NowOption

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options, now: now.now)
        let surroundings = try await workspace.surroundings(prepares: false)
        let lookup = Lookup(surroundings.catalog)
        let target = try lookup.target(target)
        let slices = try lookup.slices(interval, of: target.assets)
        let explanation = try await attempting { () throws(PortFailure) in
            try await Explainer(surroundings).explain(target, slices: slices)
        }
        console.say(
            options.json
                ? StatusDocument.json(explanation).document
                : ExplanationText.text(explanation, console.style))
    }
}

struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Answer whether a consumer may refresh now: open, or closed and why.",
        discussion: """
            Exit code 0 when open, 1 when closed, so that a script can wait for it:

              surety gate leadership-revenue --wait 45m && ./refresh.sh
            """)

    @Argument(help: "A consumer.") var consumer: String
    @Option(name: .customLong("for"), help: "An interval or a range to ask about.") var interval: String?
    @Option(help: "How long to wait for it to open: 30s, 45m, 2h.") var wait: String?
    @OptionGroup var options: GlobalOptions
    @OptionGroup var now: NowOption

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options, now: now.now)
        let surroundings = try await workspace.surroundings()
        let lookup = Lookup(surroundings.catalog)
        let consumer = try lookup.consumer(consumer)
        let slices = try lookup.slices(interval, of: surroundings.catalog.assets(concerning: consumer))
        let wait = try lookup.period(wait, "--wait") ?? Period(0, .second)
        let isAsOfNow = now.now == nil
        let answer = try await interruptible {
            try await attempting { () throws(PortFailure) in
                try await Gatekeeper(surroundings, tells: isAsOfNow).ask(
                    consumer, slices: slices, waiting: wait)
            }
        }
        console.say(
            options.json
                ? GateDocument.json(answer).document
                : GateText.text(answer, console.style))
        guard !answer.isOpen else { return }
        if isAsOfNow { await tell(of: answer, surroundings) }
        console.exit(.no)
    }

    /// Sends what the question brought to light, once it is answered; what cannot be sent now waits for the next command.
    private func tell(of answer: GateAnswer, _ surroundings: Surroundings) async {
        guard answer.reasons.contains(where: { $0.incident != nil }) else { return }
        do throws(PortFailure) {
            _ = try await Postman(surroundings).deliver()
        } catch {
            surroundings.logger.warning("nobody could be told", metadata: ["why": "\(error.description)"])
        }
    }
}

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Show what would run, in which order and why; and what would not.")

    @Argument(help: "A promise or an asset.") var target: String
    @Option(name: .customLong("for"), help: "An interval or a range. Default: all that is owed.")
    var interval: String?
    @Flag(help: "Show what the statements of the checks would read and how long they would take.")
    var cost = false
    @OptionGroup var options: GlobalOptions
    @OptionGroup var now: NowOption

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options, now: now.now)
        for finding in workspace.unsetVariables { console.warn("\(finding)\n") }
        let surroundings = try await workspace.surroundings()
        let lookup = Lookup(surroundings.catalog)
        let target = try lookup.target(target)
        let slices = try lookup.slices(interval, of: target.assets)
        let planned = try await attempting { () throws(PortFailure) in
            try await PlanMaker(surroundings).plan(target, slices: slices, options: RunOptions())
        }
        let showsCost = cost
        let costs = try await attempting { () throws(PortFailure) in
            showsCost ? try await CheckAsker(surroundings).costs(of: planned.plan) : nil
        }
        console.say(
            options.json
                ? PlanDocument.json(planned.plan, hash: planned.hash, costs: costs).document
                : PlanText.text(planned.plan, hash: planned.hash, console.style)
                    + (cost ? CostText.text(costs, console.style) : ""))
    }
}
