/// The incidents of a project: troubles as they are seen go in, what changed comes out.
public struct IncidentBook: Sendable {
    /// What happened to an incident.
    public enum Event: String, Hashable, Codable, Sendable, CaseIterable {
        case opened, updated, reopened, acknowledged, resolved

        /// Whether somebody is asked to look: not where it is only said that it is in hand, or over.
        public var disturbs: Bool { self != .resolved && self != .acknowledged }
    }

    /// An incident that changed, and what is to be told about it.
    public struct Change: Hashable, Sendable {
        /// The incident as it is now.
        public let incident: Incident
        /// What happened; nil if it only changed in ways that nobody need hear of.
        public let event: Event?
    }

    /// How long after its end the same trouble opens an incident again instead of a new one, in seconds.
    public static let reopenWindow: Int64 = 3600
    /// The shortest time between two tellings of one incident that only grew, in seconds.
    public static let updateInterval: Int64 = 300

    private var open: [IncidentRoot: Incident] = [:]
    private var ended: [IncidentRoot: Incident] = [:]

    /// The incidents that are open, and those that ended within the reopening window.
    public init(_ incidents: [Incident]) {
        for incident in incidents.sorted(by: { $0.openedAt < $1.openedAt }) {
            if incident.status.isOpen {
                open[incident.root] = incident
            } else {
                ended[incident.root] = incident
            }
        }
    }

    /// Compares the incidents with the troubles that are seen now.
    ///
    /// - Parameters:
    ///   - troubles: Every trouble that is seen; at most one for each root.
    ///   - recovering: The roots that are being made again.
    ///   - mint: Makes ids for new incidents.
    /// - Returns: What changed, by root.
    public mutating func observe(
        _ troubles: [Trouble], recovering: Set<IncidentRoot> = [], at now: Instant, mint: () -> IncidentID
    ) -> [Change] {
        var changes: [Change] = []
        var seen: Set<IncidentRoot> = []
        follow(troubles)
        for trouble in troubles.sorted(by: { $0.root < $1.root }) where seen.insert(trouble.root).inserted {
            if let incident = open[trouble.root] {
                if let change = update(incident, trouble, recovering, at: now) { changes.append(change) }
            } else {
                changes.append(begin(trouble, at: now, mint: mint))
            }
        }
        for root in open.keys.sorted() where !seen.contains(root) {
            guard var incident = open[root] else { continue }
            // What is being made again is not in order yet.
            if recovering.contains(root) {
                guard incident.status != .recovering else { continue }
                incident.status = .recovering
                incident.sequence += 1
                open[root] = incident
                changes.append(Change(incident: incident, event: nil))
                continue
            }
            incident.status = .resolved
            incident.resolvedAt = now
            incident.sequence += 1
            open[root] = nil
            ended[root] = incident
            // What flaps is said once, and then neither that it is over nor that it is back.
            changes.append(Change(incident: incident, event: incident.isFlapping(at: now) ? nil : .resolved))
        }
        return changes
    }

    /// Gives open incidents whose trouble has another root now that root, where it holds up the same: found further up,
    /// or moved along as it is mended step by step.
    private mutating func follow(_ troubles: [Trouble]) {
        let roots = Set(troubles.map(\.root))
        for old in open.keys.sorted() where !roots.contains(old) {
            guard var incident = open[old] else { continue }
            let further = troubles.sorted { $0.root < $1.root }.first { trouble in
                let places =
                    incident.intervals.isEmpty
                    ? ["\(old.asset)"] : incident.intervals.map { "\(old.asset) \($0)" }
                let isFurtherUp = !Set(trouble.affects).isDisjoint(with: places)
                let isMovedAlong =
                    trouble.cause.kind == .withdrawn && incident.cause.kind == .withdrawn
                    && !Set(trouble.affects).isDisjoint(with: incident.affects)
                return open[trouble.root] == nil && trouble.root.asset != old.asset
                    && (isFurtherUp || isMovedAlong)
                    && !Set(trouble.promises).isDisjoint(with: incident.promises)
            }
            guard let further else { continue }
            open[old] = nil
            incident.root = further.root
            incident.intervals = []
            open[further.root] = incident
        }
    }

    private mutating func begin(_ trouble: Trouble, at now: Instant, mint: () -> IncidentID) -> Change {
        if var incident = ended[trouble.root], let end = incident.resolvedAt,
            now.milliseconds(since: end) <= Self.reopenWindow * 1000
        {
            ended[trouble.root] = nil
            let wasFlapping = incident.isFlapping(at: now)
            incident.status = .firing
            incident.resolvedAt = nil
            incident.acknowledgement = nil
            incident.overdue = nil
            incident.reopenings.append(now)
            // What it held up before is in order.
            incident.intervals = []
            incident.affects = []
            incident.take(trouble)
            incident.severity = trouble.severity
            incident.sequence += 1
            incident.tell(at: now)
            open[trouble.root] = incident
            return Change(incident: incident, event: wasFlapping ? nil : .reopened)
        }
        var incident = Incident(id: mint(), trouble: trouble, at: now)
        incident.tell(at: now)
        open[trouble.root] = incident
        return Change(incident: incident, event: .opened)
    }

    private mutating func update(
        _ before: Incident, _ trouble: Trouble, _ recovering: Set<IncidentRoot>, at now: Instant
    ) -> Change? {
        var incident = before
        incident.take(trouble)
        let isLateAgain = !trouble.overdue.subtracting(before.overdue ?? []).isEmpty
        let isWorse = trouble.severity < before.severity || isLateAgain
        // What was withdrawn was asked again, and now there is more to say than that it had changed.
        let isAskedAgain = before.cause.kind == .withdrawn && trouble.cause.kind != .withdrawn
        let isBetterUnderstood = trouble.cause.asset != before.cause.asset || isAskedAgain
        // Until now it was only recorded.
        let isOfConcern = before.isExperiment && !incident.isExperiment
        incident.severity = min(before.severity, trouble.severity)
        let isRunning = recovering.contains(before.root)
        switch before.status {
        case .firing, .acknowledged: if isRunning { incident.status = .recovering }
        case .recovering:
            if !isRunning { incident.status = before.acknowledgement == nil ? .firing : .acknowledged }
        case .resolved: break
        }
        let sinceTold = before.toldAt.map { now.milliseconds(since: $0) } ?? .max
        let isTold =
            isWorse || isBetterUnderstood || isOfConcern
            || incident.hasGrown && sinceTold >= Self.updateInterval * 1000
        guard incident != before || isTold else { return nil }
        incident.sequence += 1
        if isTold { incident.tell(at: now) }
        open[before.root] = incident
        return Change(incident: incident, event: isOfConcern ? .opened : isTold ? .updated : nil)
    }
}

extension Incident {
    /// Takes in what is seen of it now.
    fileprivate mutating func take(_ trouble: Trouble) {
        cause = trouble.cause
        intervals = Set(intervals).union(trouble.intervals).sorted()
        affects = Set(affects).union(trouble.affects).sorted()
        promises += trouble.promises.filter { !promises.contains($0) }
        consumers += trouble.consumers.filter { !consumers.contains($0) }
        isExperiment = isExperiment && trouble.isExperiment
        overdue = (overdue ?? []).union(trouble.overdue)
    }
}
