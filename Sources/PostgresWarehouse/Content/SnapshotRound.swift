import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// A round of checks in the snapshot of an open transaction.
struct SnapshotRound {
    let session: WarehouseSession
    let round: QuestionRound
    /// What the round has taken of its budget.
    let spending: Spending
    /// How old the snapshot may become; nil inside a step.
    let age: SnapshotAge?
    /// Who helps with it; nil inside a step.
    let helpers: Helpers?
    /// What is kept of the round's table between rounds; nil where all rows are read.
    let keeper: RoundKeeper?

    /// A round in which nothing is recalled and nothing kept.
    init(session: WarehouseSession, round: QuestionRound) {
        self.init(session: session, round: round, age: nil, helpers: nil, spending: Spending(), keeper: nil)
    }

    /// A round inside a step, which only recalls what is known of a table.
    init(session: WarehouseSession, round: QuestionRound, recallingOf table: TableInfo) {
        let questions = SnapshotSession(session, zone: .utc, statementTimeout: round.statementTimeout)
        self.init(
            session: session, round: round, age: nil, helpers: nil, spending: Spending(),
            keeper: RoundKeeper(round, in: table, before: nil, asking: questions))
    }

    /// A round in a snapshot of its own.
    ///
    /// - Parameter before: The table and how it was before the snapshot; nil where nothing is recalled and nothing kept.
    init(
        session: WarehouseSession, round: QuestionRound, age: SnapshotAge, helpers: Helpers,
        before: (table: TableInfo, mark: TableMark)?, spending: Spending
    ) {
        let questions = SnapshotSession(
            session, zone: .utc, statementTimeout: round.statementTimeout, age: age)
        self.init(
            session: session, round: round, age: age, helpers: helpers, spending: spending,
            keeper: before.map { RoundKeeper(round, in: $0.table, before: $0.mark, asking: questions) })
    }

    private init(
        session: WarehouseSession, round: QuestionRound, age: SnapshotAge?, helpers: Helpers?,
        spending: Spending, keeper: RoundKeeper?
    ) {
        self.session = session
        self.round = round
        self.age = age
        self.helpers = helpers
        self.spending = spending
        self.keeper = keeper
    }

    /// What a slice holds, with the table that it was looked for in.
    struct Content {
        let table: TableInfo?
        let mark: ContentMark
    }

    /// The slice's rows, counted and fingerprinted, or as they were where they did not change; empty when there is no
    /// table.
    func content() throws(PortFailure) -> Content {
        let questions = SnapshotSession(
            session, zone: .utc, statementTimeout: round.statementTimeout, age: age)
        return try questions.guarded { () throws(PortFailure) in
            try session.settle(zone: .utc)
            let reader = ContentReader(session)
            guard let table = try reader.table(of: round.asset) else {
                return Content(table: nil, mark: ContentMark(rows: 0, fingerprint: ""))
            }
            if let known = try knownContent() { return Content(table: table, mark: known) }
            let marks = try reader.content(of: round.asset, in: table, slices: [round.slice])
            let mark = marks[round.slice] ?? ContentMark(rows: 0, fingerprint: "")
            keeper?.keep(mark)
            return Content(table: table, mark: mark)
        }
    }

    private func knownContent() throws(PortFailure) -> ContentMark? {
        do { return try keeper?.recallContent() } catch { throw PortFailure(error) }
    }

    /// What the checks found out, with a content that is known already.
    func evidence(_ content: Content) throws(PortFailure) -> Evidence {
        let snapshot = try ContentReader(session).snapshot(of: content.table?.name)
        return Evidence(
            results: try results(snapshot: snapshot.snapshot, in: content.table), snapshot: snapshot,
            content: content.mark, columns: content.table?.columns ?? [],
            constraints: content.table?.constraints)
    }

    /// What the checks found out, and the content. Where the rows cannot be counted and a check says so, that is told
    /// by the check.
    func markedEvidence() throws(PortFailure) -> Evidence {
        let content: Content
        do {
            content = try self.content()
        } catch let error where !error.isFatal {
            let table = try ContentReader(session).table(of: round.asset)
            let evidence = try evidence(Content(table: table, mark: ContentMark(rows: 0, fingerprint: "")))
            guard evidence.results.contains(where: { $0.verdict == .error }) else { throw error }
            return evidence
        }
        return try evidence(content)
    }

    /// What the checks found out about the rows of the asset, or of the table that holds them.
    func results(snapshot: String, in table: TableInfo?) throws(PortFailure) -> [CheckResult] {
        var asset = round.asset
        asset.name = table?.name ?? asset.name
        try recall(in: table)
        let began = ContinuousClock.now
        defer { spending.add(milliseconds: began.elapsedMilliseconds) }
        var results: [CheckResult]
        do {
            results = try CheckRound(
                asset: asset, slice: round.slice, checks: round.checks, context: round.context,
                snapshot: snapshot
            ).run(
                on: SnapshotSession(
                    session, zone: round.asset.interval?.cadence.zone ?? round.context.zone,
                    statementTimeout: round.statementTimeout, known: table,
                    budget: round.asset.budget.map {
                        CheckBudget($0, of: round.asset.name, spent: spending.milliseconds)
                    }, age: age, helpers: helpers, keeper: keeper))
        } catch {
            throw PortFailure(error)
        }
        for index in results.indices { results[index].asset = round.asset.name }
        return results
    }

    /// Lets the first round within a budget know how long earlier ones took, as certificates tell it.
    private func recall(in table: TableInfo?) throws(PortFailure) {
        guard round.asset.budget != nil, session.pace.beginsToKnow(round.asset.name) else { return }
        let known = RoundCost(session: session, round: round)
        do throws(PortFailure) {
            guard let past = try known.pastMilliseconds() else { return }
            let cost = try known.statements(in: table).reduce(0) { $0 + $1.plan.cost }
            session.pace.learn(round.asset.name, cost: cost, milliseconds: past)
        } catch  where !error.isFatal {
            // What is not known is measured.
            return
        }
    }
}
