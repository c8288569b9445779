/// A channel, and the person on it where it reaches more than one.
public struct AlertRecipient: Hashable, Sendable {
    /// The channel.
    public let channel: ChannelID
    /// The person.
    public let person: OwnerID?

    /// Those for whose sake it is told there; none where a route names the channel itself.
    public let listeners: [OwnerID]

    /// A person on a channel, or all who listen to it.
    public init(channel: ChannelID, person: OwnerID?, listeners: [OwnerID] = []) {
        self.channel = channel
        self.person = person
        self.listeners = listeners
    }

    /// Equal when the same is reached, for whosever sake.
    public static func == (left: Self, right: Self) -> Bool {
        left.channel == right.channel && left.person == right.person
    }

    /// Hashes what is reached.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(channel)
        hasher.combine(person)
    }
}

extension [AlertRecipient] {
    /// Each recipient once, for the sake of all for whom it was named.
    fileprivate func joined() -> [AlertRecipient] {
        unique().map { recipient in
            let same = filter { $0 == recipient }
            let isDirect = same.contains(where: \.listeners.isEmpty)
            return AlertRecipient(
                channel: recipient.channel, person: recipient.person,
                listeners: isDirect ? [] : same.flatMap(\.listeners).unique())
        }
    }
}

/// Decides who hears of an alert, as the project's routes say.
public struct AlertRouting: Sendable {
    private let catalog: Catalog

    /// The routes of a project.
    public init(_ catalog: Catalog) { self.catalog = catalog }

    /// Who hears of an alert: the first route that matches and reaches somebody, and those after it while `continue` is set.
    public func recipients(of alert: Alert) -> [AlertRecipient] {
        var found: [AlertRecipient] = []
        for route in catalog.routes where matches(route, alert) {
            found += route.to.flatMap { recipients(named: $0, of: alert) }
            // A route that reaches nobody is as if it were not there.
            if !route.continues, !found.isEmpty { break }
        }
        return found.joined()
    }

    /// Those that a name in `to` stands for: a channel, a person or group, `owner`, `deputy`.
    public func recipients(named name: String, of alert: Alert) -> [AlertRecipient] {
        switch name {
        case "owner": return owner(of: alert).map(reach) ?? []
        case "deputy": return deputy(of: alert).map(reach) ?? []
        case _: return recipients(of: name)
        }
    }

    /// Those that a name stands for where there is no alert: a channel, a person or group.
    public func recipients(of name: String) -> [AlertRecipient] {
        let channel = ChannelID(rawValue: name)
        if catalog.channels[channel] != nil { return [AlertRecipient(channel: channel, person: nil)] }
        return reach(OwnerID(rawValue: name))
    }

    /// Who owns recovery: whoever the cause names, else the owner of the promise that matters most.
    public func owner(of alert: Alert) -> OwnerID? {
        alert.incident.cause.owner ?? alert.promises.first.flatMap { catalog.promises[$0.id]?.owner }
    }

    /// Until when a recipient is not to be disturbed; nil where somebody may be. Critical alerts always reach them.
    ///
    /// What is told for the sake of several people is quiet while all of them are.
    public func quietUntil(
        _ recipient: AlertRecipient, _ severity: Severity, at now: Instant
    ) -> Instant? {
        guard severity != .critical else { return nil }
        let ends = recipient.listeners.map { quietUntil($0, at: now) }
        guard !ends.isEmpty, ends.allSatisfy({ $0 != nil }) else { return nil }
        return ends.compactMap { $0 }.min()
    }

    private func quietUntil(_ person: OwnerID, at now: Instant) -> Instant? {
        guard let quiet = catalog.owners[person]?.quiet else { return nil }
        let zone = catalog.project.zone
        let civil = zone.civil(of: now)
        let isOvernight = quiet.to <= quiet.from
        let isQuiet =
            isOvernight
            ? civil.time >= quiet.from || civil.time < quiet.to
            : civil.time >= quiet.from && civil.time < quiet.to
        guard isQuiet else { return nil }
        let isTomorrow = isOvernight && civil.time >= quiet.from
        return zone.instant(of: CivilDateTime(civil.date.adding(days: isTomorrow ? 1 : 0), quiet.to))
    }

    private func deputy(of alert: Alert) -> OwnerID? {
        alert.promises.compactMap { catalog.promises[$0.id]?.deputy }.first
    }

    /// The channels on which somebody is reached; a group without channels of its own is reached through its members.
    private func reach(_ id: OwnerID) -> [AlertRecipient] {
        guard let owner = catalog.owners[id] else { return [] }
        if owner.to.isEmpty { return (owner.members ?? []).flatMap(reach) }
        return owner.to.flatMap { channel in
            isPersonal(channel)
                ? addressees(owner).map { AlertRecipient(channel: channel, person: $0, listeners: [$0]) }
                : [AlertRecipient(channel: channel, person: nil, listeners: [id])]
        }
    }

    /// Who reads a group's mail: the members with an address, unless it has one of its own.
    private func addressees(_ owner: Owner) -> [OwnerID] {
        guard owner.email == nil, let members = owner.members else { return [owner.id] }
        let found = members.compactMap { catalog.owners[$0] }.flatMap(addressees)
            .filter { catalog.owners[$0]?.email != nil }
        return found.isEmpty ? [owner.id] : found
    }

    /// Whether messages on a channel go to one person, as mail does.
    private func isPersonal(_ channel: ChannelID) -> Bool {
        if case .email? = catalog.channels[channel]?.kind { return true }
        return false
    }

    private func matches(_ route: Route, _ alert: Alert) -> Bool {
        route.when.allSatisfy { key, allowed in
            !Set(allowed).isDisjoint(with: values(of: key, alert))
        }
    }

    private func values(of key: Route.Key, _ alert: Alert) -> [String] {
        let incident = alert.incident
        switch key {
        case .severity: return [incident.severity.rawValue]
        case .kind: return [incident.root.causeClass.rawValue]
        case .tier: return alert.promises.map { String($0.tier.rawValue) }
        case .promise: return incident.promises.map(\.rawValue)
        case .asset: return [incident.root.asset.description]
        case .owner: return owner(of: alert).map { [$0.rawValue] } ?? []
        case .tag:
            return (catalog.assets[incident.root.asset]?.tags ?? [])
                + incident.promises.flatMap { catalog.promises[$0]?.tags ?? [] }
        }
    }
}
