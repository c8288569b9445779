import ArgumentParser
import Engine
import Presentation
import SuretyCore
import Synchronization

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a promise or an asset now, to the end.",
        discussion: """
            Without --for, all intervals that are owed and not certified. What is certified is kept as it is.

              surety run revenue-by-8
              surety run revenue-by-8 --for 2026-11-19
              surety run mart.revenue_daily --for 2026-11-01..2026-11-19 --again
              surety run revenue-by-8 --wait 30m     waits for data that is not there yet
            """)

    @Argument(help: "A promise or an asset.") var target: String
    @Option(name: .customLong("for"), help: "An interval or a range. Default: all that is owed.")
    var interval: String?
    @Flag(help: "Make the wanted intervals again even if they are certified.") var again = false
    @Flag(help: "Do everything up to COMMIT, and roll back.") var rehearse = false
    @Flag(help: "Replace a published view even where a column would vanish or change its type.")
    var replaceView = false
    @Option(help: "How long to wait for data that is not there yet: 30s, 45m, 2h.") var wait: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let workspace = try Workspace(options)
        // The run itself prepares the warehouse: one that is not there is told of.
        let surroundings = try await workspace.surroundings(prepares: false)
        let lookup = Lookup(surroundings.catalog)
        let target = try lookup.target(target)
        let slices = try lookup.slices(interval, of: target.assets)
        var how = RunOptions()
        how.again = again
        how.rehearse = rehearse
        how.replaceView = replaceView
        how.wait = try lookup.period(wait, "--wait") ?? how.wait
        let settled = how
        let report = try await RunSession(
            workspace: workspace, surroundings: surroundings, json: options.json
        )
        .run { (telling: @escaping @Sendable (Runner.Progress) -> Void) async throws(PortFailure) in
            try await Execution(surroundings).run(target, slices: slices, options: settled, telling: telling)
        }
        report.end()
    }
}

struct BackfillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backfill", abstract: "Run a range of intervals, after showing what that means.",
        discussion: """
            Shows the plan and asks. Off a terminal it needs --yes, or --plan with the hash of a plan that was shown
            before: if the world changed since, nothing runs and the exit code is 7.

              surety backfill revenue-by-8 --for 2026-11-01..2026-11-19 --dry-run
            """)

    @Argument(help: "A promise or an asset.") var target: String
    @Option(name: .customLong("for"), help: "A range: 2026-11-01..2026-11-19.") var interval: String
    @Flag(help: "Show the plan, and do nothing.") var dryRun = false
    @Option(help: "The hash of the plan that was shown.") var plan: String?
    @Flag(help: "Rebuild certified intervals whose definition changed.") var stale = false
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let surroundings = try await workspace.surroundings()
        let lookup = Lookup(surroundings.catalog)
        let target = try lookup.target(target)
        let slices = try lookup.slices(interval, of: target.assets)
        var how = RunOptions()
        how.stale = stale
        how.trigger = "backfill"
        let options = how
        let preview = try await attempting { () throws(PortFailure) in
            try await Backfill(surroundings).preview(target, slices: slices ?? [:], options: options)
        }
        if dryRun || !self.options.json {
            console.say(
                self.options.json
                    ? PlanDocument.json(
                        preview.planned.plan, hash: preview.planned.hash, effects: preview.effects
                    ).document
                    : PlanText.text(preview.planned.plan, hash: preview.planned.hash, console.style)
                        + BackfillText.text(preview.effects, console.style))
        }
        guard !dryRun else { return }
        if let refusal = preview.refusal {
            throw CommandFailure(.permission, kind: "permission", refusal)
        }
        try confirm(preview, console)
        let report = try await RunSession(
            workspace: workspace, surroundings: surroundings, json: self.options.json
        ).run { (telling: @escaping @Sendable (Runner.Progress) -> Void) async throws(PortFailure) in
            try await Execution(surroundings).run(shown: preview.planned, options: options, telling: telling)
        }
        report.end()
    }

    private func confirm(_ preview: Backfill.Preview, _ console: Console) throws(CommandFailure) {
        if let plan {
            guard plan == preview.planned.hash else {
                throw CommandFailure(
                    .conflict, kind: "conflict", "the plan changed: it is \(preview.planned.hash) now",
                    hint: "Look at it again with --dry-run.")
            }
            return
        }
        if yes { return }
        guard console.isInteractive, !options.json else {
            throw CommandFailure(
                .usage, kind: "usage", "nobody can be asked here", hint: "Add --yes, or --plan with the hash."
            )
        }
        guard console.asks("Run this?") else {
            throw CommandFailure(.no, kind: "declined", "nothing was run")
        }
    }
}

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Ask only the checks of assets, read-only.",
        discussion: """
            Exit code 1 if a `ready` or `stop` check is not a pass; `warn` checks never change it.

              surety check raw.billing_export --for 2026-11-19
              surety check raw.billing_export --full     reads all rows, and compares them with what was kept of them
            """)

    @Argument(help: "Assets.") var assets: [String]
    @Option(name: .customLong("for"), help: "An interval or a range. Default: the newest closed one.")
    var interval: String?
    @Flag(help: "Read all rows, also those that did not change since they were read.") var full = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console.standard
        let workspace = try Workspace(options)
        let surroundings = try await workspace.surroundings()
        let lookup = Lookup(surroundings.catalog)
        let readsAll = full
        var assets: [Asset] = []
        for name in self.assets { assets.append(try lookup.asset(name)) }
        let slices = try lookup.slices(interval, of: assets.map(\.name))
        let asked = assets
        let results = try await interruptible {
            try await attempting { () throws(PortFailure) in
                try await CheckAsker(surroundings, readsAll: readsAll).ask(asked, slices: slices)
            }
        }
        console.say(
            options.json
                ? CheckDocument.json(results).document
                : CheckText.text(results, console.style))
        if !options.json, let warning = try? await surroundings.warehouse.warningOfChecks() {
            console.warn("warning: \(warning)\n")
        }
        let isNo = results.contains { ($0.list == .ready || $0.list == .stop) && $0.isUnfavourable }
        if isNo { console.exit(.no) }
    }
}

/// A run that is watched: progress while it goes on, the record in the end.
struct RunSession {
    let workspace: Workspace
    let surroundings: Surroundings
    let json: Bool

    /// What came of it, and how to end the program.
    struct Ended {
        let report: Execution.Report

        func end() -> Never {
            let refreshFailed = report.refreshes.contains { if case .failed = $0.end { true } else { false } }
            let code = ExitCode(of: report.run)
            Console.standard.exit(code == .done && refreshFailed ? .no : code)
        }
    }

    func run(
        _ body:
            @escaping @Sendable (
                _ telling: @escaping @Sendable (Runner.Progress) -> Void
            ) async throws(PortFailure) -> Execution.Report
    ) async throws -> Ended {
        let console = Console.standard
        let json = json
        let causes = Told()
        let report = try await interruptible {
            try await attempting { () async throws(PortFailure) in
                try await body { progress in
                    guard !json else { return }
                    switch progress {
                    case .began(let run): console.say(RunText.beginning(run, console.style))
                    case .step(let step):
                        console.say(causes.withLock { RunText.line(step, told: &$0, console.style) })
                    case .ended: break
                    }
                }
            }
        }
        console.say(
            json
                ? RunDocument.json(report.run).document
                : RunText.ending(report.run, console.style)
                    + report.refreshes.map { RefreshText.line($0, console.style) }.joined()
                    + report.slow.map { SlowText.line($0, console.style) }.joined()
                    + DeliveryText.text(report.deliveries, console.style))
        return Ended(report: report)
    }
}

/// The causes that were told in a run.
private final class Told: Sendable {
    private let causes = Mutex<Set<String>>([])

    func withLock(_ body: (inout sending Set<String>) -> String) -> String { causes.withLock { body(&$0) } }
}

/// What became of alerts, in words.
enum DeliveryText {
    static func text(_ deliveries: [Postman.Delivery], _ style: Style) -> String {
        let told = deliveries.filter { $0.failure == nil }
        let byIncident = Dictionary(grouping: told, by: \.message.alert.incident.id).sorted {
            $0.key < $1.key
        }
        var lines = byIncident.map { id, deliveries in
            let channels = deliveries.map(\.message.channel.rawValue).unique().joined(separator: ", ")
            let isOver = deliveries.last?.message.alert.event == .resolved
            return "\(id) \(isOver ? "is over: told" : "was told") over \(channels).\n"
        }
        lines += deliveries.filter { $0.failure != nil }.map {
            "\($0.message.alert.incident.id) could " + style("not be told", .bad)
                + " over \($0.message.channel): "
                + "\($0.failure ?? "")\n"
        }
        return lines.joined()
    }
}

/// A step that took much longer than it usually does, in words.
enum SlowText {
    static func line(_ slow: SlowStep, _ style: Style) -> String {
        let place = slow.step.interval.map { "\(slow.step.asset) \($0)" } ?? slow.step.asset.description
        return "\(place) was " + style("slow", .warning) + ": "
            + "\(RunText.duration(seconds: slow.seconds)), usually at most "
            + "\(RunText.duration(seconds: slow.usual))\n"
    }
}

/// What became of a consumer, in words.
enum RefreshText {
    static func line(_ outcome: Refreshing.Outcome, _ style: Style) -> String {
        switch outcome.end {
        case .refreshed: "\(outcome.consumer) was " + style("refreshed", .good) + ".\n"
        case .alreadyRefreshed: "\(outcome.consumer) already shows this.\n"
        case .closed(let answer):
            "\(outcome.consumer) was " + style("not refreshed", .warning) + ": its gate is closed"
                + (answer.reasons.isEmpty ? "" : ": \(GateText.reason(answer))") + "\n"
        case .failed(let failure):
            "\(outcome.consumer) could " + style("not be refreshed", .bad) + ": \(failure.description)\n"
        }
    }
}
