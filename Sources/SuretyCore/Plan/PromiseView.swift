/// How a promise stands at one instant: a line of the promise board.
public struct PromiseView: Hashable, Sendable {
    /// A word of the board.
    public enum State: String, Hashable, Codable, Sendable, CaseIterable {
        case kept, running, waiting
        case atRisk = "at_risk"
        case blocked, late, missed, waived, unknown
    }

    /// How an occurrence ended, or stands after its deadline.
    public enum Outcome: String, Hashable, Codable, Sendable, CaseIterable {
        case kept
        case keptWithWarnings = "kept_with_warnings"
        case late, missed, waived, unknown
    }

    /// Its id.
    public var id: PromiseID
    /// The sentence that it promises.
    public var promise: String
    /// Who owns recovery.
    public var owner: OwnerID
    /// How much it matters.
    public var tier: Tier
    /// The zone in which its deadline is told.
    public var zone: Zone
    /// The deadline of the newest occurrence whose cover has closed, else the next one.
    public var deadline: Instant?
    /// Seconds until that deadline, negative after it.
    public var timeLeftSeconds: Int64?
    /// The last interval that this occurrence owes, as on the command line.
    public var through: String?
    /// Its word on the board.
    public var state: State
    /// How this occurrence ended; nil while that is open.
    public var outcome: Outcome?
    /// The last interval up to which all its assets are certified.
    public var certifiedThrough: String?
    /// Why it is not kept, at the root.
    public var cause: Cause?
    /// The deadline after this one.
    public var nextDeadline: Instant?
    /// The open incident that keeps it from being kept, the worst first; nil if there is none.
    public var incident: IncidentID?
    /// Why it is at risk: what is left to do, against the time that is left; nil where it is not.
    public var risk: Risk?
    /// The links of its chain, inputs first.
    public var chain: [Link] = []

    /// What is left to do for a promise, which may take longer than there is time.
    public struct Risk: Hashable, Sendable {
        /// How long what is left takes, in seconds.
        public var needed: Double
        /// Whether that was learned from earlier runs, rather than declared.
        public var isLearned: Bool
        /// The asset whose work takes longest; nil where that is not known.
        public var slowest: AssetName?
        /// Who owns its recovery.
        public var slowestOwner: OwnerID?

        /// A risk.
        public init(needed: Double, isLearned: Bool, slowest: AssetName? = nil, slowestOwner: OwnerID? = nil)
        {
            self.needed = needed
            self.isLearned = isLearned
            self.slowest = slowest
            self.slowestOwner = slowestOwner
        }

        /// Why, in words: `what is left takes about 25 min, and 12 min are left; slowest raw.orders (ben)`.
        public func words(secondsLeft: Double) -> String {
            let left = Int(max(0, secondsLeft) / 60)
            let needed = Int((needed / 60).rounded(.up))
            let slowest = slowest.map { "; slowest \($0)" + (slowestOwner.map { " (\($0))" } ?? "") } ?? ""
            return
                "what is left \(isLearned ? "usually takes up to" : "is expected to take") \(needed) min, and "
                + "\(left) min are left\(slowest)"
        }
    }

    /// One slice in the chain behind a promise.
    public struct Link: Hashable, Sendable {
        /// The asset.
        public var asset: AssetName
        /// The interval; nil for the whole table.
        public var interval: String?
        /// The kind of work.
        public var kind: StepKind
        /// Where it is.
        public var state: StepState
        /// Why it is not certified; empty when it is.
        public var why: String
        /// How many assets lie between it and the promise.
        public var depth: Int

        /// A link.
        public init(
            asset: AssetName, interval: String?, kind: StepKind, state: StepState, why: String, depth: Int
        ) {
            self.asset = asset
            self.interval = interval
            self.kind = kind
            self.state = state
            self.why = why
            self.depth = depth
        }
    }

    /// A view of a promise of which nothing is known yet.
    public init(of promise: Promise) {
        self.id = promise.id
        self.promise = promise.sentence
        self.owner = promise.owner
        self.tier = promise.tier
        self.zone = promise.deadline.zone
        self.state = .waiting
    }
}
