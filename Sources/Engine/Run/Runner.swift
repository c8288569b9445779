import Logging
public import SuretyCore

/// Runs a plan to its end: starts the steps that can start, side by side, and remembers what becomes of each.
public struct Runner: Sendable {
    private let surroundings: Surroundings

    /// A runner in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What a run tells while it goes on.
    public enum Progress: Sendable {
        /// The run began.
        case began(RunRecord)
        /// A step changed.
        case step(StepRecord)
        /// The run ended.
        case ended(RunRecord)
    }

    /// Runs a plan; `telling` hears of each change. Cancelling the task ends what runs and rolls it back.
    public func run(
        _ planned: PlannedRun, options: RunOptions, telling: @escaping @Sendable (Progress) -> Void
    ) async throws(PortFailure) -> RunRecord {
        let plan = planned.plan
        let began = surroundings.clock.now()
        var machine = RunMachine(
            plan: plan, assets: surroundings.catalog.assets, policy: policy(options, planned, began))
        var record = RunRecord(
            id: options.id ?? surroundings.identities.runID(), target: plan.target.name,
            intervals: plan.intervals,
            trigger: options.trigger, definition: surroundings.identities.digest(surroundings.declarations),
            holder: surroundings.identities.process, startedAt: began, steps: machine.records)
        try await surroundings.record(
            .definitionSeen(hash: record.definition, text: surroundings.declarations), .runStarted(record))
        telling(.began(record))
        let worker = StepWorker(
            surroundings: surroundings, run: record.id, options: options, generations: planned.generations,
            newest: planned.newest, intervals: surroundings.catalog.assets.compactMapValues(\.interval))
        try await drive(&machine, worker, plan, telling)
        record.steps = machine.records
        record.state = machine.state
        record.endedAt = surroundings.clock.now()
        // A rehearsal says nothing about the data, however it went.
        try await surroundings.record(.runEnded(record.id, options.rehearse ? .rehearsed : record.state))
        telling(.ended(record))
        return record
    }

    private func policy(_ options: RunOptions, _ planned: PlannedRun, _ began: Instant) -> RunMachine.Policy {
        let wait = options.wait.seconds > 0 ? began.adding(seconds: options.wait.seconds) : nil
        return RunMachine.Policy(
            waitUntil: options.waitsUntilGivingUp ? planned.giveUpAt : wait,
            giveUpAt: planned.giveUpAt,
            stepLimit: min(options.stepLimit ?? .max, surroundings.catalog.project.stepLimit),
            pools: surroundings.catalog.project.pools, jitter: surroundings.identities.fraction())
    }

    private enum Event: Sendable {
        case ended(StepKey, StepOutcome)
        case due(StepKey)
        case cancelled
    }

    /// Feeds the machine with what happens, and does what it says, until it has finished.
    private func drive(
        _ machine: inout RunMachine, _ worker: StepWorker, _ plan: Plan,
        _ telling: @Sendable (Progress) -> Void
    ) async throws(PortFailure) {
        let steps = Dictionary(plan.steps.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var certificates = Dictionary(
            plan.steps.compactMap(\.certificate).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var pending = machine.begin(at: surroundings.clock.now())
        let failure: PortFailure? = await withTaskGroup(of: Event.self) { group in
            var isCancelling = false
            while true {
                let (facts, starts, wakes, isDone) = sorted(pending)
                do throws(PortFailure) {
                    if !facts.isEmpty {
                        try await surroundings.state.record(
                            facts.map { .stepChanged(worker.run, $0) }, at: surroundings.clock.now())
                    }
                } catch {
                    group.cancelAll()
                    return error
                }
                for record in facts { telling(.step(record)) }
                for (key, inputs) in starts {
                    guard let step = steps[key] else { continue }
                    let used = inputs.compactMap { certificates[$0] }
                    group.addTask { .ended(key, await worker.attempt(step, inputs: used)) }
                }
                for (key, seconds) in wakes {
                    group.addTask { [clock = surroundings.clock] in
                        do {
                            try await clock.sleep(seconds: seconds)
                            return .due(key)
                        } catch {
                            return .cancelled
                        }
                    }
                }
                if isDone {
                    group.cancelAll()
                    return nil
                }
                guard let event = await group.next() else { return nil }
                let now = surroundings.clock.now()
                if Task.isCancelled, !isCancelling {
                    isCancelling = true
                    group.cancelAll()
                    pending = machine.cancel(at: now)
                } else {
                    pending = []
                }
                switch event {
                case .ended(let key, let outcome):
                    if case .certified(let certificate, _, _) = outcome {
                        certificates[certificate.id] = certificate
                    }
                    pending += machine.ended(key, outcome, at: now)
                case .due(let key): pending += machine.isDue(key, at: now)
                case .cancelled: break
                }
            }
        }
        if let failure { throw failure }
    }

    private func sorted(_ actions: [RunMachine.Action]) -> (
        facts: [StepRecord], starts: [(StepKey, [CertificateID])], wakes: [(StepKey, Double)], isDone: Bool
    ) {
        var facts: [StepRecord] = []
        var starts: [(StepKey, [CertificateID])] = []
        var wakes: [(StepKey, Double)] = []
        var isDone = false
        for action in actions {
            switch action {
            case .remember(let record): facts.append(record)
            case .start(let key, _, let inputs): starts.append((key, inputs))
            case .wakeUp(let key, let seconds): wakes.append((key, seconds))
            case .finish: isDone = true
            }
        }
        return (facts, starts, wakes, isDone)
    }
}

/// A plan, and what was known of the world when it was made.
public struct PlannedRun: Sendable {
    /// The plan.
    public var plan: Plan
    /// For each slice that is made anew, the newest generation that the ledger held.
    public var generations: [StepKey: Int]
    /// The newest slice of each asset.
    public var newest: [AssetName: Slice]
    /// Until when passing failures are tried again.
    public var giveUpAt: Instant?
    /// A hash that changes when definitions, actions or certificates do.
    public var hash: String
    /// Whether making it brought something to light that is told before anything mends it.
    var hasNews = false
    /// The messages that were sent before it began.
    var deliveries: [Postman.Delivery] = []
}
