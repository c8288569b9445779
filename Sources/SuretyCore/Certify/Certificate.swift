/// The record that an asset's interval passed every stop check that was asked.
///
/// There is no public initialiser: `Certifier` is the only way to become certified. Warehouses store the record as
/// JSON and read it back.
public struct Certificate: Hashable, Codable, Sendable {
    /// Its id.
    public let id: CertificateID
    /// The asset.
    public let asset: AssetName
    /// The interval as on the command line; nil for the whole table.
    public let interval: String?
    /// The interval's first instant; nil for the whole table.
    public let start: Instant?
    /// The first instant after the interval; nil for the whole table.
    public let end: Instant?
    /// When it was given.
    public let certifiedAt: Instant
    /// The run that it was given in.
    public let run: RunID
    /// What affected the data, as a hash.
    public let definition: DefinitionHash
    /// The certificates of the inputs.
    public let inputs: [CertificateID]
    /// What every check found out; empty where only the standing of many certificates was read.
    public private(set) var results: [CheckResult]
    /// How many checks were told: failing `warn` checks, and failures that a person took as they are.
    public let warnings: Int
    /// The snapshot that was judged.
    public let snapshot: SnapshotMark
    /// The content that was judged.
    public let content: ContentMark
    /// The table's columns then, in order.
    public let columns: [ColumnInfo]
    /// The table's constraints then; nil: not looked at.
    public let constraints: [ConstraintInfo]?
    /// When and why it stopped being true.
    public private(set) var withdrawal: Withdrawal?

    /// Why a certificate stopped being true.
    public struct Withdrawal: Hashable, Codable, Sendable {
        /// When that was noticed.
        public let at: Instant
        /// Why, for people.
        public let why: String
    }

    init(
        id: CertificateID, asset: AssetName, slice: Slice, certifiedAt: Instant, run: RunID,
        definition: DefinitionHash, inputs: [CertificateID], results: [CheckResult], snapshot: SnapshotMark,
        content: ContentMark, columns: [ColumnInfo], constraints: [ConstraintInfo]? = nil
    ) {
        self.id = id
        self.asset = asset
        self.interval = slice.label
        self.start = slice.interval?.start
        self.end = slice.interval?.end
        self.certifiedAt = certifiedAt
        self.run = run
        self.definition = definition
        self.inputs = inputs
        self.results = results
        self.warnings = results.count { $0.accepted || ($0.list == .warn && $0.isUnfavourable) }
        self.snapshot = snapshot
        self.content = content
        self.columns = columns
        self.constraints = constraints
    }

    /// `raw.billing_export 2026-11-19`, or the asset's name alone.
    public var place: String { interval.map { "\(asset) \($0)" } ?? asset.description }

    /// Whether it still holds.
    public var isValid: Bool { withdrawal == nil }

    /// Whether another certificate says the same of the same rows of an interval. Of a whole table the time matters too.
    public func saysTheSame(as other: Certificate) -> Bool {
        start != nil && asset == other.asset && start == other.start && end == other.end
            && definition == other.definition && content == other.content && warnings == other.warnings
            && snapshot.system == other.snapshot.system && snapshot.relation == other.snapshot.relation
    }

    /// The same certificate, as it is read where only its standing matters.
    public var withoutResults: Certificate {
        var copy = self
        copy.results = []
        return copy
    }

    /// The same certificate, withdrawn.
    public func withdrawn(at instant: Instant, why: String) -> Certificate {
        var copy = self
        copy.withdrawal = copy.withdrawal ?? Withdrawal(at: instant, why: why)
        return copy
    }

    /// The certificate as it stood at an instant; nil before it was given.
    public func asOf(_ instant: Instant) -> Certificate? {
        guard certifiedAt <= instant else { return nil }
        var copy = self
        if let withdrawal, withdrawal.at > instant { copy.withdrawal = nil }
        return copy
    }

    /// Whether it is about this slice.
    public func covers(_ slice: Slice) -> Bool {
        slice.interval?.start == start && slice.interval?.end == end
    }
}

/// Where in the warehouse's history a snapshot was.
public struct SnapshotMark: Hashable, Codable, Sendable {
    /// The snapshot as the warehouse prints it.
    public var snapshot: String
    /// The warehouse's own identity: PostgreSQL's system identifier, the embedded warehouse's id.
    public var system: String
    /// PostgreSQL's timeline; 1 elsewhere.
    public var timeline: Int
    /// PostgreSQL's WAL position; empty elsewhere.
    public var position: String
    /// The table's identity: PostgreSQL's oid and relfilenode; empty where there is none.
    public var relation: String

    /// A mark.
    public init(
        snapshot: String, system: String, timeline: Int = 1, position: String = "", relation: String = ""
    ) {
        self.snapshot = snapshot
        self.system = system
        self.timeline = timeline
        self.position = position
        self.relation = relation
    }
}

/// What the rows of a slice were: how many, and a fingerprint that any change of them changes.
public struct ContentMark: Hashable, Codable, Sendable {
    /// Rows.
    public let rows: Int64
    /// The same for the same rows in any order.
    public let fingerprint: String

    /// A mark.
    public init(rows: Int64, fingerprint: String) {
        self.rows = rows
        self.fingerprint = fingerprint
    }
}
