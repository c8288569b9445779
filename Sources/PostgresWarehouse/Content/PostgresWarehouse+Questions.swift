import CheckSQL
public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: Questions {
    /// Asks checks about one slice in one read-only snapshot.
    ///
    /// A round that a session waits behind to change a table ends, and is asked again from its beginning a few times. What
    /// is not asked while the snapshot is young enough is an error.
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
        let before = try await prepared(for: round)
        let found = try await watched { [courtesy] transaction, helpers throws(PortFailure) -> Found in
            let age = SnapshotAge(limit: courtesy.oldest)
            try transaction.settle(zone: round.asset.interval?.cadence.zone ?? round.context.zone)
            let answers = SnapshotRound(
                session: transaction, round: round, age: age, helpers: helpers, before: before,
                spending: spending)
            guard round.marksContent else {
                let evidence = try answers.evidence(
                    SnapshotRound.Content(
                        table: try ContentReader(transaction).table(of: round.asset),
                        mark: ContentMark(rows: 0, fingerprint: "")))
                return Found(evidence: evidence, kept: answers.keeper?.kept)
            }
            return Found(evidence: try answers.markedEvidence(), kept: answers.keeper?.kept)
        }
        guard let found else { return nil }
        if let kept = found.kept { await keep(kept, of: round) }
        return found.evidence
    }

    /// How the round's table is before its snapshot, its guard in place where there should be one.
    private func prepared(
        for round: QuestionRound
    ) async throws(PortFailure) -> (table: TableInfo, mark: TableMark)? {
        try await atDesk { session throws(PortFailure) in
            let table: TableInfo?
            do throws(PortFailure) { table = try ContentReader(session).outline(of: round.asset) } catch {
                guard !error.isFatal else { throw error }
                return nil
            }
            guard let table else { return nil }
            if round.marksContent { try Guard(session).settle(round.asset, in: table) }
            return try RoundKeeper.mark(of: round, in: table, session: session).map { (table, $0) }
        }
    }

    /// What cannot be kept is read again next time.
    private func keep(_ kept: RoundKeeper.Kept, of round: QuestionRound) async {
        try? await atDesk { session throws(PortFailure) in
            if let parts = kept.parts { try KeptPartsTable(session).keep(parts, of: round.asset.name) }
            if let answers = kept.answers {
                try KeptAnswersTable(session).keep(answers, of: round.asset.name, round.slice)
            }
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

/// What a round found out, and what is kept of it for the next one.
private struct Found: Sendable {
    let evidence: Evidence
    let kept: RoundKeeper.Kept?
}

/// A session in which nothing can be asked, for the same reason.
private struct RefusingSession: CheckSession {
    let failure: QueryFailure

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? { throw failure }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] { throw failure }

    func refusal(of query: CheckQuery) throws(QueryFailure) -> QueryFailure? { failure }
}
