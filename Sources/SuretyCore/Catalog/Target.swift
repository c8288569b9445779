/// Another system that steps command.
public struct Target: Hashable, Sendable {
    /// How its endpoints are found.
    public enum Endpoints: Hashable, Sendable {
        /// Written down.
        case list([Secret])
        /// By DNS SRV records.
        case dns(String)
        /// By Consul.
        case consul(Secret, service: String)
    }

    /// How an endpoint is chosen.
    public enum Choice: String, Hashable, Codable, Sendable, CaseIterable {
        /// In turn.
        case roundRobin = "round robin"
        /// The one with the fewest jobs of ours.
        case leastBusy = "least busy"
        /// The first that is healthy.
        case firstHealthy = "first healthy"
    }

    /// How health is asked for.
    public struct Health: Hashable, Sendable {
        /// The path.
        public var get: String
        /// How often.
        public var every: Period
        /// Failures until an endpoint is down.
        public var downAfter: Int
        /// Successes until it is up again.
        public var upAfter: Int

        /// A health check.
        public init(
            get: String, every: Period = Period(10, .second), downAfter: Int = 3, upAfter: Int = 2
        ) {
            self.get = get
            self.every = every
            self.downAfter = downAfter
            self.upAfter = upAfter
        }
    }

    /// Its id.
    public let id: TargetID
    /// How its endpoints are found.
    public var at: Endpoints
    /// How health is asked for.
    public var health: Health?
    /// How an endpoint is chosen.
    public var choose: Choice
    /// Most jobs at once.
    public var atOnce: Int?
    /// Most requests a minute.
    public var perMinute: Int?
    /// The condition of the adaptive limit, as written, and the jobs at once while it holds.
    public var adapt: Adaptation?
    /// The bearer token.
    public var bearer: Secret?
    /// Whether private addresses may be called.
    public var allowPrivate: Bool

    /// A condition under which fewer jobs run at once.
    public struct Adaptation: Hashable, Sendable {
        /// The condition as written.
        public let when: String
        /// Jobs at once while it holds.
        public let atOnce: Int

        /// An adaptation.
        public init(when: String, atOnce: Int) {
            self.when = when
            self.atOnce = atOnce
        }
    }

    /// A system at its endpoints.
    public init(
        id: TargetID, at: Endpoints, health: Health? = nil, choose: Choice = .roundRobin, atOnce: Int? = nil,
        perMinute: Int? = nil, adapt: Adaptation? = nil, bearer: Secret? = nil, allowPrivate: Bool = false
    ) {
        self.id = id
        self.at = at
        self.health = health
        self.choose = choose
        self.atOnce = atOnce
        self.perMinute = perMinute
        self.adapt = adapt
        self.bearer = bearer
        self.allowPrivate = allowPrivate
    }
}
