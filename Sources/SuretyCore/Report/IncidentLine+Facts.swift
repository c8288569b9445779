extension WeeklyReport.IncidentLine {
    /// A line for each incident that was open in the week, oldest first; experiments are left out.
    static func all(_ facts: ReportFacts) -> [Self] {
        let told = ToldMessages(facts)
        return facts.incidents.filter { incident in
            !incident.isExperiment && incident.openedAt < facts.week.end
                && (incident.resolvedAt.map { $0 >= facts.week.start } ?? true)
        }.map { Self($0, told, facts) }
    }

    /// The same for an incident of any week.
    init(_ incident: Incident, _ told: ToldMessages, _ facts: ReportFacts) {
        let delivered = told.delivered(about: incident.id)
        let first = delivered.map(\.at).min()
        let (rating, isByPerson) = Self.rating(incident, facts)
        func seconds(_ from: Instant?, _ to: Instant?) -> Double? {
            guard let from, let to else { return nil }
            return max(0, Double(to.milliseconds(since: from)) / 1000)
        }
        self.init(
            incident: incident, timeToDetect: seconds(incident.faultAt, incident.openedAt),
            timeToNotify: seconds(incident.openedAt, first),
            timeToAcknowledge: seconds(first, incident.acknowledgement?.at),
            timeToRecover: seconds(incident.faultAt ?? incident.openedAt, incident.resolvedAt),
            notifications: delivered.count, rating: rating, isRatedByPerson: isByPerson)
    }

    /// What a person said of the alert; else what they did: acting on it makes it worth sending, and one that ended by
    /// itself within half an hour was not.
    private static func rating(_ incident: Incident, _ facts: ReportFacts) -> (Incident.Rating?, Bool) {
        if let rating = incident.acknowledgement?.rating { return (rating, true) }
        let end = incident.resolvedAt ?? facts.asOf
        if incident.acknowledgement != nil, isActedOn(incident, until: end, facts) { return (.acted, false) }
        let lasted = end.milliseconds(since: incident.openedAt)
        if incident.acknowledgement == nil, incident.resolvedAt != nil, lasted <= 30 * 60_000,
            !isActedOn(incident, until: end, facts)
        {
            return (.noise, false)
        }
        return (nil, false)
    }

    /// Whether a person ran, accepted, waived, approved or did something that an incident was about.
    private static func isActedOn(_ incident: Incident, until end: Instant, _ facts: ReportFacts) -> Bool {
        let asset = incident.root.asset.description
        let targets = Set(incident.promises.map(\.rawValue) + [asset])
            .union(incident.affects.compactMap { $0.split(separator: " ").first.map(String.init) })
        return facts.runsByHand.contains { run in
            targets.contains(run.target) && run.startedAt >= incident.openedAt && run.startedAt <= end
        }
            || facts.handwork.contains { work in
                targets.contains(work.subject) && work.at >= incident.openedAt && work.at <= end
            }
    }
}

/// The messages that were queued in four weeks, and what became of them.
struct ToldMessages {
    /// A message that a channel took, or that was not sent after all.
    struct End: Hashable {
        let message: AlertMessage
        let at: Instant
    }

    private(set) var delivered: [End] = []
    private(set) var superseded: [End] = []
    private(set) var dead: [End] = []
    private var byIncident: [IncidentID: [End]] = [:]

    init(_ facts: ReportFacts) {
        var queued: [String: AlertMessage] = [:]
        for memory in facts.facts {
            func end(_ id: String) -> [End] { queued[id].map { [End(message: $0, at: memory.at)] } ?? [] }
            if case .messageQueued(let message) = memory.fact {
                queued[message.id] = message
            } else if case .messageDelivered(let id, _) = memory.fact {
                delivered += end(id)
            } else if case .messageSuperseded(let id) = memory.fact {
                superseded += end(id)
            } else if case .messageFailed(let id, _, nil) = memory.fact {
                dead += end(id)
            }
        }
        // What Surety says of itself is no alert about a promise.
        let known = Set(facts.incidents.map(\.id))
        delivered.removeAll { $0.message.isTest || !known.contains($0.message.alert.incident.id) }
        byIncident = Dictionary(grouping: delivered.filter { $0.message.alert.event.disturbs }) {
            $0.message.alert.incident.id
        }
    }

    /// What was delivered about an incident, the word that it is over left out, oldest first.
    func delivered(about incident: IncidentID) -> [End] { byIncident[incident] ?? [] }
}
