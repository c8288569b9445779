public import SuretyCore

/// The certificates, the ledger and the tables that SQL users rely on, in the warehouse itself.
public protocol CertificateBook: Sendable {
    /// Makes the `surety` schema and its tables, views and functions where they are missing, and upgrades older ones.
    /// `clockOffset` is what `surety.now()` adds to the database's clock: zero, except under a simulated clock.
    func prepare(clockOffset: Int64) async throws(PortFailure)

    /// Every certificate of these assets, withdrawn ones included, newest last, each without its results.
    func certificates(of assets: [AssetName]) async throws(PortFailure) -> [Certificate]

    /// The numbers that some checks of an asset observed when its slices were certified, withdrawn certificates
    /// included, of the newest 5000 results.
    func observations(
        of checks: [CheckID], on asset: AssetName
    ) async throws(PortFailure) -> [RecordedObservation]

    /// Records a certificate given outside a step's transaction, such as a source's, with the ledger entry of a step
    /// whose effect is elsewhere. A valid certificate of the same slice is withdrawn as replaced, unless nothing new was
    /// made and it says the same of the same rows: then it stands.
    ///
    /// - Returns: The certificate that stands.
    func record(_ certificate: Certificate, ledger: LedgerEntry?) async throws(PortFailure) -> Certificate

    /// Notes the effect of a step that is elsewhere and is never certified.
    func record(_ entry: LedgerEntry) async throws(PortFailure)

    /// Withdraws certificates that are still valid, all of them or none, saying why of each.
    func withdraw(_ reasons: [CertificateID: String], at now: Instant) async throws(PortFailure)

    /// The ledger of an asset, oldest first.
    func ledger(of asset: AssetName) async throws(PortFailure) -> [LedgerEntry]

    /// What the rows of these slices are now: the table's identity and each slice's content.
    ///
    /// Rows that were read before and that nothing tells to have changed are not read again, unless all are to be.
    func look(at asset: Asset, slices: [Slice], readsAll: Bool) async throws(PortFailure) -> ContentLook

    /// Replaces the rows of `surety.owed` for a promise, and its row of `surety.promise_status`.
    func publish(_ status: PromiseStatusRow, owed: [OwedRow]) async throws(PortFailure)

    /// Takes promises that are not declared any more out of `surety.owed` and `surety.promise_status`.
    func forget(_ promises: [PromiseID]) async throws(PortFailure)
}

extension CertificateBook {
    /// Withdraws certificates that are still valid, saying why.
    public func withdraw(_ ids: [CertificateID], why: String, at now: Instant) async throws(PortFailure) {
        try await withdraw(Dictionary(ids.map { ($0, why) }) { $1 }, at: now)
    }

    /// What the rows of these slices are now, as far as is known without reading again what did not change.
    public func look(at asset: Asset, slices: [Slice]) async throws(PortFailure) -> ContentLook {
        try await look(at: asset, slices: slices, readsAll: false)
    }
}

/// What a look at a table found.
public struct ContentLook: Hashable, Sendable {
    /// The table's identity and where the warehouse's history is.
    public var snapshot: SnapshotMark
    /// Each slice's content; empty when the table is gone.
    public var content: [Slice: ContentMark]

    /// A look.
    public init(snapshot: SnapshotMark, content: [Slice: ContentMark]) {
        self.snapshot = snapshot
        self.content = content
    }
}

/// A row of `surety.owed`.
public struct OwedRow: Hashable, Sendable {
    /// The promise.
    public var promise: PromiseID
    /// The asset.
    public var asset: AssetName
    /// The owed interval's first instant; nil for the whole table.
    public var start: Instant?
    /// The first instant after it.
    public var end: Instant?
    /// When the occurrence's cover has closed.
    public var closesAt: Instant
    /// The occurrence's deadline.
    public var deadline: Instant

    /// A row.
    public init(
        promise: PromiseID, asset: AssetName, start: Instant?, end: Instant?, closesAt: Instant,
        deadline: Instant
    ) {
        self.promise = promise
        self.asset = asset
        self.start = start
        self.end = end
        self.closesAt = closesAt
        self.deadline = deadline
    }
}

/// A row of `surety.promise_status`.
public struct PromiseStatusRow: Hashable, Sendable {
    /// The promise.
    public var promise: PromiseID
    /// Its owner.
    public var owner: OwnerID
    /// Its next deadline, or the one it is late for.
    public var deadline: Instant?
    /// The last interval that its newest occurrence owes, as on the command line.
    public var through: String?
    /// A board word: `kept`, `waiting`, `late`, …
    public var state: String
    /// Why, empty when it is kept.
    public var reason: String

    /// A row.
    public init(
        promise: PromiseID, owner: OwnerID, deadline: Instant?, through: String?, state: String,
        reason: String
    ) {
        self.promise = promise
        self.owner = owner
        self.deadline = deadline
        self.through = through
        self.state = state
        self.reason = reason
    }
}
