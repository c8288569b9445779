/// What `surety.yaml` says about the project as a whole.
public struct ProjectSettings: Hashable, Sendable {
    /// The project's name.
    public let name: String
    /// The default zone.
    public let zone: Zone
    /// Where the state is kept: `sqlite:PATH` (absolute once read) or `postgres://…`.
    public var state: Secret
    /// The warehouses; `main` is always among them.
    public var warehouses: [WarehouseID: WarehouseSettings]
    /// Escalation for all promises.
    public var escalate: [Escalation] = []
    /// Most runs at once.
    public var runLimit = 8
    /// Most steps at once.
    public var stepLimit = 16
    /// Slots of each pool.
    public var pools: [PoolID: Int] = [:]
    /// When the weekly report is mailed, and to whom.
    public var report: ReportSchedule?

    /// Settings with defaults for the rest.
    public init(name: String, zone: Zone, state: Secret, warehouses: [WarehouseID: WarehouseSettings]) {
        self.name = name
        self.zone = zone
        self.state = state
        self.warehouses = warehouses
    }

    /// The default warehouse.
    public var mainWarehouse: WarehouseSettings {
        warehouses["main"] ?? WarehouseSettings(url: Secret("sqlite:.surety/warehouse", isSecret: false))
    }
}

/// A warehouse and how it is used.
public struct WarehouseSettings: Hashable, Sendable {
    /// `postgres://…`, or `sqlite:FOLDER` (absolute once read) for the embedded one.
    public var url: Secret
    /// Most connections.
    public var connections = 4
    /// Longest statement.
    public var statementTimeout = Period(5, .minute)
    /// Longest wait for a lock.
    public var lockTimeout = Period(2, .second)
    /// The role that checks run as.
    public var checksRole: String?

    /// A warehouse at a URL.
    public init(url: Secret) { self.url = url }

    /// The connections that steps and checks have; one is kept for what is only looked up.
    public var stepConnections: Int { max(1, connections - 1) }

    /// How many assets are checked at a time: half of the connections stays for steps.
    public var checksSideBySide: Int { (stepConnections + 1) / 2 }

    /// Whether it is the embedded one.
    public var isEmbedded: Bool { url.reveal().hasPrefix("sqlite:") }
}

/// When the weekly report is mailed, and to whom.
public struct ReportSchedule: Hashable, Sendable {
    /// When.
    public let at: DeadlineRule
    /// Owners and channels.
    public let to: [String]

    /// A schedule.
    public init(at: DeadlineRule, to: [String]) {
        self.at = at
        self.to = to
    }
}
