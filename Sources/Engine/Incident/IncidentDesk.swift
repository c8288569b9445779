public import SuretyCore

/// Keeps the incidents of a project: looks how promises stand, and writes down what changed with what is to be told.
public struct IncidentDesk: Sendable {
    private let surroundings: Surroundings

    /// The desk of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Looks how promises stand; incidents open, grow and end. Changes and the messages about them are written together,
    /// so that none is ever there without the other.
    ///
    /// - Parameter assets: Only the promises that are made from one of these, or from what these are made from, and the
    ///   incidents at their roots; nil: all.
    public func review(after assets: [AssetName]? = nil) async throws(PortFailure) -> [IncidentBook.Change] {
        var changes: [IncidentBook.Change] = []
        for _ in 0..<5 {
            let look = try await reviewOnce(after: assets)
            changes += look.changes
            if look.isComplete { break }
        }
        return changes
    }

    /// One look; it is not complete where another process, or a person, changed an incident meanwhile.
    private func reviewOnce(
        after assets: [AssetName]?
    ) async throws(PortFailure) -> (changes: [IncidentBook.Change], isComplete: Bool) {
        // Those that open while the world is read are none of ours, and must not look as if they had ended.
        let known = try await recent()
        let promises = promises(around: assets)
        let world = try await World.read(surroundings, for: assets == nil ? nil : promises.flatMap(\.needs))
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        let finder = TroubleFinder(
            world: world, detective: detective, reader: reader, recoveries: Recoveries(known))
        let troubles = try await finder.troubles(of: promises)
        let names = Set(world.names)
        // What is not declared any more is nobody's trouble, and ends when all is looked at.
        var book = IncidentBook(
            known.filter { incident in
                // What has just been looked at can be reached.
                incident.root == .warehouse
                    || !incident.root.isAlarm && (assets == nil || names.contains(incident.root.asset))
            })
        let recovering = Set(known.filter { $0.status.isOpen && detective.isRecovering($0) }.map(\.root))
        let changes = book.observe(troubles, recovering: recovering, at: world.now, mint: mint)
        let maker = AlertMaker(
            surroundings: surroundings, world: world, detective: detective, reader: reader, known: known)
        let recorded = try await record(changes, maker)
        return (recorded, recorded.count == changes.count)
    }

    /// Notes what kept a run from beginning, as an incident at the asset that could not be looked at, or at the warehouse;
    /// the warehouse is not asked. It ends with the next review that sees nothing of it.
    func report(_ failure: PortFailure, ending target: RunTarget) async throws(PortFailure) {
        guard let asset = failure.asset ?? target.assets.first else { return }
        try await report(failure, at: asset, of: promises(around: [asset]))
    }

    /// Notes that nothing at all could be looked at.
    func report(_ failure: PortFailure) async throws(PortFailure) {
        let promises = surroundings.catalog.promisesInTierOrder
        guard let asset = failure.asset ?? promises.first?.needs.first else { return }
        try await report(failure, at: asset, of: promises)
    }

    private func report(
        _ failure: PortFailure, at asset: AssetName, of promises: [Promise]
    ) async throws(PortFailure) {
        let catalog = surroundings.catalog
        let now = surroundings.clock.now()
        let world = World(
            now: now, catalog: catalog,
            lineage: Lineage(assets: catalog.assets, certificates: CertificateIndex([]), now: now),
            promisesSeen: try await surroundings.state.promisesSeen(), names: catalog.assets.keys.sorted())
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        var cause = failure.cause(at: asset, catalog)
        if failure.asset == nil, failure.kind == .unreachable { cause.asset = IncidentRoot.warehouse.asset }
        let known = try await recent()
        let recoveries = Recoveries(known)
        var troubles: [Trouble] = []
        for promise in promises {
            let view = try await reader.view(of: promise)
            let trouble = Trouble(
                cause, affects: [asset.description], of: promise,
                secondsLeft: view.timeLeftSeconds.map(Double.init),
                recovery: recoveries.seconds(for: promise),
                due: view.state == .late ? view.deadline : nil)
            troubles.append(trouble)
        }
        guard let trouble = Trouble.joined(troubles) else { return }
        var book = IncidentBook(known.filter { $0.root == trouble.root })
        let maker = AlertMaker(
            surroundings: surroundings, world: world, detective: detective, reader: reader, known: known)
        _ = try await record(book.observe([trouble], at: world.now, mint: mint), maker)
    }

    /// The incidents that are open, and those that ended in the last 30 days, oldest first.
    public func recent() async throws(PortFailure) -> [Incident] {
        try await surroundings.state.incidents(
            endedSince: surroundings.clock.now().adding(seconds: -30 * 86_400))
    }

    private func mint() -> IncidentID {
        IncidentID(rawValue: "inc_" + surroundings.identities.runID().rawValue)
    }

    /// Notes what is wrong with Surety itself, or that it is over; told like any other incident.
    public func alarm(_ alarm: ServiceAlarm, _ why: String?) async throws(PortFailure) {
        let catalog = surroundings.catalog
        let now = surroundings.clock.now()
        let known = try await recent().filter { $0.root == alarm.root }
        guard why != nil || known.contains(where: \.status.isOpen) else { return }
        let owner = catalog.promisesInTierOrder.first?.owner
        let troubles = why.map { [alarm.trouble(because: $0, owner: owner)] } ?? []
        var book = IncidentBook(known)
        for change in book.observe(troubles, at: now, mint: mint) {
            var facts: [Fact] = [.incidentChanged(change.incident)]
            if let event = change.event {
                var alert = Alert(
                    event: event, at: now, incident: change.incident,
                    headline: Alert.cut(alarm.headline(event, change.incident.cause.message), to: 120))
                alert.fingerprint = String(surroundings.identities.digest(alarm.root.description).prefix(32))
                alert.owner = owner.flatMap { catalog.owners[$0] }.map(Alert.Person.init)
                alert.recovery = event == .resolved ? [] : change.incident.cause.recovery
                facts += try await messages(about: change, event, alert)
            }
            do throws(PortFailure) {
                try await surroundings.state.record(facts, at: now)
            } catch  where error.kind == .conflict {
                // Another process has just noted the same.
            }
        }
    }

    /// Writes changes down, each with the messages about it, and returns those that are not left to somebody else who has
    /// just opened an incident at the same root, or changed this one.
    private func record(
        _ changes: [IncidentBook.Change], _ maker: AlertMaker
    ) async throws(PortFailure) -> [IncidentBook.Change] {
        var recorded: [IncidentBook.Change] = []
        for change in changes {
            let facts = try await messages(about: change, maker)
            do throws(PortFailure) {
                try await surroundings.state.record(
                    [.incidentChanged(change.incident)] + facts, at: maker.world.now)
                recorded.append(change)
            } catch  where error.kind == .conflict {
                continue
            }
        }
        return recorded
    }

    /// A person has an incident in hand. Escalations that wait are dropped.
    public func acknowledge(
        _ id: IncidentID, rating: Incident.Rating?
    ) async throws(PortFailure) -> Incident {
        for _ in 0..<5 {
            do throws(PortFailure) {
                return try await acknowledgeOnce(id, rating: rating)
            } catch  where error.kind == .conflict {
                // It changed between our look and our word.
            }
        }
        return try await acknowledgeOnce(id, rating: rating)
    }

    private func acknowledgeOnce(
        _ id: IncidentID, rating: Incident.Rating?
    ) async throws(PortFailure) -> Incident {
        guard var incident = try await surroundings.state.incident(id) else {
            throw PortFailure(
                .refused, "there is no incident \(id)", hint: "`surety incidents` shows those that are open.")
        }
        guard incident.status.isOpen else { throw PortFailure(.refused, "\(id) is over") }
        let now = surroundings.clock.now()
        incident.acknowledgement = Incident.Acknowledgement(by: surroundings.person, at: now, rating: rating)
        if incident.status == .firing { incident.status = .acknowledged }
        incident.sequence += 1
        let messages = try await surroundings.state.messages(about: id)
        try await surroundings.state.record(
            [.incidentChanged(incident)] + messages.superseding(\.message.isEscalation)
                + echoes(of: incident, after: messages, at: now), at: now)
        return incident
    }

    /// What says that an incident is acknowledged where nobody is disturbed by it: to programs that heard of it, and where
    /// the channel changes in place what it told.
    private func echoes(
        of incident: Incident, after messages: [MessageMemory], at now: Instant
    ) -> [Fact] {
        let heard = messages.filter { $0.state == .delivered && !$0.message.isEscalation }
        let newest = Dictionary(heard.map { ($0.message.recipient, $0.message.alert) }) { $1 }
        return heard.map(\.message.recipient).unique().compactMap { recipient in
            switch surroundings.catalog.channels[recipient.channel]?.kind {
            case .webhook, .slackBot: break
            case .file, .slackWebhook, .email, nil: return nil
            }
            guard var alert = newest[recipient] else { return nil }
            alert.event = .acknowledged
            alert.at = now
            alert.incident = incident
            return .messageQueued(AlertMessage(alert, to: recipient, dueAt: now))
        }
    }

    private func promises(around assets: [AssetName]?) -> [Promise] {
        let catalog = surroundings.catalog
        guard let assets else { return catalog.promisesInTierOrder }
        let chain = Set(catalog.upstream(of: assets))
        return catalog.promisesInTierOrder.filter { !chain.isDisjoint(with: catalog.upstream(of: $0.needs)) }
    }

    // MARK: - What is told

    private func messages(
        about change: IncidentBook.Change, _ maker: AlertMaker
    ) async throws(PortFailure) -> [Fact] {
        guard let event = change.event, !change.incident.isExperiment else { return [] }
        return try await messages(about: change, event, try await maker.alert(about: change.incident, event))
    }

    private func messages(
        about change: IncidentBook.Change, _ event: IncidentBook.Event, _ alert: Alert
    ) async throws(PortFailure) -> [Fact] {
        let earlier = try await surroundings.state.messages(about: change.incident.id)
        let routing = AlertRouting(surroundings.catalog)
        let now = surroundings.clock.now()
        switch event {
        case .resolved:
            // Only those who heard of it are told that it is over; what waits to be said is not said any more.
            let heard = earlier.filter { $0.state == .delivered || $0.isOnItsWay }.map(\.message.recipient)
            return earlier.superseding { _ in true }
                + heard.unique().map { .messageQueued(AlertMessage(alert, to: $0, dueAt: now)) }
        case .opened, .updated, .reopened, .acknowledged:
            let silence = Silence.quiet(
                change.incident, by: try await surroundings.state.silences(at: now), at: now)
            let queued = routing.recipients(of: alert).map { recipient in
                let quiet = routing.quietUntil(recipient, alert.incident.severity, at: now)
                let hold: AlertMessage.Hold? =
                    silence != nil ? .silenced : quiet != nil ? .quietHours : nil
                return Fact.messageQueued(
                    AlertMessage(
                        alert, to: recipient, dueAt: max(quiet ?? now, silence?.until ?? now), hold: hold))
            }
            // The newest tells all that an unsent update told; the first telling is never dropped.
            let told = Set(
                queued.compactMap { fact in
                    if case .messageQueued(let message) = fact { message.recipient } else { nil }
                })
            let dropped = earlier.superseding { memory in
                guard !memory.message.isEscalation else { return false }
                return memory.message.alert.event == .updated
                    || memory.message.hold != nil && told.contains(memory.message.recipient)
            }
            let isFirst = event != .updated
            return dropped + queued
                + (isFirst ? escalations(of: alert, routing, at: now, silence: silence) : [])
        }
    }

    private func escalations(
        of alert: Alert, _ routing: AlertRouting, at now: Instant, silence: Silence?
    ) -> [Fact] {
        surroundings.catalog.project.escalate.enumerated().flatMap { number, step -> [Fact] in
            let dueAt: Instant
            switch step.moment {
            // Nobody can acknowledge what is not told yet.
            case .after(let period): dueAt = (silence?.until ?? now).adding(seconds: period.seconds)
            case .beforeDeadline(let period):
                guard let deadline = alert.promises.compactMap(\.deadline).filter({ $0 > now }).min() else {
                    return []
                }
                dueAt = max(now, deadline.adding(seconds: -period.seconds))
            }
            return routing.recipients(named: step.to, of: alert).map { recipient in
                let quiet = routing.quietUntil(recipient, alert.incident.severity, at: dueAt)
                return .messageQueued(
                    AlertMessage(
                        alert, to: recipient, dueAt: max(quiet ?? dueAt, silence?.until ?? dueAt),
                        escalation: number + 1,
                        hold: silence != nil ? .silenced : quiet != nil ? .quietHours : nil))
            }
        }
    }
}

extension [MessageMemory] {
    /// The facts that take waiting messages back.
    fileprivate func superseding(_ condition: (MessageMemory) -> Bool) -> [Fact] {
        filter { $0.state == .pending && !$0.isOnItsWay && condition($0) }
            .map { .messageSuperseded($0.message.id) }
    }
}

extension PortFailure {
    /// The cause that it is at an asset.
    fileprivate func cause(at asset: AssetName, _ catalog: Catalog) -> Cause {
        let kind: Cause.Kind =
            switch self.kind {
            case .permission: .permission
            case .timeout: .timeout
            case .contention, .conflict: .conflict
            case .unreachable, .refused, .unknownEnd, .exhausted, .cancelled, .notYet, .storeUnusable:
                .unreachable
            }
        return Cause(
            kind, asset: asset, interval: nil, message: message, owner: catalog.recoveryOwner(of: asset),
            recovery: ["surety doctor"]
                + (catalog.recovery(for: StepKey(asset, .whole), run: nil).last.map { [$0] } ?? []))
    }
}
