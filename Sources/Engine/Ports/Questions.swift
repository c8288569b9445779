public import SuretyCore

/// Asks checks about slices of assets, read-only, each round in one snapshot.
public protocol Questions: Sendable {
    /// Asks checks about one slice. A check that cannot run is an `error` result; only a lost warehouse is thrown.
    ///
    /// Results come in the order of `checks`, with one more for each further column of `missing a, b`.
    /// A table that does not exist makes every check an `error` that says so.
    func ask(_ round: QuestionRound) async throws(PortFailure) -> Evidence
    /// What the statements of a round would cost, without running them; nil where the warehouse does not tell.
    func costs(of round: QuestionRound) async throws(PortFailure) -> [StatementCost]?
    /// The assets of whose whole tables something is kept that was read before an instant; none where nothing is kept.
    func remembered(readBefore instant: Instant) async throws(PortFailure) -> [AssetName]
    /// Forgets what is kept of an asset's whole table and was read before an instant.
    func forget(_ asset: AssetName, readBefore instant: Instant) async throws(PortFailure)
}

extension Questions {
    /// The warehouse does not tell.
    public func costs(of round: QuestionRound) async throws(PortFailure) -> [StatementCost]? { nil }

    /// Nothing is kept.
    public func remembered(readBefore instant: Instant) async throws(PortFailure) -> [AssetName] { [] }

    /// Nothing is kept.
    public func forget(_ asset: AssetName, readBefore instant: Instant) async throws(PortFailure) {}
}

/// Checks to be asked about one slice in one snapshot.
public struct QuestionRound: Sendable {
    /// The asset.
    public var asset: Asset
    /// The slice.
    public var slice: Slice
    /// The checks.
    public var checks: [Check]
    /// What they must know.
    public var context: CheckContext
    /// Whether the slice's rows are counted and fingerprinted too, as a certificate needs.
    public var marksContent: Bool
    /// Whether all rows are read, whatever earlier rounds found in those that did not change, and compared with that.
    public var readsAll = false
    /// The longest that one query may take.
    public var statementTimeout: Period

    /// A round.
    public init(
        asset: Asset, slice: Slice, checks: [Check], context: CheckContext, marksContent: Bool = false,
        statementTimeout: Period = Period(5, .minute)
    ) {
        self.asset = asset
        self.slice = slice
        self.checks = checks
        self.context = context
        self.marksContent = marksContent
        self.statementTimeout = statementTimeout
    }
}
