import CheckSQL
public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: Questions {
    /// Asks checks about one slice in one read-only snapshot.
    ///
    /// A round that a session waits behind to change a table ends, and is asked again from its beginning a few times.
    public func ask(_ round: QuestionRound) async throws(PortFailure) -> Evidence {
        let spending = Spending()
        var pauses = courtesy.pauses[...]
        while true {
            if let evidence = try await evidence(of: round, spending) { return evidence }
            guard let pause = pauses.popFirst() else { return try unanswered(round) }
            do { try await courtesy.clock.sleep(for: pause) } catch {
                throw PortFailure(.cancelled, "interrupted while waiting for a change of a table")
            }
        }
    }

    /// What the statements of a round would cost, of the planner's telling; none of them runs.
    public func costs(of round: QuestionRound) async throws(PortFailure) -> [StatementCost]? {
        try await onSession { session throws(PortFailure) in
            try session.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") {
                transaction throws(PortFailure) in
                try RoundCost(session: transaction, round: round).costs()
            }
        }
    }

    /// What the round found out within what is left of its budget; nil when it made way.
    func evidence(
        of round: QuestionRound, _ spending: Spending
    ) async throws(PortFailure) -> Evidence? {
        try await watched { transaction throws(PortFailure) in
            try transaction.settle(zone: round.asset.interval?.cadence.zone ?? round.context.zone)
            let answers = SnapshotRound(session: transaction, round: round, spending: spending)
            guard round.marksContent else {
                return try answers.evidence(
                    SnapshotRound.Content(
                        table: try ContentReader(transaction).table(of: round.asset),
                        mark: ContentMark(rows: 0, fingerprint: "")))
            }
            return try answers.markedEvidence()
        }
    }

    /// Every check as an `error`; thrown where rows or columns are wanted too, so that nothing is certified on none.
    private func unanswered(_ round: QuestionRound) throws(PortFailure) -> Evidence {
        let failure = PortFailure(
            .contention,
            "made way again and again for sessions that wait to change a table it reads",
            hint: "Ask again when their changes are made.", sqlState: "55P03", isRetryable: true)
        guard !round.marksContent, !round.checks.isEmpty else { throw failure }
        let refusal = QueryFailure(sqlState: failure.sqlState, message: failure.message)
        do {
            let results = try CheckRound(
                asset: round.asset, slice: round.slice, checks: round.checks, context: round.context,
                snapshot: ""
            ).run(on: RefusingSession(failure: refusal))
            return Evidence(
                results: results, snapshot: SnapshotMark(snapshot: "", system: ""),
                content: ContentMark(rows: 0, fingerprint: ""), columns: [])
        } catch {
            throw PortFailure(error)
        }
    }
}

/// A session in which nothing can be asked, for the same reason.
private struct RefusingSession: CheckSession {
    let failure: QueryFailure

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? { throw failure }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] { throw failure }
}
