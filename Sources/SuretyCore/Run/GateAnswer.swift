/// What a gate answered, and why.
public struct GateAnswer: Hashable, Codable, Sendable {
    /// Who asked.
    public var consumer: ConsumerID
    /// Whether it may refresh.
    public var isOpen: Bool
    /// The intervals asked about, as on the command line.
    public var intervals: [String]
    /// For each asset, the last interval up to which everything is certified.
    public var certifiedThrough: [String: String?]
    /// Why not.
    public var reasons: [Reason]
    /// The certificates that the answer rests on.
    public var certificates: [CertificateID]

    /// One reason for a closed gate.
    public struct Reason: Hashable, Codable, Sendable {
        /// The asset that is not certified.
        public var asset: AssetName
        /// The interval.
        public var interval: String?
        /// Why, back to the root, with the owner and the next command.
        public var why: String
        /// The cause at the root.
        public var cause: Cause?
        /// The open incident about it.
        public var incident: IncidentID?

        /// A reason.
        public init(asset: AssetName, interval: String?, why: String, cause: Cause?) {
            self.asset = asset
            self.interval = interval
            self.why = why
            self.cause = cause
        }
    }

    /// An answer.
    public init(
        consumer: ConsumerID, isOpen: Bool, intervals: [String], certifiedThrough: [String: String?],
        reasons: [Reason], certificates: [CertificateID]
    ) {
        self.consumer = consumer
        self.isOpen = isOpen
        self.intervals = intervals
        self.certifiedThrough = certifiedThrough
        self.reasons = reasons
        self.certificates = certificates
    }
}
