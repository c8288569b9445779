public import SuretyCore

/// Silences: what people do not want to hear of for a while. Incidents go on being kept, and are told when it is over.
public struct SilenceDesk: Sendable {
    private let surroundings: Surroundings

    /// The silences of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// The silences that have not ended, the next to end first.
    public func all() async throws(PortFailure) -> [Silence] {
        try await surroundings.state.silences(at: surroundings.clock.now())
    }

    /// Silences a promise, an asset or an incident for at most two weeks; what waits to be said of it waits on.
    public func silence(
        _ target: String, for period: Period, reason: String, by person: String
    ) async throws(PortFailure) -> Silence {
        guard try await isKnown(target) else {
            throw PortFailure(
                .refused, "there is no promise, asset or incident \(target)",
                hint: "`surety status` and `surety incidents` show what there is.")
        }
        guard period.seconds > 0, period.seconds <= Silence.longest else {
            throw PortFailure(
                .refused, "\(period) is no time that can be silenced",
                hint: "Up to 14d; silence it again then.")
        }
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw PortFailure(
                .refused, "a silence needs a reason", hint: "Others will wonder why they heard nothing.")
        }
        let now = surroundings.clock.now()
        let silence = Silence(
            id: "sil_" + surroundings.identities.runID().rawValue, target: target, by: person, reason: reason,
            from: now, until: now.adding(seconds: period.seconds))
        try await surroundings.record(.silenced(silence))
        return silence
    }

    /// Ends a silence before its time; what is still open is told at once.
    public func end(_ id: String, by person: String) async throws(PortFailure) -> Silence {
        guard let silence = try await all().first(where: { $0.id == id }) else {
            throw PortFailure(
                .refused, "there is no silence \(id), or it is over", hint: "`surety silence` shows them.")
        }
        let others = try await all().filter { $0.id != id }
        let now = surroundings.clock.now()
        var facts: [Fact] = [.silenceEnded(id, by: person)]
        for incident in try await surroundings.state.incidents(endedSince: now) where incident.status.isOpen {
            guard Silence.quiet(incident, by: others, at: now) == nil else { continue }
            facts += try await surroundings.state.messages(about: incident.id).filter {
                $0.state == .pending && $0.message.hold == .silenced
            }.flatMap { again($0.message, incident, silence.until, at: now) }
        }
        try await surroundings.state.record(facts, at: now)
        return silence
    }

    /// What waited is told at once, and an escalation as long after that as it would have been after the silence's end.
    private func again(
        _ message: AlertMessage, _ incident: Incident, _ end: Instant, at now: Instant
    ) -> [Fact] {
        guard message.isEscalation else { return [.messageReleased(message.id)] }
        let wait = max(0, message.dueAt.milliseconds(since: end))
        return [
            .messageSuperseded(message.id),
            .messageQueued(message.again(dueAt: now.adding(milliseconds: wait))),
        ]
    }

    private func isKnown(_ target: String) async throws(PortFailure) -> Bool {
        let catalog = surroundings.catalog
        if catalog.promises[PromiseID(rawValue: target)] != nil { return true }
        if let name = AssetName(target), catalog.assets[name] != nil { return true }
        return try await surroundings.state.incident(IncidentID(rawValue: target))?.status.isOpen ?? false
    }
}
