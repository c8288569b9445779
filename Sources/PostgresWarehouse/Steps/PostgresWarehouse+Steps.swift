public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: Steps {
    /// How often a step begins again because another transaction was first, its own work having been done.
    private static let tries = 3
    /// How often it begins again because the fence was taken before its work began.
    private static let turns = 100

    /// Builds a slice, checks it, and commits or rolls back as `judge` says.
    public func apply(
        _ order: StepOrder, judging judge: @escaping @Sendable (Evidence) -> Judgement
    ) async throws(PortFailure) -> StepEnd {
        var (tries, turns) = (0, 0)
        while true {
            let end: StepTransaction.End
            do {
                end = try await onSession { session throws(PortFailure) in
                    try StepTransaction(session: session, order: order, judge: judge).run()
                }
            } catch let error where error.sqlState == "40001" {
                tries += 1
                guard tries < Self.tries else { throw error }
                continue
            }
            switch end {
            case .ended(let end): return end
            case .again:
                turns += 1
                guard turns < Self.turns else {
                    throw PortFailure(
                        .contention, "other steps have been writing \(order.asset.name) all the time",
                        isRetryable: true)
                }
            case .commitLost(let transaction, let end, let failure):
                return try await Settlement(warehouse: self).settle(transaction, order, end, failure)
            }
        }
    }

    /// Takes a step's effect back: runs the SQL and withdraws the slice's certificate in one transaction.
    ///
    /// Refused where the ledger holds no effect; nothing is done where it was undone already.
    public func undo(
        _ sql: String, of asset: Asset, slice: Slice, run: RunID, at now: Instant
    ) async throws(PortFailure) {
        try await onSession { session throws(PortFailure) in
            try UndoTransaction(session: session, asset: asset, slice: slice, run: run, now: now).run(sql)
        }
    }
}
