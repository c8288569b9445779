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

    /// What keeps an incident quiet at an instant, the longest of it; nil: nothing does.
    ///
    /// An incident that concerns several promises is quiet only when all of them, or its root, are silenced.
    public static func quiet(_ incident: Incident, by silences: [Silence], at now: Instant) -> Silence? {
        let active = silences.filter { $0.from <= now && now < $0.until }
        func silence(of target: String) -> Silence? {
            active.filter { $0.target == target }.max { $0.until < $1.until }
        }
        let ofPromises = incident.promises.compactMap { silence(of: $0.rawValue) }
        let ofAll =
            ofPromises.count == incident.promises.count ? ofPromises.min { $0.until < $1.until } : nil
        return [silence(of: incident.id.rawValue), silence(of: incident.root.asset.description), ofAll]
            .compactMap { $0 }.max { $0.until < $1.until }
    }
}
