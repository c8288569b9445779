/// How an asset stands at one instant.
public struct AssetView: Hashable, Sendable {
    /// Its name.
    public var name: AssetName
    /// The kind of work that makes it.
    public var kind: StepKind
    /// Who owns recovery; nil: nobody does.
    public var owner: OwnerID?
    /// Which intervals it has, and by which column; nil: it is one whole table.
    public var interval: IntervalRule?
    /// What it is made from, in order of name.
    public var needs: [AssetName] = []
    /// The promises that are made from it, in order of id.
    public var promises: [PromiseID] = []
    /// The newest interval that has closed, as on the command line; nil for the whole table.
    public var newest: String?
    /// The certificate of that interval, or of the whole table; nil where none holds.
    public var certificate: CertificateID?
    /// When that was given.
    public var certifiedAt: Instant?
    /// The last interval up to which all that is owed is certified, as on the command line; of a whole table the instant
    /// at which it was certified.
    public var certifiedThrough: String?
    /// The end of that interval, or that instant.
    public var certifiedUntil: Instant?
    /// When its newest certificate was given, whether that holds still or not; nil: it never had one.
    public var lastCertifiedAt: Instant?
    /// What is owed, has closed and is not certified, oldest first.
    public var outstanding: [Outstanding] = []

    /// An interval that is owed and not certified.
    public struct Outstanding: Hashable, Sendable {
        /// The interval, as on the command line; nil for the whole table.
        public var interval: String?
        /// Where the newest step of it is.
        public var state: StepState

        /// An interval in a state.
        public init(interval: String?, state: StepState) {
            self.interval = interval
            self.state = state
        }
    }

    /// A view of an asset of which nothing is known yet.
    public init(of asset: Asset) {
        self.name = asset.name
        self.kind = asset.stepKind
        self.owner = asset.owner
        self.interval = asset.interval
        self.needs = Set(asset.needs.map(\.asset)).sorted()
    }
}
