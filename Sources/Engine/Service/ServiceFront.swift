public import SuretyCore

/// What a running service does for those who ask it over a wire.
public protocol ServiceFront: Sendable {
    /// The project as it is in force; declarations that are read anew replace it as a whole.
    var surroundings: Surroundings { get }
    /// How the service itself is.
    func health() async -> ServiceHealth
    /// Begins a run as soon as there is room, and says under which id.
    func begin(_ request: RunRequest) async throws(PortFailure) -> RunID
    /// Plans a backfill; executing it refuses when the plan that was looked at is not the plan any more.
    func backfill(_ request: RunRequest, plan hash: String?) async throws(PortFailure) -> RunID
    /// Ends a run that this service runs; false if it runs none with this id.
    func cancel(_ run: RunID) async -> Bool
    /// Begins nothing more; what runs goes on to its end.
    func drain() async
    /// A gate's answer; requests that arrive while one is made share it. Waits up to `waiting` for it to open.
    func gate(_ consumer: Consumer, slices: [AssetName: [Slice]]?, waiting: Period) async throws(PortFailure)
        -> GateAnswer
    /// What happens from now on, or from after an event that was seen, as far as it is still remembered.
    func events(after id: Int64?) async -> AsyncStream<NumberedEvent>
}

/// What is asked to be run.
public struct RunRequest: Hashable, Sendable {
    /// A promise's id or an asset's name.
    public var target: String
    /// The intervals as on the command line; nil: all that is owed.
    public var intervals: String?
    /// Exactly the slices of each asset, where a text cannot say which; nil: those of the intervals.
    var slices: [AssetName: [Slice]]?
    /// Whether what is certified is made anew.
    public var again = false
    /// What asks: `person`, `schedule`, `backfill`, `late_rows`.
    public var trigger = "person"
    /// Whether it makes good what was: what is due now goes before it.
    var makesGood: Bool { trigger == "backfill" || trigger == "late_rows" }

    /// A request to run a target.
    public init(_ target: String, intervals: String? = nil) {
        self.target = target
        self.intervals = intervals
    }
}

/// How a service is.
public struct ServiceHealth: Hashable, Sendable {
    /// When it started.
    public var startedAt: Instant
    /// When it last looked at deadlines and schedules; nil: not yet.
    public var tickedAt: Instant?
    /// Whether it takes work: state and warehouse were reached, and it is not draining.
    public var isReady: Bool
    /// Whether it begins nothing more.
    public var isDraining: Bool
    /// What keeps it from being ready or well; nil: nothing.
    public var problem: String?
    /// The runs that it runs.
    public var runs: [RunID]
    /// The runs that wait for their turn.
    public var waiting: [RunID]
    /// The messages that wait to be sent.
    public var backlog: Int

    /// A service's health.
    public init(
        startedAt: Instant, tickedAt: Instant?, isReady: Bool, isDraining: Bool, problem: String?,
        runs: [RunID],
        waiting: [RunID] = [], backlog: Int
    ) {
        self.startedAt = startedAt
        self.tickedAt = tickedAt
        self.isReady = isReady
        self.isDraining = isDraining
        self.problem = problem
        self.runs = runs
        self.waiting = waiting
        self.backlog = backlog
    }
}

/// Something that happened in a service, with a number that grows.
public struct NumberedEvent: Sendable {
    /// Its number.
    public let id: Int64
    /// What happened.
    public let event: ServiceEvent

    /// An event with its number.
    public init(id: Int64, event: ServiceEvent) {
        self.id = id
        self.event = event
    }
}

/// Something that happened in a service.
public enum ServiceEvent: Sendable {
    /// A run began or ended.
    case run(RunRecord)
    /// A step changed.
    case step(RunID, StepRecord)
    /// An incident changed.
    case incident(Incident)
    /// A gate's answer changed.
    case gate(GateAnswer)
    /// Declarations were read anew; why they were refused, nil if they are in force.
    case declarations(refused: String?)
}
