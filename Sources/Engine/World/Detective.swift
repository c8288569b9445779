import SuretyCore

/// Finds out why a slice is not certified, back to the root.
struct Detective: Sendable {
    let world: World
    private let memories: [StepKey: StepMemory]
    /// What a run is at in this moment.
    private let running: [StepKey: Instant?]
    /// The incidents that are open.
    private let incidents: [IncidentRoot: Incident]

    static func read(_ surroundings: Surroundings, _ world: World) async throws(PortFailure) -> Detective {
        let assets = world.catalog.assets
        let remembered = try await surroundings.state.newestSteps(of: world.names)
        var memories: [StepKey: StepMemory] = [:]
        for memory in remembered {
            guard let slice = assets[memory.step.asset]?.slice(labelled: memory.step.interval) else {
                continue
            }
            let key = StepKey(memory.step.asset, slice)
            if memories[key] == nil { memories[key] = memory }
        }
        let steps = try await surroundings.state.openRuns().flatMap(\.steps).filter { !$0.state.isEnd }
        let running = steps.compactMap { step in
            assets[step.asset]?.slice(labelled: step.interval).map {
                (StepKey(step.asset, $0), step.startedAt)
            }
        }
        let open = try await surroundings.state.incidents(endedSince: world.now).filter(\.status.isOpen)
        return Detective(
            world: world, memories: memories, running: Dictionary(running) { $0 ?? $1 },
            incidents: Dictionary(open.map { ($0.root, $0) }) { $1 })
    }

    /// Whether a run is at a slice, or will be.
    func isRunning(_ key: StepKey) -> Bool { running[key] != nil }

    /// Since when a run is at a slice; nil: it is not, or not yet.
    func beginning(of key: StepKey) -> Instant? { running[key] ?? nil }

    /// Whether what is at the root of an incident is being made again: a run is at one of its intervals.
    func isRecovering(_ incident: Incident) -> Bool {
        guard let asset = world.catalog.assets[incident.root.asset] else { return false }
        let labels: [String?] = incident.intervals.isEmpty ? [nil] : incident.intervals
        let isAtRoot = labels.compactMap(asset.slice(labelled:)).contains {
            isRunning(StepKey(asset.name, $0))
        }
        // What was lost is in order again only once all that rested on it is.
        return isAtRoot
            || incident.cause.kind == .withdrawn
                && !Set(running.keys.map(\.description)).isDisjoint(with: incident.affects)
    }

    /// The newest that is remembered of a slice.
    func memory(of key: StepKey) -> StepMemory? { memories[key] }

    /// Whether a run has tried to make a slice since an instant and could not; one that was cut off has not tried, nor one
    /// that was kept from it by what has nothing to do with the data.
    func hasTried(_ key: StepKey, since instant: Instant) -> Bool {
        guard let memory = memories[key], memory.step.state != .cancelled else { return false }
        return memory.at >= instant && memory.step.cause?.kind.isOfSurroundings != true
    }

    /// Why a slice is not certified, in a sentence that ends with the owner and the next command.
    func reason(for key: StepKey, _ planner: Planner) -> GateAnswer.Reason {
        let cause = cause(of: key, planner)
        let command = cause.nextCommand ?? "surety explain \(key.asset)"
        var why =
            cause.asset == key.asset && cause.interval == key.slice.label
            ? cause.message : "\(cause.place): \(cause.message)"
        if let owner = cause.owner { why += "; owner \(owner)" }
        why += "; next: \(command)"
        var reason = GateAnswer.Reason(asset: key.asset, interval: key.slice.label, why: why, cause: cause)
        reason.incident =
            incidents[IncidentRoot(asset: cause.asset, causeClass: CauseClass(cause))]?.id
        return reason
    }

    /// The worst open incident that concerns a promise; nil if none does.
    func incident(concerning promise: PromiseID) -> IncidentID? {
        incidents.values.filter { $0.promises.contains(promise) }
            .min { ($0.severity, $0.id) < ($1.severity, $1.id) }?.id
    }

    /// The cause at the root: what is remembered of the slice, unless its root was certified since; else the trouble
    /// that is known of an input, directly or further up.
    func cause(of key: StepKey, _ planner: Planner) -> Cause {
        var seen: Set<StepKey> = [key]
        return cause(of: key, planner, &seen)
    }

    /// Every cause that keeps a slice from being certified, each at a root of its own; one where nothing further up is in
    /// trouble.
    func causes(of key: StepKey, _ planner: Planner) -> [Cause] {
        var seen: Set<StepKey> = []
        let roots = roots(of: key, planner, &seen)
        return roots.isEmpty ? [cause(of: key, planner)] : roots.unique()
    }

    private func roots(of key: StepKey, _ planner: Planner, _ seen: inout Set<StepKey>) -> [Cause] {
        guard seen.insert(key).inserted else { return [] }
        if let own = memories[key]?.step.cause, own.asset == key.asset, own.interval == key.slice.label {
            return [cause(of: key, planner)]
        }
        switch planner.standing(of: key) {
        case .withdrawn(let certificate, _), .stale(let certificate, _):
            let memory = memories[key].flatMap { $0.step.cause == nil ? nil : $0 }
            let isRemembered = memory.map { !isNewer(planner.standing(of: key), $0) } ?? false
            let lost = isRemembered ? [] : lostInputs(of: certificate, planner)
            let further = lost.flatMap { self.roots(of: $0, planner, &seen) }
            // What happened to the whole warehouse is one cause, however many sources it is seen at.
            let whole = [Certificate.Withdrawal.anotherWarehouse, Certificate.Withdrawal.setBack]
            guard let first = further.first else { return [cause(of: key, planner)] }
            return whole.contains(first.message)
                ? [first] + further.filter { !whole.contains($0.message) } : further
        case .current, .none: break
        }
        var roots: [Cause] = []
        for input in world.lineage.inputs(of: key) {
            // One of those that `latest` may mean is enough.
            if case .newest(let keys, _) = input, keys.contains(where: planner.isCurrent) { continue }
            for key in input.keys where !planner.isCurrent(key) {
                roots += self.roots(of: key, planner, &seen)
            }
        }
        return roots
    }

    private func cause(of key: StepKey, _ planner: Planner, _ seen: inout Set<StepKey>) -> Cause {
        let owner = owner(of: key.asset)
        func cause(_ kind: Cause.Kind, _ message: String) -> Cause {
            Cause(
                kind, asset: key.asset, interval: key.slice.label, message: message, owner: owner,
                recovery: recovery(for: key))
        }
        if let interval = key.slice.interval, interval.end > world.now {
            return cause(.notReady, "the interval ends \(interval.zone.words(interval.end))")
        }
        let withdrawal = planner.standing(of: key)
        if let memory = memories[key], var remembered = memory.step.cause, !isNewer(withdrawal, memory) {
            let slice = world.catalog.assets[remembered.asset]?.slice(labelled: remembered.interval)
            let root = slice.map { StepKey(remembered.asset, $0) }
            if let root, root != key, isCertified(root, since: memory, planner) {
                return trouble(above: key, planner, &seen)
                    ?? cause(.notRun, "it has not been run since \(root) was certified")
            }
            remembered.owner = remembered.owner ?? self.owner(of: remembered.asset)
            if let root { remembered.recovery = (remembered.recovery + recovery(for: root)).unique() }
            return remembered
        }
        switch withdrawal {
        case .withdrawn(let certificate, let why), .stale(let certificate, let why):
            let further = movedInput(of: certificate, planner, &seen) ?? remadeInput(of: certificate, key)
            if let further { return further }
            var own = cause(.withdrawn, why)
            own.recovery = world.catalog.recovery(forLost: key, run: memories[key]?.run)
            return own
        case .current: return cause(.notRun, "it was certified before it was last owed")
        case .none: return trouble(above: key, planner, &seen) ?? cause(.notRun, "it has not been run")
        }
    }

    /// The cause at the input whose rows moved since a certificate was given on them; nil if none is to blame, or it
    /// was certified since.
    private func movedInput(
        of certificate: Certificate, _ planner: Planner, _ seen: inout Set<StepKey>
    ) -> Cause? {
        for key in lostInputs(of: certificate, planner) where seen.insert(key).inserted {
            return cause(of: key, planner, &seen)
        }
        return nil
    }

    /// The inputs of a certificate that lost theirs since, and have none now.
    private func lostInputs(of certificate: Certificate, _ planner: Planner) -> [StepKey] {
        world.lineage.bindingInputs(of: certificate).compactMap { id in
            guard let input = world.lineage.certificates[id], !input.isValid,
                let slice = world.catalog.assets[input.asset]?.slice(labelled: input.interval)
            else { return nil }
            let key = StepKey(input.asset, slice)
            return planner.isCurrent(key) ? nil : key
        }
    }

    /// The slices on the ways from a root to what it holds up, those two left out.
    func between(_ root: StepKey, _ key: StepKey, _ planner: Planner) -> [StepKey] {
        var leads: [StepKey: Bool] = [root: true]
        func visit(_ key: StepKey) -> Bool {
            if let known = leads[key] { return known }
            leads[key] = false
            let inputs = world.lineage.inputs(of: key).flatMap(\.keys)
            let found = inputs.filter { !planner.isCurrent($0) || $0 == root }.map(visit).contains(true)
            leads[key] = found
            return found
        }
        _ = visit(key)
        return leads.filter { $0.value && $0.key != root && $0.key != key }.keys.sorted()
    }

    /// The cause at the input that was certified anew with other rows than a slice was made from; nil if none was.
    private func remadeInput(of certificate: Certificate, _ key: StepKey) -> Cause? {
        let certificates = world.lineage.certificates
        let remade = certificate.inputs.compactMap { certificates[$0] }.first { input in
            guard !input.isValid, let successor = certificates.successor(of: input) else { return false }
            return successor.content != input.content
        }
        return remade.map { input in
            Cause(
                .withdrawn, asset: input.asset, interval: input.interval,
                message: "it was certified anew with other rows, and \(key) rests on the old ones",
                owner: owner(of: key.asset), recovery: recovery(for: key))
        }
    }

    /// The root of the trouble that is remembered of an input, the nearest first; nil if none is.
    private func trouble(above key: StepKey, _ planner: Planner, _ seen: inout Set<StepKey>) -> Cause? {
        for input in world.lineage.inputs(of: key) {
            // One of those that `latest` may mean is enough.
            if case .newest(let keys, _) = input, keys.contains(where: planner.isCurrent) { continue }
            for key in input.keys where !planner.isCurrent(key) && seen.insert(key).inserted {
                if memories[key]?.step.cause != nil { return cause(of: key, planner, &seen) }
                if let cause = trouble(above: key, planner, &seen) { return cause }
            }
        }
        return nil
    }

    /// Whether the root of what is remembered was certified since. A source keeps its certificate where late rows are
    /// ignored, though a step refused them: there the time tells.
    private func isCertified(_ root: StepKey, since memory: StepMemory, _ planner: Planner) -> Bool {
        guard case .current(let certificate) = planner.standing(of: root) else { return false }
        let asset = world.catalog.assets[root.asset]
        guard let asset, asset.build == nil, !asset.tellsOfLateRows else { return true }
        return certificate.certifiedAt > memory.at
    }

    private func isNewer(_ standing: Planner.Standing, _ memory: StepMemory) -> Bool {
        switch standing {
        case .withdrawn(let certificate, _): (certificate.withdrawal?.at ?? memory.at) > memory.at
        case .stale, .none, .current: false
        }
    }

    private func owner(of asset: AssetName) -> OwnerID? { world.catalog.recoveryOwner(of: asset) }

    private func recovery(for key: StepKey) -> [String] {
        world.catalog.recovery(for: key, run: memories[key]?.run)
    }
}

extension Cause {
    /// The command to give next: a person's answer where one is asked for, else what runs it again.
    var nextCommand: String? {
        let commands = recovery.filter { $0.hasPrefix("surety ") }
        switch kind {
        case .awaitingPerson, .needsOperator, .rejected: return commands.first
        case .checkFailed, .noEvidence, .checkError, .notReady, .stepFailed, .timeout, .unreachable,
            .permission,
            .conflict, .cancelled, .withdrawn, .notRun, .unsupported:
            return commands.last
        }
    }
}
