/// A run as a state machine: what happened goes in, what to do next comes out.
///
/// ```
/// pending ──inputs certified──▶ running ──▶ certified | built | blocked | failed | awaiting…
///    │                            ▲  │
///    │                            └──┴─ not yet or a passing failure: again after a while
///    └──an input ended otherwise──▶ skipped, with the chain to its root cause
/// ```
public struct RunMachine: Sendable {
    /// What to do next.
    public enum Action: Hashable, Sendable {
        /// Try a step; its inputs' certificates are these.
        case start(StepKey, attempt: Int, inputs: [CertificateID])
        /// Tell the machine `isDue` for this step after so many seconds.
        case wakeUp(StepKey, afterSeconds: Double)
        /// A step's record changed.
        case remember(StepRecord)
        /// Everything has ended.
        case finish(RunState)
    }

    /// How the machine goes about it.
    public struct Policy: Hashable, Sendable {
        /// Until when data is waited for; nil: not at all.
        public var waitUntil: Instant?
        /// Until when passing failures are tried again; nil: as often as declared.
        public var giveUpAt: Instant?
        /// Most steps at once.
        public var stepLimit: Int
        /// Slots of each pool.
        public var pools: [PoolID: Int]
        /// A number in 0..<1 for each step's jitter.
        public var jitter: Double

        /// A policy.
        public init(
            waitUntil: Instant? = nil, giveUpAt: Instant? = nil, stepLimit: Int = 16,
            pools: [PoolID: Int] = [:], jitter: Double = 0.5
        ) {
            self.waitUntil = waitUntil
            self.giveUpAt = giveUpAt
            self.stepLimit = stepLimit
            self.pools = pools
            self.jitter = jitter
        }
    }

    struct Node {
        let plan: PlannedStep
        var record: StepRecord
        var certificate: Certificate?
        var isSleeping = false
        var isRehearsed = false
        /// What may let a pending step go on.
        var attention = Attention.inputs
    }

    /// What has to be looked at before a pending step can go on.
    enum Attention: Hashable, Sendable {
        /// Nothing until one of its inputs changes.
        case nothing
        /// Its inputs.
        case inputs
        /// Whether there is room for it; its inputs are there.
        case room
    }

    let assets: [AssetName: Asset]
    let policy: Policy
    /// The steps in the order of the plan, inputs first.
    var nodes: [Node] = []
    /// Where in the plan a step is.
    let places: [StepKey: Int]
    /// The steps that each is an input of.
    let dependants: [[Int]]
    /// How many run at once, in all and in each pool.
    var running = 0
    var runningInPool: [PoolID: Int] = [:]
    var isCancelled = false
    var isFinished = false

    /// A run of a plan over declared assets.
    public init(plan: Plan, assets: [AssetName: Asset], policy: Policy) {
        self.assets = assets
        self.policy = policy
        let places = Dictionary(plan.steps.enumerated().map { ($1.key, $0) }) { first, _ in first }
        var dependants: [[Int]] = plan.steps.map { _ in [] }
        for (place, step) in plan.steps.enumerated() {
            for input in Set(step.inputs.flatMap(\.keys)).compactMap({ places[$0] }) {
                dependants[input].append(place)
            }
        }
        self.places = places
        self.dependants = dependants
        for step in plan.steps {
            var record = StepRecord(asset: step.key.asset, interval: step.key.slice.label, kind: step.kind)
            record.isRequired = step.isRequired
            if step.action == .keep {
                record.state = .certified
                record.kept = true
                record.rows = step.certificate?.content.rows
                record.checks = step.certificate?.results ?? []
            }
            nodes.append(Node(plan: step, record: record, certificate: step.certificate))
        }
    }

    /// The steps as they are, in the order of the plan.
    public var records: [StepRecord] { nodes.map(\.record) }

    /// Begins the run.
    public mutating func begin(at now: Instant) -> [Action] { advance(at: now) }

    /// A try of a step ended.
    public mutating func ended(_ key: StepKey, _ outcome: StepOutcome, at now: Instant) -> [Action] {
        guard let place = places[key] else { return [] }
        var node = nodes[place]
        var actions: [Action] = []
        leave(node)
        node.attention = .nothing
        node.record.endedAt = now
        node.record.cause = nil
        switch outcome {
        case .certified(let certificate, let rows, let results):
            node.certificate = certificate
            node.settle(.certified, rows: rows, results: results)
        case .built(let rows, let results):
            node.settle(.built, rows: rows, results: results)
        case .rehearsed(let rows, let results):
            node.isRehearsed = true
            node.settle(.built, rows: rows, results: results)
        case .blocked(let cause, let rows, let results):
            node.settle(.blocked, cause, rows: rows, results: results)
        case .failed(let cause, let isRetryable, let results):
            let isOurDoing = isCancelled && cause.kind == .cancelled
            node.settle(isOurDoing ? .cancelled : .failed, cause, results: results)
            if isRetryable, !isCancelled, let wait = retryDelay(node, at: now) {
                node.record.state = .pending
                node.isSleeping = true
                actions.append(.wakeUp(key, afterSeconds: wait))
            }
        case .notYet(let cause, let results):
            node.settle(.awaitingData, cause, results: results)
            let poll = Double(assets[key.asset]?.pollSeconds ?? 60)
            if let until = policy.waitUntil, !isCancelled, now < until {
                node.isSleeping = true
                let left = Double(until.milliseconds(since: now)) / 1000
                actions.append(.wakeUp(key, afterSeconds: min(poll, left)))
            }
        case .awaitingApproval(let cause, let results):
            node.settle(.awaitingApproval, cause, results: results)
        case .awaitingPerson(let cause): node.settle(.awaitingPerson, cause)
        case .needsOperator(let cause): node.settle(.needsOperator, cause)
        }
        nodes[place] = node
        alertDependants(of: place)
        actions.append(.remember(node.record))
        return actions + advance(at: now)
    }

    /// The time for which `wakeUp` asked has come.
    public mutating func isDue(_ key: StepKey, at now: Instant) -> [Action] {
        guard let place = places[key], nodes[place].isSleeping, !isCancelled else { return [] }
        nodes[place].isSleeping = false
        nodes[place].record.state = .pending
        nodes[place].attention = .inputs
        return advance(at: now)
    }

    /// Nothing new is begun; what runs is ended by whoever runs it.
    public mutating func cancel(at now: Instant) -> [Action] {
        isCancelled = true
        return advance(at: now)
    }

    private func retryDelay(_ node: Node, at now: Instant) -> Double? {
        let policy = assets[node.plan.key.asset]?.retryPolicy ?? RetryPolicy.none
        guard node.record.attempts <= policy.times else { return nil }
        var wait = policy.seconds(after: node.record.attempts)
        wait *= 1 + policy.jitter * (2 * self.policy.jitter - 1)
        if let giveUp = self.policy.giveUpAt, now.adding(milliseconds: Int64(wait * 1000)) > giveUp {
            return nil
        }
        return max(0, wait)
    }

    /// The state of the run: that of its worst required step.
    public var state: RunState {
        let required = nodes.filter(\.plan.isRequired)
        let states = Set(required.map(\.record.state))
        if required.isEmpty { return .nothingOwed }
        if states.contains(.cancelled) { return .cancelled }
        if states.contains(.failed) { return .failed }
        if states.contains(.blocked) { return .blocked }
        if states.contains(.skipped) {
            let causes = required.compactMap { $0.record.state == .skipped ? $0.record.cause?.kind : nil }
            if causes.contains(where: { $0 != .notReady && $0 != .awaitingPerson && $0 != .needsOperator }) {
                return .blocked
            }
        }
        let waits: Set<StepState> = [
            .awaitingData, .awaitingApproval, .awaitingPerson, .needsOperator, .skipped,
        ]
        if !states.isDisjoint(with: waits) { return .waiting }
        if !states.isSubset(of: [.certified, .built]) { return .running }
        return required.contains(where: \.isRehearsed) ? .rehearsed : .certified
    }
}

extension Asset {
    /// How failures that can pass by themselves are tried again.
    public var retryPolicy: RetryPolicy { build?.retryPolicy ?? .standard }

    /// How often data that is not there yet is asked for again, in seconds.
    public var pollSeconds: Int64 {
        switch origin {
        case .source(let watch): watch.poll.seconds
        case .built: 60
        }
    }
}
