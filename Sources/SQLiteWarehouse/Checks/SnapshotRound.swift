import CheckSQL
import Engine
import SuretyCore

/// A round of checks in the snapshot of an open transaction.
struct SnapshotRound {
    let connection: WarehouseConnection
    let round: QuestionRound
    let snapshot: SnapshotMark

    /// What the checks found out, in the order of the declaration.
    func results() throws(PortFailure) -> [CheckResult] {
        do {
            return try CheckRound(
                asset: round.asset, slice: round.slice, checks: round.checks, context: round.context,
                snapshot: snapshot.snapshot
            ).run(
                on: SnapshotSession(
                    connection, statementTimeout: round.statementTimeout, budget: round.asset.budget))
        } catch {
            if connection.watch.isCancelled {
                throw PortFailure(.cancelled, "it was cancelled", sqlState: "57014")
            }
            throw PortFailure(error)
        }
    }

    /// What the checks found out, with the columns, and with the content when that is wanted.
    func evidence() throws(PortFailure) -> Evidence {
        let table = try CatalogueQuery(connection).table(round.asset.name)
        var content = ContentMark(rows: 0, fingerprint: "")
        if let table, round.marksContent {
            content = try ContentReader(connection).content(of: round.asset, slice: round.slice, in: table)
        }
        return Evidence(
            results: try results(), snapshot: snapshot, content: content, columns: table?.columns ?? [])
    }
}
