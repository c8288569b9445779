import SuretyCore

/// Judges how a promise stands, from what is certified and remembered.
struct StandingReader: Sendable {
    let surroundings: Surroundings
    let world: World
    let detective: Detective
    let planner: Planner

    init(surroundings: Surroundings, world: World, detective: Detective) {
        self.surroundings = surroundings
        self.world = world
        self.detective = detective
        self.planner = Planner(lineage: world.lineage) { surroundings.definition(of: $0) }
    }

    /// The slices that the newest closed occurrence of a promise owes.
    func required(by promise: Promise) -> [StepKey] {
        guard let occurrence = world.occurrences(of: promise).newestClosed(at: world.now) else { return [] }
        return promise.needs.flatMap { asset in occurrence.slices(of: asset).map { StepKey(asset, $0) } }
            .sorted()
    }

    /// The certificate that serves a promise for a slice; nil if none does.
    func current(_ key: StepKey, for promise: Promise) -> Certificate? {
        guard case .current(let certificate) = planner.standing(of: key),
            world.serves(certificate, promise)
        else { return nil }
        return certificate
    }

    func view(of promise: Promise) async throws(PortFailure) -> PromiseView {
        var view = PromiseView(of: promise)
        let calendar = world.occurrences(of: promise)
        view.certifiedThrough = certifiedThrough(promise)
        guard let occurrence = calendar.newestClosed(at: world.now) else {
            let next = calendar.next(after: world.now)
            view.deadline = next?.deadline
            view.through = next?.lastInterval?.description
            view.timeLeftSeconds = next.map { $0.deadline.milliseconds(since: world.now) / 1000 }
            return view
        }
        view.deadline = occurrence.deadline
        view.nextDeadline = calendar.next(after: Swift.max(world.now, occurrence.deadline))?.deadline
        view.timeLeftSeconds = occurrence.deadline.milliseconds(since: world.now) / 1000
        view.through = occurrence.lastInterval?.description
        try await judge(&view, promise, occurrence)
        if view.outcome != .kept { view.incident = detective.incident(concerning: promise.id) }
        return view
    }

    private func judge(
        _ view: inout PromiseView, _ promise: Promise, _ occurrence: Occurrence
    ) async throws(PortFailure) {
        let waivers = try await surroundings.state.waivers(of: promise.id)
        if let through = view.through, waivers[through]?.isInTime(for: occurrence.deadline) ?? false {
            view.state = .waived
            view.outcome = .waived
            return
        }
        let keys = required(by: promise)
        let certificates = keys.compactMap { current($0, for: promise) }
        let isComplete = certificates.count == keys.count
        let missing = isComplete ? nil : keys.first { current($0, for: promise) == nil }
        let cause = missing.map { detective.cause(of: $0, planner) }
        if let outcome = try await kept(promise, keys, occurrence) {
            view.state = .kept
            view.outcome = outcome
            view.cause = cause
            return
        }
        if isComplete,
            try await isShown(
                promise, by: nil, { shown in certificates.allSatisfy { shown.contains($0.id) } })
        {
            view.state = .late
            view.outcome = .late
            return
        }
        view.cause = cause ?? unrefreshed(promise)
        if world.now >= occurrence.deadline {
            view.state = .late
            view.outcome = .late
            return
        }
        try await judgeOpen(&view, promise, keys, occurrence)
    }

    /// How an occurrence was kept; nil while it is not. Once its deadline has passed, what was true then decides: a
    /// certificate that is withdrawn later does not rewrite it. What was shown and then replaced at once was certified
    /// all the time, and counts as shown.
    private func kept(
        _ promise: Promise, _ keys: [StepKey], _ occurrence: Occurrence
    ) async throws(PortFailure) -> PromiseView.Outcome? {
        let isDue = world.now >= occurrence.deadline
        guard let then = isDue ? pastPlanner(for: keys, asOf: occurrence.deadline) : planner else {
            return nil
        }
        let certificates = keys.compactMap { key -> Certificate? in
            guard case .current(let certificate) = then.standing(of: key),
                certificate.start != nil || certificate.certifiedAt >= occurrence.closesAt
            else { return nil }
            return certificate
        }
        guard certificates.count == keys.count else { return nil }
        // What is certified and shown now counts until the deadline, whatever a clock that was set back says.
        let instant = isDue ? occurrence.deadline : nil
        let stretches = keys.compactMap { stretch(of: $0, around: instant, in: occurrence) }
        guard stretches.count == keys.count,
            try await isShown(
                promise, by: instant, { shown in stretches.allSatisfy { $0.isShown(by: shown) } })
        else { return nil }
        return certificates.contains { $0.warnings > 0 } ? .keptWithWarnings : .kept
    }

    /// A planner that knows what was certified at an instant; nil if one of the slices had no certificate then.
    private func pastPlanner(for keys: [StepKey], asOf instant: Instant) -> Planner? {
        let hadAll = keys.allSatisfy { key in
            world.lineage.certificates.all(of: key.asset).contains {
                $0.covers(key.slice) && $0.asOf(instant)?.isValid == true
            }
        }
        guard hadAll else { return nil }
        return Planner(lineage: world.lineage.asOf(instant)) { [surroundings] in
            surroundings.definition(of: $0)
        }
    }

    /// How long a slice was certified without a break around an instant; a whole table only since an occurrence closed.
    private func stretch(
        of key: StepKey, around instant: Instant?, in occurrence: Occurrence
    ) -> Stretch? {
        let certificates = world.lineage.certificates.all(of: key.asset).filter {
            $0.covers(key.slice) && (key.slice != .whole || $0.certifiedAt >= occurrence.closesAt)
        }
        return Stretch(around: instant, of: certificates)
    }

    /// Whether every consumer was refreshed with certificates that are enough, by an instant if one is given.
    private func isShown(
        _ promise: Promise, by instant: Instant?, _ isEnough: (Set<CertificateID>) -> Bool
    ) async throws(PortFailure) -> Bool {
        for id in promise.serves {
            guard let consumer = world.catalog.consumers[id], consumer.refresh != nil else { continue }
            let refreshes = try await surroundings.state.refreshes(of: id, limit: 50)
            let isShown = refreshes.contains { refresh in
                guard let endedAt = refresh.endedAt, refresh.failure == nil else { return false }
                return (instant.map { endedAt <= $0 } ?? true)
                    && isEnough(Set(refresh.mark.certificates))
            }
            guard isShown else { return false }
        }
        return true
    }

    private func unrefreshed(_ promise: Promise) -> Cause? {
        promise.needs.first.map {
            Cause(
                .stepFailed, asset: $0, interval: nil, message: "certified, but a consumer was not refreshed",
                owner: promise.owner, recovery: ["surety run \(promise.id)"])
        }
    }

    /// The word for an occurrence that is not complete and not yet due.
    private func judgeOpen(
        _ view: inout PromiseView, _ promise: Promise, _ keys: [StepKey], _ occurrence: Occurrence
    ) async throws(PortFailure) {
        let open = world.lineage.everything(behind: keys).filter { !planner.isCurrent($0) }
        let isRunning = open.contains(where: detective.isRunning)
        let states = Set(open.compactMap { detective.memory(of: $0)?.step.state })
        if !isRunning, !states.isDisjoint(with: [.blocked, .failed, .needsOperator]) {
            view.state = .blocked
            return
        }
        view.risk = try await risk(to: promise, open.sorted(), occurrence, isRunning: isRunning)
        view.state = view.risk != nil ? .atRisk : isRunning ? .running : .waiting
    }

    /// Why an occurrence may be late, judged by earlier runs, or by what is expected until there are enough of them.
    private func risk(
        to promise: Promise, _ open: [StepKey], _ occurrence: Occurrence, isRunning: Bool
    ) async throws(PortFailure) -> PromiseView.Risk? {
        let left = Double(occurrence.deadline.milliseconds(since: world.now)) / 1000
        // Nothing takes a day of which there is more than one left.
        guard left < 86_400 else { return nil }
        let names = Set(open.map(\.asset)).sorted()
        let forecast = Forecast(try await surroundings.state.durations(of: names, limit: 20))
        let remaining = forecast.remaining(open, among: world.catalog.assets) { key in
            detective.beginning(of: key).map { Double(world.now.milliseconds(since: $0)) / 1000 }
        }
        if let remaining {
            guard remaining.seconds > left else { return nil }
            return PromiseView.Risk(
                needed: remaining.seconds, isLearned: true, slowest: remaining.slowest,
                slowestOwner: world.catalog.recoveryOwner(of: remaining.slowest))
        }
        guard let expected = promise.expected, !isRunning, Double(expected.seconds) > left else { return nil }
        return PromiseView.Risk(needed: Double(expected.seconds), isLearned: false)
    }

    private func certifiedThrough(_ promise: Promise) -> String? {
        let through = promise.needs.map { asset in (asset, world.certifiedThrough(asset, planner)) }
        guard through.allSatisfy({ $0.1 != nil }) else { return nil }
        return through.compactMap(\.1).min()
    }

    /// Every slice behind some slices, inputs first, with its state.
    func chain(behind keys: [StepKey]) -> [PromiseView.Link] {
        var seen: Set<StepKey> = []
        var links: [PromiseView.Link] = []
        func visit(_ key: StepKey, depth: Int) {
            guard seen.insert(key).inserted else { return }
            let link = link(key, depth: depth)
            for input in world.lineage.inputs(of: key) {
                switch input {
                case .all(let keys): for key in keys { visit(key, depth: depth + 1) }
                case .newest(let keys, _):
                    let certified = keys.first { planner.isCurrent($0) }
                    for key in (certified ?? keys.first).map({ [$0] }) ?? [] { visit(key, depth: depth + 1) }
                }
            }
            links.append(link)
        }
        for key in keys { visit(key, depth: 0) }
        return links
    }

    private func link(_ key: StepKey, depth: Int) -> PromiseView.Link {
        let kind = world.catalog.assets[key.asset]?.stepKind ?? .source
        if planner.isCurrent(key) {
            return PromiseView.Link(
                asset: key.asset, interval: key.slice.label, kind: kind, state: .certified, why: "",
                depth: depth)
        }
        let cause = detective.cause(of: key, planner)
        let isOwn = cause.asset == key.asset && cause.interval == key.slice.label
        return PromiseView.Link(
            asset: key.asset, interval: key.slice.label, kind: kind,
            state: detective.memory(of: key)?.step.state ?? .pending,
            why: isOwn ? cause.message : "\(cause.place): \(cause.message)", depth: depth)
    }

    /// Why a target is in its state.
    func explanation(of target: RunTarget, keys: [StepKey], view: PromiseView?) -> Explanation {
        let missing = keys.first { !planner.isCurrent($0) }
        let root = missing.map { detective.cause(of: $0, planner) }
        var path: [String] = []
        if let missing {
            path = detective.memory(of: missing)?.step.chain ?? []
            if path.last != root?.place { path = [missing.description] }
            if let root, path.last != root.place { path.append(root.place) }
        }
        let next = root?.nextCommand ?? "surety status"
        return Explanation(
            target: target.name, promise: view, links: chain(behind: keys), root: root ?? view?.cause,
            path: path,
            nextFirings: firings(of: target), next: next)
    }

    private func firings(of target: RunTarget) -> [Explanation.Firing] {
        guard case .promise(let promise) = target else { return [] }
        return promise.starts.map { Explanation.Firing(what: $0.text, at: $0.next(after: world.now)) }
    }
}
