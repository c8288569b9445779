/// A time in which a person does not want to hear of a promise, an asset or an incident.
public struct Silence: Hashable, Codable, Sendable {
    /// The longest that anything may be silenced, in seconds: two weeks.
    public static let longest: Int64 = 14 * 86_400

    /// Its id.
    public var id: String
    /// What it is about: a promise's id, an asset's name or an incident's id.
    public var target: String
    /// Who asked for it.
    public var by: String
    /// Why.
    public var reason: String
    /// From when on.
    public var from: Instant
    /// Until when.
    public var until: Instant

    /// A silence.
    public init(id: String, target: String, by: String, reason: String, from: Instant, until: Instant) {
        self.id = id
        self.target = target
        self.by = by
        self.reason = reason
        self.from = from
        self.until = until
    }

    /// Whether it keeps an incident quiet at an instant.
    ///
    /// An incident that concerns several promises is quiet only when all of them, or its root, are silenced.
    public static func quiet(_ incident: Incident, by silences: [Silence], at now: Instant) -> Silence? {
        let active = silences.filter { $0.from <= now && now < $0.until }
        func silence(of target: String) -> Silence? {
            active.filter { $0.target == target }.max { $0.until < $1.until }
        }
        if let own = silence(of: incident.id.rawValue) ?? silence(of: incident.root.asset.description) {
            return own
        }
        let ofPromises = incident.promises.map { silence(of: $0.rawValue) }
        guard !ofPromises.isEmpty, ofPromises.allSatisfy({ $0 != nil }) else { return nil }
        return ofPromises.compactMap { $0 }.min { $0.until < $1.until }
    }
}
