import SuretyCore

/// Gathers everything that an alert tells.
struct AlertMaker: Sendable {
    let surroundings: Surroundings
    let world: World
    let detective: Detective
    let reader: StandingReader
    /// The incidents of the last 30 days.
    let known: [Incident]

    /// The alert about a change.
    func alert(
        about incident: Incident, _ event: IncidentBook.Event
    ) async throws(PortFailure) -> Alert {
        var alert = Alert(
            event: event, at: world.now, incident: incident, headline: headline(incident, event))
        let parts = [
            incident.root.description, incident.cause.check ?? incident.cause.step ?? "",
            incident.intervals.first ?? "",
        ]
        alert.fingerprint = String(surroundings.identities.digest(parts.joined(separator: "|")).prefix(32))
        for id in incident.promises {
            guard let promise = world.catalog.promises[id] else { continue }
            let view = try await reader.view(of: promise)
            if alert.promises.isEmpty { alert.certifiedThrough = view.certifiedThrough }
            if event == .resolved, let cause = view.cause, view.state == .late || view.state == .blocked {
                let isElsewhere = cause.place != incident.cause.place
                alert.headline = Alert.cut(
                    isElsewhere
                        ? "\(id) is held up by \(cause.place) now, not by \(incident.cause.place) any more"
                        : "\(id) is held up by \(cause.place) for another reason now: \(cause.message)",
                    to: 120)
                if !isElsewhere {
                    alert.done = ["found another cause at \(cause.place), which is told by itself"]
                }
            }
            alert.promises.append(
                Alert.PromiseAtStake(
                    id: id, sentence: promise.sentence, tier: promise.tier, deadline: view.deadline,
                    zone: promise.deadline.zone))
        }
        if let memory = memory(of: incident) {
            alert.run = memory.run
            alert.attempts = memory.step.attempts
            let failing = memory.step.checks.first { $0.list == .stop && $0.isUnfavourable }
            alert.observed = failing?.observed
            alert.expected = failing?.expected
        }
        let root = world.catalog.assets[incident.root.asset]
        alert.grain = root?.interval?.cadence.grain.rawValue
        alert.mostAttempts = root.map { $0.retryPolicy.times + 1 }
        for id in incident.consumers {
            guard let consumer = world.catalog.consumers[id] else { continue }
            let refreshes = try await surroundings.state.refreshes(of: id, limit: 20)
            let shown = refreshes.first(where: \.wentWell)
            alert.readers.append(
                Alert.Reader(id: id, name: consumer.name, shows: shown?.mark.intervals.last))
        }
        let owner = AlertRouting(world.catalog).owner(of: alert)
        alert.owner = owner.flatMap { world.catalog.owners[$0] }.map(Alert.Person.init)
        if event == .resolved {
            if alert.done.isEmpty { alert.done = ["found \(incident.cause.place) in order again"] }
        } else {
            alert.recovery = incident.cause.recovery
            alert.done = done(incident)
        }
        let earlier = known.filter { $0.root == incident.root && $0.id != incident.id }
        alert.earlier = earlier.map(\.openedAt)
        alert.lastResolvedBy =
            earlier.filter { $0.resolvedAt != nil }.max { $0.openedAt < $1.openedAt }?.acknowledgement?.by
        return alert
    }

    private func headline(_ incident: Incident, _ event: IncidentBook.Event) -> String {
        let promise = incident.promises.first?.rawValue ?? incident.root.asset.description
        let others = incident.promises.count > 1 ? " and \(incident.promises.count - 1) more" : ""
        let verb = incident.promises.count > 1 ? "are" : "is"
        let word =
            switch event {
            case .resolved: "on the way again"
            case .opened, .updated, .reopened, .acknowledged: incident.cause.isLate ? "held up" : "blocked"
            }
        let flapping =
            incident.isFlapping(at: world.now) ? "flapping, so nothing more is told of it today: " : ""
        return Alert.cut(
            "\(flapping)\(promise)\(others) \(verb) \(word): \(incident.cause.place): \(incident.cause.message)",
            to: 120
        )
    }

    private func memory(of incident: Incident) -> StepMemory? {
        let asset = world.catalog.assets[incident.root.asset]
        let slice = asset?.slice(labelled: incident.cause.interval)
        return slice.flatMap { detective.memory(of: StepKey(incident.root.asset, $0)) }
    }

    /// What Surety did, so that nobody does it again or fears the worst.
    private func done(_ incident: Incident) -> [String] {
        var done: [String] = []
        let build = world.catalog.assets[incident.root.asset]?.build
        switch incident.cause.kind {
        case .checkFailed, .noEvidence, .checkError:
            done.append(
                build == nil || world.catalog.assets[incident.root.asset]?.auditTime != .beforeCommit
                    ? "left \(incident.cause.place) uncertified"
                    : "rolled \(incident.cause.place) back before anybody could read it")
        case .stepFailed, .timeout, .conflict, .cancelled, .unreachable, .permission:
            done.append("changed nothing of \(incident.cause.place)")
        case .withdrawn where lost(incident).isEmpty:
            done.append("withdrew the certificate of \(incident.cause.place)")
        case .withdrawn: break
        case .notReady, .notRun, .awaitingPerson, .rejected, .needsOperator, .unsupported: break
        }
        done += losing(incident)
        let held = incident.affects.filter { $0 != incident.cause.place }
        if !held.isEmpty { done.append("held up \(held.joined(separator: ", "))") }
        done += incident.consumers.filter(isClosed).map { "kept the gate of \($0) closed" }
        return done
    }
}

extension AlertMaker {
    /// Whether a consumer's gate is closed: not where all that is lost is older than what it shows.
    private func isClosed(_ id: ConsumerID) -> Bool {
        guard let consumer = world.catalog.consumers[id] else { return false }
        let required = world.required(by: consumer)
        guard !required.isEmpty else { return true }
        let names = Set(world.names)
        return required.contains { key in
            guard names.contains(key.asset) else { return false }
            guard case .current(let certificate) = reader.planner.standing(of: key) else { return true }
            return !world.serves(certificate, key, consumer)
        }
    }

    /// The intervals at the root that lost their certificates and have none yet, but for one that was asked again.
    private func lost(_ incident: Incident) -> [DataInterval] {
        guard let asset = world.catalog.assets[incident.root.asset] else { return [] }
        return incident.intervals.compactMap { label in
            guard incident.cause.kind == .withdrawn || label != incident.cause.interval,
                let slice = asset.slice(labelled: label)
            else { return nil }
            switch reader.planner.standing(of: StepKey(asset.name, slice)) {
            case .withdrawn, .stale: return slice.interval
            case .current, .none: return nil
            }
        }
    }

    /// What Surety took the certificates of, what of it it makes again without anybody's asking, and what it leaves because
    /// it ended too long ago.
    private func losing(_ incident: Incident) -> [String] {
        let lost = lost(incident)
        guard let asset = world.catalog.assets[incident.root.asset], let cadence = asset.interval?.cadence,
            !lost.isEmpty
        else { return [] }
        func places(_ intervals: [DataInterval]) -> String {
            "\(asset.name) \(cadence.ranges(of: intervals).joined(separator: ", "))"
        }
        let certificates = lost.count == 1 ? "certificate" : "certificates"
        let withdrew = "withdrew the \(certificates) of \(places(lost))"
        guard let window = asset.rebuildWindow, let oldest = asset.rebuildsSince(at: world.now) else {
            return [withdrew]
        }
        let rule = "late_rows: rebuild within \(window)"
        let young = lost.filter { $0.end >= oldest }
        let old = lost.filter { $0.end < oldest }
        let gone = young.filter { isGone(StepKey(asset.name, .interval($0))) }
        let due = young.filter { !gone.contains($0) }
        var done = [withdrew]
        if !due.isEmpty { done.append("checks \(places(due)) again and rebuilds what rests on it: \(rule)") }
        if !gone.isEmpty {
            done.append(
                "checks \(places(gone)) again once any of \(asset.name) is certified again, "
                    + "and rebuilds what rests on it: \(rule)")
        }
        if !old.isEmpty {
            let they = old.count == 1 ? "it" : "they"
            done.append("leaves \(places(old)) to you: \(they) ended more than \(window) ago")
        }
        return done
    }

    /// Whether a slice was lost because its table was gone, and it is not known to be back.
    private func isGone(_ key: StepKey) -> Bool {
        guard case .withdrawn(let certificate, _) = reader.planner.standing(of: key),
            certificate.withdrawal?.isOfGoneTable == true
        else { return false }
        return world.lineage.movedSources(behind: certificate).isEmpty
    }
}

extension Cause {
    fileprivate var isLate: Bool { CauseClass(self) == .late }
}
