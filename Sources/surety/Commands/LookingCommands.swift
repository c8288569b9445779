import ArgumentParser
import Engine
import Presentation
import SuretyCore

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show what ran, for which intervals, by whose trigger.")

    @Argument(help: "A promise or an asset. Default: all.") var target: String?
    @Option(help: "How many runs, the newest first.") var limit = 20
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let surroundings = try await workspace.surroundings(prepares: false)
        let name = try target.map { try Lookup(surroundings.catalog).target($0).name }
        let limit = limit
        let runs = try await attempting { () throws(PortFailure) in
            try await surroundings.state.runs(of: name, limit: limit)
        }
        console.say(
            options.json
                ? HistoryDocument.json(runs).document
                : RunText.history(runs, in: surroundings.catalog.project.zone, console.style))
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run with all its steps and checks.")

    @Argument(help: "A run's id, as `history` shows it.") var run: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let record = try await workspace.surroundings(prepares: false).run(run)
        console.say(
            options.json
                ? RunDocument.json(record).document
                : RunText.text(record, console.style))
    }
}

struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Show what the steps of a run said.")

    @Argument(help: "A run's id.") var run: String
    @Argument(help: "An asset. Default: all.") var asset: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let surroundings = try await Workspace(options).surroundings(prepares: false)
        let record = try await surroundings.run(run)
        let name = try asset.map { try Lookup(surroundings.catalog).asset($0).name }
        let lines = try await attempting { () throws(PortFailure) in
            try await surroundings.state.log(of: record.id, asset: name)
        }
        console.say(
            options.json
                ? JSONValue.object([
                    "logs": .array(
                        lines.map {
                            .object([
                                "at": .string($0.at.description), "asset": .string($0.asset.description),
                                "interval": .optional($0.interval), "text": .string($0.text),
                            ])
                        })
                ]).document
                : lines.map { "\($0.at) \($0.asset)\($0.interval.map { " \($0)" } ?? "")  \($0.text)\n" }
                    .joined())
    }
}

struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back what a run did, newest step first, where `undo` is declared.",
        discussion: "What another run made or certified since is left alone.")

    @Argument(help: "A run's id.") var run: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let surroundings = try await Workspace(options).surroundings()
        let record = try await surroundings.run(run)
        let undone = try await interruptible {
            try await attempting { () throws(PortFailure) in try await Undoing(surroundings).undo(record) }
        }
        let names = undone.map(\.description)
        Console.standard.say(
            options.json
                ? JSONValue.object(["undo": .object(["run": .string(run), "assets": .strings(names)])])
                    .document
                : (names.isEmpty
                    ? "Nothing to take back.\n" : "Took back \(names.joined(separator: ", ")).\n"))
    }
}

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Look at connections, roles, grants, clock and state store.",
        discussion: "Missing rights come as the exact SQL to run.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let surroundings = try await workspace.surroundings(prepares: false)
        let report = try await attempting { () throws(PortFailure) in
            try await surroundings.warehouse.examine(surroundings.catalog.assetsInOrder)
        }
        console.say(
            options.json
                ? DoctorText.json(report, now: workspace.clock.now()).document
                : DoctorText.text(report, now: workspace.clock.now(), console.style))
        if !report.missingGrants.isEmpty { console.exit(.permission) }
    }
}

/// What `doctor` found, in words.
enum DoctorText {
    static func text(_ report: WarehouseReport, now: Instant, _ style: Style) -> String {
        var text = "warehouse  \(report.product)" + (report.role.isEmpty ? "" : ", as \(report.role)") + "\n"
        text += "clock      \(clock(report.clock.milliseconds(since: now)))\n"
        text += "state      " + style("ok", .good) + "\n"
        for warning in report.warnings { text += style("warning", .warning) + "    \(warning)\n" }
        return text + rights(report, style) + checkRole(report)
    }

    private static func rights(_ report: WarehouseReport, _ style: Style) -> String {
        if report.missingGrants.isEmpty { return "rights     " + style("ok", .good) + "\n" }
        return style("Rights are missing. Let the owner run:", .bad) + "\n"
            + report.missingGrants.map { "  \($0)\n" }.joined()
    }

    private static func checkRole(_ report: WarehouseReport) -> String {
        if report.checkRole.isEmpty { return "" }
        return "A role that may only ask checks, for the URL with which `surety check` is run:\n"
            + report.checkRole.map { "  \($0)\n" }.joined()
    }

    private static func clock(_ ahead: Int64) -> String {
        guard abs(ahead) >= 1000 else { return "in step with this machine's" }
        return "\(abs(ahead) / 1000) s \(ahead < 0 ? "behind" : "ahead of") this machine's"
    }

    static func json(_ report: WarehouseReport, now: Instant) -> JSONValue {
        .object([
            "doctor": .object([
                "warehouse": .string(report.product), "role": .string(report.role),
                "clock_ahead_ms": .integer(report.clock.milliseconds(since: now)),
                "warnings": .strings(report.warnings), "missing_grants": .strings(report.missingGrants),
                "check_role": .strings(report.checkRole),
            ])
        ])
    }
}

extension Surroundings {
    /// The run with an id; a misuse if there is none.
    func run(_ id: String) async throws(CommandFailure) -> RunRecord {
        let state = state
        let record = try await attempting { () throws(PortFailure) in
            try await state.run(RunID(rawValue: id))
        }
        guard let record else {
            throw CommandFailure(
                .usage, kind: "usage", "there is no run \(id)", hint: "See `surety history`.")
        }
        return record
    }
}
