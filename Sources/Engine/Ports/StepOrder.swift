public import SuretyCore

/// Everything that a warehouse needs to build one slice of an asset in one transaction.
public struct StepOrder: Sendable {
    /// The run.
    public var run: RunID
    /// The asset.
    public var asset: Asset
    /// The slice.
    public var slice: Slice
    /// What to run.
    public var work: Work
    /// How the result gets into the table.
    public var write: WriteMode
    /// What affects the asset's data, as a hash.
    public var definition: DefinitionHash
    /// The generation that this effect is: 1, or one more for each time that it is deliberately made again. An effect
    /// of this or a later generation that the ledger already holds is adopted.
    public var generation: Int
    /// Roll back in the end, whatever was judged.
    public var rehearse: Bool
    /// Replace a published view even where a column would vanish or change its type.
    public var replaceView: Bool
    /// Sources whose rows may have moved since their certificates, to be asked again inside the step's snapshot.
    public var sources: [SourceRecheck]
    /// SQL that takes an earlier effect back, first thing in the same transaction; nil where nothing needs it.
    public var undo: String?
    /// The certificates of the inputs.
    public var inputs: [CertificateID]
    /// The id that a certificate would get.
    public var certificate: CertificateID
    /// What the checks must know.
    public var context: CheckContext
    /// Whether checks run inside the transaction; if not, the step is committed unjudged and asked about afterwards.
    public var auditsBeforeCommit: Bool
    /// The longest that one statement may take.
    public var statementTimeout: Period
    /// The longest wait for a row or table lock.
    public var lockTimeout: Period
    /// The longest wait for another writer of the same asset.
    public var fenceTimeout: Period

    /// What a warehouse runs.
    public enum Work: Sendable {
        /// SQL.
        case sql(String)
        /// The first arm whose condition holds in the step's snapshot.
        case choose([Build.Choice])
        /// Rows of a file: the columns, and a reader of rows that is opened anew for each try.
        case load(columns: [String], rows: @Sendable () throws -> any RowReader)
    }

    /// An order with the usual settings.
    public init(
        run: RunID, asset: Asset, slice: Slice, work: Work, write: WriteMode, definition: DefinitionHash,
        inputs: [CertificateID], certificate: CertificateID, context: CheckContext
    ) {
        self.run = run
        self.asset = asset
        self.slice = slice
        self.work = work
        self.write = write
        self.definition = definition
        self.generation = 1
        self.rehearse = false
        self.replaceView = false
        self.sources = []
        self.undo = nil
        self.inputs = inputs
        self.certificate = certificate
        self.context = context
        self.auditsBeforeCommit = true
        self.statementTimeout = Period(5, .minute)
        self.lockTimeout = Period(2, .second)
        self.fenceTimeout = Period(60, .second)
    }

    /// The judge of this order.
    public var certifier: Certifier {
        Certifier(
            asset: asset, slice: slice, run: run, definition: definition, inputs: inputs,
            certificate: certificate)
    }
}

/// A source whose stop checks are asked again when its rows moved since it was certified.
public struct SourceRecheck: Sendable {
    /// The source.
    public var asset: Asset
    /// Its slice.
    public var slice: Slice
    /// The certificate that was given.
    public var certificate: Certificate

    /// A source and what was certified of it.
    public init(asset: Asset, slice: Slice, certificate: Certificate) {
        self.asset = asset
        self.slice = slice
        self.certificate = certificate
    }
}

/// Rows of text, one after another.
public protocol RowReader {
    /// The next row, nil after the last; NULL is nil.
    mutating func next() throws -> [String?]?
}

/// How a step ended in the warehouse.
public enum StepEnd: Hashable, Sendable {
    /// It was committed: the rows written, what the checks found out, and the certificate if one was given.
    case committed(rows: Int64, results: [CheckResult], certificate: Certificate?)
    /// The ledger held it already; the certificate is the one given then, if it is still valid.
    case adopted(LedgerEntry, certificate: Certificate?)
    /// It was judged and rolled back.
    case refused(Cause, rows: Int64, results: [CheckResult])
    /// It was rehearsed and rolled back; this is what would have happened.
    case rehearsed(Judgement, rows: Int64, results: [CheckResult])
}

/// The record of a step's effect, written in the same transaction as the effect.
public struct LedgerEntry: Hashable, Codable, Sendable {
    /// The asset.
    public var asset: AssetName
    /// The interval's first instant; nil for the whole table.
    public var start: Instant?
    /// The first instant after the interval; nil for the whole table.
    public var end: Instant?
    /// 1, and one more for each time that it was deliberately made again.
    public var generation: Int
    /// The run.
    public var run: RunID
    /// What affected the data.
    public var definition: DefinitionHash
    /// When.
    public var appliedAt: Instant
    /// Rows written.
    public var rows: Int64

    /// An entry.
    public init(
        asset: AssetName, start: Instant?, end: Instant?, generation: Int, run: RunID,
        definition: DefinitionHash, appliedAt: Instant, rows: Int64
    ) {
        self.asset = asset
        self.start = start
        self.end = end
        self.generation = generation
        self.run = run
        self.definition = definition
        self.appliedAt = appliedAt
        self.rows = rows
    }
}
