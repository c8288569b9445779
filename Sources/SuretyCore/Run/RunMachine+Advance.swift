extension RunMachine {
    /// Starts what can start, skips what cannot, and finishes when nothing is left.
    mutating func advance(at now: Instant) -> [Action] {
        guard !isFinished else { return [] }
        var actions: [Action] = []
        for place in nodes.indices
        where nodes[place].record.state == .pending && !nodes[place].isSleeping {
            if isCancelled {
                nodes[place].record.state = .cancelled
                actions.append(.remember(nodes[place].record))
            } else if nodes[place].attention != .nothing {
                actions += goOn(place, at: now)
            }
        }
        let isOpen = nodes.indices.contains { place in
            !nodes[place].record.state.isEnd
                || nodes[place].isSleeping && !isCancelled && nodes[place].plan.isRequired
        }
        if !isOpen {
            isFinished = true
            actions.append(.finish(state))
        }
        return actions
    }

    /// Starts a pending step, or skips it, as its inputs and the room there is say.
    private mutating func goOn(_ place: Int, at now: Instant) -> [Action] {
        if nodes[place].plan.action == .wait {
            nodes[place].settle(.awaitingData, unended(nodes[place].plan))
            return left(place)
        }
        if nodes[place].attention == .room, !hasRoom(for: nodes[place].plan.key) { return [] }
        switch readiness(of: nodes[place].plan) {
        case .open:
            nodes[place].attention = .nothing
            return []
        case .refused(let root, let chain):
            nodes[place].record.state = .skipped
            nodes[place].record.cause = root
            nodes[place].record.chain = chain
            return left(place)
        case .ready(let inputs):
            guard hasRoom(for: nodes[place].plan.key) else {
                nodes[place].attention = .room
                return []
            }
            nodes[place].attention = .nothing
            nodes[place].record.state = .running
            nodes[place].record.attempts += 1
            nodes[place].record.startedAt = nodes[place].record.startedAt ?? now
            enter(nodes[place])
            let record = nodes[place].record
            return [
                .remember(record), .start(nodes[place].plan.key, attempt: record.attempts, inputs: inputs),
            ]
        }
    }

    /// A step came to an end without having been begun.
    private mutating func left(_ place: Int) -> [Action] {
        nodes[place].attention = .nothing
        alertDependants(of: place)
        return [.remember(nodes[place].record)]
    }

    /// What is made from a step is looked at again.
    mutating func alertDependants(of place: Int) {
        for dependant in dependants[place] { nodes[dependant].attention = .inputs }
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
                    guard let node = node(key) else { continue }
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
                let candidates = keys.compactMap(node)
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

    private func node(_ key: StepKey) -> Node? { places[key].map { nodes[$0] } }

    private func hasRoom(for key: StepKey) -> Bool {
        guard running < policy.stepLimit else { return false }
        guard let pool = assets[key.asset]?.pool, let slots = policy.pools[pool] else { return true }
        return runningInPool[pool, default: 0] < slots
    }

    private mutating func enter(_ node: Node) {
        running += 1
        if let pool = assets[node.plan.key.asset]?.pool { runningInPool[pool, default: 0] += 1 }
    }

    /// A step that ran takes no room any more.
    mutating func leave(_ node: Node) {
        guard node.record.state == .running else { return }
        running -= 1
        if let pool = assets[node.plan.key.asset]?.pool { runningInPool[pool, default: 0] -= 1 }
    }
}

extension RunMachine.Node {
    mutating func settle(
        _ state: StepState, _ cause: Cause? = nil, rows: Int64? = nil, results: [CheckResult] = []
    ) {
        record.state = state
        record.cause = cause
        record.chain = cause == nil ? [] : [plan.key.description]
        record.rows = rows
        record.checks = results.map(\.withoutConcealed)
    }

    var chainUp: [String] { record.chain.isEmpty ? [plan.key.description] : record.chain }

    func root(_ assets: [AssetName: Asset]) -> Cause {
        record.cause
            ?? Cause(
                record.state == .cancelled ? .cancelled : .notRun, asset: plan.key.asset,
                interval: plan.key.slice.label, step: plan.kind.rawValue,
                message: record.state == .built
                    ? "\(plan.key) has no stop check, so it is never certified" : "\(plan.key) was not run",
                owner: assets[plan.key.asset]?.owner)
    }
}
