public import SuretyCore

/// Builds slices of assets in a warehouse, each in one transaction that is judged before it commits.
public protocol Steps: Sendable {
    /// Builds a slice, checks it, and commits or rolls back as `judge` says.
    ///
    /// The closure is pure and is called while the transaction holds its locks. One effect per slice and generation:
    /// a slice whose generation the ledger holds is adopted. A commit whose reply was lost is settled before
    /// this returns, or `unknownEnd` is thrown.
    func apply(
        _ order: StepOrder, judging judge: @escaping @Sendable (Evidence) -> Judgement
    ) async throws(PortFailure) -> StepEnd

    /// Takes a step's effect back: runs the SQL and withdraws the slice's certificate in one transaction.
    func undo(
        _ sql: String, of asset: Asset, slice: Slice, run: RunID, at now: Instant
    ) async throws(PortFailure)
}
