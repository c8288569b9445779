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

    fileprivate struct Node {
        let plan: PlannedStep
        var record: StepRecord
        var certificate: Certificate?
        var isSleeping = false
        var isRehearsed = false
    }

    private let order: [StepKey]
    private let assets: [AssetName: Asset]
    private let policy: Policy
    private var nodes: [StepKey: Node] = [:]
    private var isCancelled = false
    private var isFinished = false

    /// A run of a plan over declared assets.
    public init(plan: Plan, assets: [AssetName: Asset], policy: Policy) {
        self.assets = assets
        self.policy = policy
        self.order = plan.steps.map(\.key)
        for step in plan.steps {
            var record = StepRecord(asset: step.key.asset, interval: step.key.slice.label, kind: step.kind)
            record.isRequired = step.isRequired
            if step.action == .keep {
                record.state = .certified
                record.kept = true
                record.rows = step.certificate?.content.rows
                record.checks = step.certificate?.results ?? []
            }
            nodes[step.key] = Node(plan: step, record: record, certificate: step.certificate)
        }
    }

    /// The steps as they are, in the order of the plan.
    public var records: [StepRecord] { order.compactMap { nodes[$0]?.record } }

    /// Begins the run.
    public mutating func begin(at now: Instant) -> [Action] { advance(at: now) }

    /// A try of a step ended.
    public mutating func ended(_ key: StepKey, _ outcome: StepOutcome, at now: Instant) -> [Action] {
        guard var node = nodes[key] else { return [] }
        var actions: [Action] = []
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
        nodes[key] = node
        actions.append(.remember(node.record))
        return actions + advance(at: now)
    }

    /// The time for which `wakeUp` asked has come.
    public mutating func isDue(_ key: StepKey, at now: Instant) -> [Action] {
        guard nodes[key]?.isSleeping == true, !isCancelled else { return [] }
        nodes[key]?.isSleeping = false
        nodes[key]?.record.state = .pending
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

    /// Starts what can start, skips what cannot, and finishes when nothing is left.
    private mutating func advance(at now: Instant) -> [Action] {
        guard !isFinished else { return [] }
        var actions: [Action] = []
        for key in order {
            guard var node = nodes[key], node.record.state == .pending, !node.isSleeping else { continue }
            if isCancelled {
                node.record.state = .cancelled
                nodes[key] = node
                actions.append(.remember(node.record))
                continue
            }
            if node.plan.action == .wait {
                node.settle(.awaitingData, unended(node.plan))
                nodes[key] = node
                actions.append(.remember(node.record))
                continue
            }
            switch readiness(of: node.plan) {
            case .open:
                continue
            case .refused(let root, let chain):
                node.record.state = .skipped
                node.record.cause = root
                node.record.chain = chain
                nodes[key] = node
                actions.append(.remember(node.record))
            case .ready(let inputs):
                guard hasRoom(for: key) else { continue }
                node.record.state = .running
                node.record.attempts += 1
                node.record.startedAt = node.record.startedAt ?? now
                nodes[key] = node
                actions.append(.remember(node.record))
                actions.append(.start(key, attempt: node.record.attempts, inputs: inputs))
            }
        }
        let isDone = order.allSatisfy { key in
            guard let node = nodes[key] else { return true }
            return node.record.state.isEnd && (!node.isSleeping || isCancelled || !node.plan.isRequired)
        }
        if isDone {
            isFinished = true
            actions.append(.finish(state))
        }
        return actions
    }

    /// Why a slice whose interval has not ended cannot be there.
    private func unended(_ step: PlannedStep) -> Cause {
        Cause(
            .notReady, asset: step.key.asset, interval: step.key.slice.label, step: step.kind.rawValue,
            message: step.why, owner: assets[step.key.asset]?.owner)
    }

    private enum Readiness {
        case open
        case ready([CertificateID])
        case refused(Cause, chain: [String])
    }

    /// Whether a step's inputs are there; the first of them, in the order of the declaration, that never will be is why not.
    private func readiness(of step: PlannedStep) -> Readiness {
        var inputs: [CertificateID] = []
        var isOpen = false
        for input in step.inputs {
            switch input {
            case .all(let keys):
                for key in keys {
                    guard let node = nodes[key] else { continue }
                    if let certificate = node.certificate, node.record.state == .certified {
                        inputs.append(certificate.id)
                    } else if node.isRehearsed {
                        continue
                    } else if node.record.state.isEnd, !node.isSleeping {
                        return .refused(node.root(assets), chain: [step.key.description] + node.chainUp)
                    } else {
                        isOpen = true
                    }
                }
            case .newest(let keys, let asset):
                let candidates = keys.compactMap { nodes[$0] }
                if candidates.contains(where: { !$0.record.state.isEnd }) {
                    isOpen = true
                } else if let node = candidates.first(where: { $0.record.state == .certified }) {
                    if let certificate = node.certificate { inputs.append(certificate.id) }
                } else if candidates.contains(where: \.isSleeping) {
                    isOpen = true
                } else if !candidates.contains(where: \.isRehearsed) {
                    return refusal(of: step, missing: asset, candidates: candidates)
                }
            }
        }
        return isOpen ? .open : .ready(inputs)
    }

    private func refusal(of step: PlannedStep, missing asset: AssetName, candidates: [Node]) -> Readiness {
        guard let newest = candidates.first else {
            return .refused(
                Cause(
                    .notReady, asset: asset, interval: nil,
                    message: "no interval of \(asset) is within reach of \(step.key)",
                    owner: assets[asset]?.owner),
                chain: [step.key.description, asset.description])
        }
        return .refused(newest.root(assets), chain: [step.key.description] + newest.chainUp)
    }

    private func hasRoom(for key: StepKey) -> Bool {
        let running = nodes.values.filter { $0.record.state == .running }
        guard running.count < policy.stepLimit else { return false }
        guard let pool = assets[key.asset]?.pool, let slots = policy.pools[pool] else { return true }
        return running.count { assets[$0.plan.key.asset]?.pool == pool } < slots
    }

    /// The state of the run: that of its worst required step.
    public var state: RunState {
        let required = order.compactMap { nodes[$0] }.filter(\.plan.isRequired)
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

extension RunMachine.Node {
    fileprivate mutating func settle(
        _ state: StepState, _ cause: Cause? = nil, rows: Int64? = nil, results: [CheckResult] = []
    ) {
        record.state = state
        record.cause = cause
        record.chain = cause == nil ? [] : [plan.key.description]
        record.rows = rows
        record.checks = results
    }

    fileprivate var chainUp: [String] { record.chain.isEmpty ? [plan.key.description] : record.chain }

    fileprivate func root(_ assets: [AssetName: Asset]) -> Cause {
        record.cause
            ?? Cause(
                record.state == .cancelled ? .cancelled : .notRun, asset: plan.key.asset,
                interval: plan.key.slice.label, step: plan.kind.rawValue,
                message: record.state == .built
                    ? "\(plan.key) has no stop check, so it is never certified" : "\(plan.key) was not run",
                owner: assets[plan.key.asset]?.owner)
    }
}

extension Asset {
    /// How failures that can pass by themselves are tried again.
    var retryPolicy: RetryPolicy { build?.retryPolicy ?? .standard }

    /// How often data that is not there yet is asked for again, in seconds.
    public var pollSeconds: Int64 {
        switch origin {
        case .source(let watch): watch.poll.seconds
        case .built: 60
        }
    }
}
