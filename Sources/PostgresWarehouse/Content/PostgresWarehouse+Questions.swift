public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: Questions {
    /// Asks checks about one slice in one read-only snapshot.
    public func ask(_ round: QuestionRound) async throws(PortFailure) -> Evidence {
        try await onSession { session throws(PortFailure) in
            try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                transaction throws(PortFailure) in
                try transaction.settle(zone: round.asset.interval?.cadence.zone ?? round.context.zone)
                let answers = SnapshotRound(session: transaction, round: round)
                guard round.marksContent else {
                    return try answers.evidence(
                        SnapshotRound.Content(
                            table: try ContentReader(transaction).table(of: round.asset),
                            mark: ContentMark(rows: 0, fingerprint: "")))
                }
                return try answers.markedEvidence()
            }
        }
    }
}
