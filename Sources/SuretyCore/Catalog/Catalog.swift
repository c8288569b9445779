/// Everything that a project declares, read, resolved and cross-checked.
public struct Catalog: Hashable, Sendable {
    /// What `surety.yaml` says about the project as a whole.
    public var project: ProjectSettings
    /// Calendars by id.
    public var calendars: [CalendarID: BusinessCalendar] = [:]
    /// People and groups by id.
    public var owners: [OwnerID: Owner] = [:]
    /// Alert channels by id.
    public var channels: [ChannelID: AlertChannel] = [:]
    /// Alert routes in order.
    public var routes: [Route] = []
    /// Promises by id.
    public var promises: [PromiseID: Promise] = [:]
    /// Assets by name.
    public var assets: [AssetName: Asset] = [:]
    /// Consumers by id.
    public var consumers: [ConsumerID: Consumer] = [:]
    /// Other systems by id.
    public var targets: [TargetID: Target] = [:]

    /// An empty project.
    public init(project: ProjectSettings) { self.project = project }

    /// Promises in order of id.
    public var promisesInOrder: [Promise] { promises.values.sorted { $0.id < $1.id } }
    /// Assets in order of name.
    public var assetsInOrder: [Asset] { assets.values.sorted { $0.name < $1.name } }
    /// Consumers in order of id.
    public var consumersInOrder: [Consumer] { consumers.values.sorted { $0.id < $1.id } }
}
