import Engine
import LocalSystem
import Presentation
import SuretyCore

/// The sample project at one moment of the story: what the commands do, done by the same use cases, and shown.
struct DemoScene {
    let surroundings: Surroundings
    let teller: DemoTeller
    private let promise: Promise
    private let consumer: Consumer

    /// The promise and the dashboard that the story is about.
    static let promise: PromiseID = "revenue-by-8"
    static let consumer: ConsumerID = "leadership-revenue"
    /// The promise that shares its sources.
    static let beside: PromiseID = "collections-by-9"

    init(_ surroundings: Surroundings, _ teller: DemoTeller) throws(CommandFailure) {
        guard let promise = surroundings.catalog.promises[Self.promise],
            let consumer = surroundings.catalog.consumers[Self.consumer]
        else { throw CommandFailure(.no, kind: "demo", "the sample project has lost its promise") }
        self.surroundings = surroundings
        self.teller = teller
        self.promise = promise
        self.consumer = consumer
    }

    private var now: Instant { surroundings.clock.now() }

    // MARK: Commands

    /// Runs the promise; `isWhole` shows each step.
    func run(_ expected: RunState, isWhole: Bool = true) async throws {
        let command = "run \(promise.id)"
        teller.command(command)
        let (teller, style) = (teller, teller.style)
        let report = try await attempting { () throws(PortFailure) in
            try await Execution(surroundings).run(
                .promise(promise), slices: nil, options: RunOptions(),
                telling: { progress in
                    guard isWhole else { return }
                    switch progress {
                    case .began(let run): teller.say(RunText.beginning(run, style))
                    case .step(let step): teller.say(RunText.line(step, style))
                    case .ended: break
                    }
                })
        }
        if !isWhole { teller.say("  \(Self.summary(report.run))\n") }
        teller.say(RunText.ending(report.run, style))
        for outcome in report.refreshes { teller.say(RefreshText.line(outcome, style)) }
        teller.say(DeliveryText.text(report.deliveries, style))
        let isRefreshed = report.refreshes.contains { $0.consumer == consumer.id && $0.end == .refreshed }
        try teller.note(
            command, at: now, RunDocument.json(report.run),
            expecting: expected == .certified ? "certified, and the dashboard refreshed" : expected.rawValue,
            report.run.state == expected && isRefreshed == (expected == .certified))
    }

    /// Runs the promise that shares the revenue's sources, in a line.
    func runBeside() async throws {
        guard let other = surroundings.catalog.promises[Self.beside] else { return }
        let command = "run \(other.id)"
        teller.command(command)
        let report = try await attempting { () throws(PortFailure) in
            try await Execution(surroundings).run(
                .promise(other), slices: nil, options: RunOptions(), telling: { _ in })
        }
        teller.say(RunText.ending(report.run, teller.style))
        try teller.note(
            command, at: now, RunDocument.json(report.run), expecting: "certified",
            report.run.state == .certified)
    }

    /// Shows how the week was, without the details.
    func report(_ label: String, kept: Int) async throws {
        let command = "report --week \(label)"
        teller.command(command)
        let report = try await attempting { () throws(PortFailure) in
            let maker = ReportMaker(surroundings)
            return try await maker.report(of: try maker.week(label))
        }
        teller.say(ReportText.summary(report, teller.style))
        let counts = report.summary
        try teller.note(
            command, at: now, ReportDocument.json(report),
            expecting: "\(kept) of \(kept) kept, and one incident",
            counts.kept == kept && counts.all == kept && report.incidents.count == 1)
    }

    /// Shows the promise on the board.
    func status(_ expected: PromiseView.State) async throws {
        let command = "status \(promise.id)"
        teller.command(command)
        let view = try await attempting { () throws(PortFailure) in
            try await Board(surroundings).promise(promise)
        }
        teller.say(BoardText.text(view, teller.style))
        try teller.note(
            command, at: now, StatusDocument.json([view]), expecting: expected.rawValue,
            view.state == expected)
    }

    /// Shows all promises.
    func board() async throws {
        teller.command("status")
        let views = try await attempting { () throws(PortFailure) in try await Board(surroundings).promises()
        }
        teller.say(BoardText.text(views, teller.style))
        try teller.note(
            "status", at: now, StatusDocument.json(views), expecting: "kept",
            views.first { $0.id == promise.id }?.state == .kept)
    }

    /// Asks the gate; a closed one must name the asset at the root, its owner and the next command.
    func gate(open isOpen: Bool, root: AssetName? = nil) async throws {
        let command = "gate \(consumer.id)"
        teller.command(command)
        let answer = try await attempting { () throws(PortFailure) in
            try await Gatekeeper(surroundings).ask(consumer)
        }
        teller.say(GateText.text(answer, teller.style))
        let names = answer.reasons.allSatisfy { reason in
            reason.cause?.asset == root && reason.cause?.owner != nil && reason.why.contains("surety ")
        }
        try teller.note(
            command, at: now, GateDocument.json(answer),
            expecting: isOpen ? "open" : "closed, with the root, its owner and the next command",
            answer.isOpen == isOpen && (isOpen || names && !answer.reasons.isEmpty))
    }

    /// Explains the promise back to the asset at the root.
    func explain(root: AssetName, _ interval: String) async throws {
        let command = "explain \(promise.id)"
        teller.command(command)
        let explanation = try await attempting { () throws(PortFailure) in
            try await Explainer(surroundings).explain(.promise(promise))
        }
        teller.say(ExplanationText.text(explanation, teller.style))
        try teller.note(
            command, at: now, StatusDocument.json(explanation), expecting: "the root \(root) \(interval)",
            explanation.root?.asset == root && explanation.root?.interval == interval)
    }

    /// Shows the newest message that was delivered: one for the whole morning, with each fact that recovery needs.
    func alert(_ event: IncidentBook.Event, telling root: AssetName) async throws {
        let told = try await attempting { () async throws(PortFailure) -> [MessageMemory] in
            var told: [MessageMemory] = []
            for incident in try await surroundings.state.incidents(endedSince: now.adding(seconds: -3600)) {
                told += try await surroundings.state.messages(about: incident.id)
            }
            return told.filter { $0.state == .delivered && $0.message.alert.event == event }
        }
        guard let newest = told.last else {
            throw CommandFailure(.no, kind: "demo", "nobody was told")
        }
        teller.say(AlertText.text(newest.message))
        try teller.note(
            "incidents", at: now, AlertDocument.json(newest.message),
            expecting: "one message about \(root)",
            told.count == 1 && newest.message.alert.incident.root.asset == root)
    }

    // MARK: What readers see

    /// Looks at the rows that readers of the tables see: those of the last good day, none of the bad one.
    func readers(of assets: [AssetName], see good: String, not bad: String) async throws {
        for name in assets {
            guard let asset = surroundings.catalog.assets[name], let good = asset.slice(labelled: good),
                let bad = asset.slice(labelled: bad)
            else { continue }
            let look = try await attempting { () throws(PortFailure) in
                try await surroundings.warehouse.look(at: asset, slices: [good, bad])
            }
            let rows = [good, bad].map { look.content[$0]?.rows ?? 0 }
            teller.say("  \(name) shows \(rows[0]) rows of \(good), \(rows[1]) of \(bad)\n")
            try teller.note(
                "check \(name)", at: now, .object(["rows": .array(rows.map { .integer($0) })]),
                expecting: "rows of \(good) and none of \(bad)", rows[0] > 0 && rows[1] == 0)
        }
    }

    /// When the dashboard was refreshed last, and for which intervals.
    func lastRefresh(through expected: String) async throws {
        let refreshes = try await attempting { () throws(PortFailure) in
            try await surroundings.state.refreshes(of: consumer.id, limit: 20)
        }
        let last = refreshes.first(where: \.wentWell)
        let through = last?.mark.intervals.last
        teller.say(
            "  \(consumer.name) was last refreshed \(last?.endedAt.map { surroundings.catalog.project.zone.words($0) } ?? "never"), through "
                + "\(through ?? "nothing")\n")
        try teller.note(
            "history", at: now, .object(["refreshed_through": .optional(through)]),
            expecting: "refreshed through \(expected)", through == expected)
    }

    /// `22 steps: 22 certified`, in the order in which states are first met.
    private static func summary(_ run: RunRecord) -> String {
        var order: [StepState] = []
        for step in run.steps where !order.contains(step.state) { order.append(step.state) }
        let counts = order.map { state in "\(run.steps.count { $0.state == state }) \(state.rawValue)" }
        return "\(run.steps.count) steps: \(counts.joined(separator: ", "))"
    }
}
