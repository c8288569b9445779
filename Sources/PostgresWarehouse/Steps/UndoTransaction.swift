import Engine
import PostgresClient
import SuretyCore

/// Takes a step's effect back in one transaction, under the same fence as the step.
struct UndoTransaction {
    let session: WarehouseSession
    let asset: Asset
    let slice: Slice
    let run: RunID
    let now: Instant

    /// The longest wait for another writer of the asset.
    private static let patience = Period(60, .second)

    /// Runs the SQL, notes in the ledger's companion that the effect is gone, and withdraws the certificate.
    func run(_ sql: String) throws(PortFailure) {
        do {
            try attempt(sql)
        } catch {
            session.rollBack()
            throw error
        }
    }

    private func attempt(_ sql: String) throws(PortFailure) {
        let fence = Fence(session: session, asset: asset.name)
        try fence.make()
        var turn = try fence.begin(waiting: Self.patience)
        while case .overtaken = turn { turn = try fence.begin(waiting: Self.patience) }
        guard case .taken = turn else {
            throw PortFailure(.contention, "the fence of \(asset.name) is gone", isRetryable: true)
        }
        let parameters = StepParameters(asset, slice)
        try session.run(parameters.settings(zone: asset.interval?.cadence.zone ?? .utc, order: nil))
        let history = try SliceHistory(asset.name, slice, session: session)
        guard let entry = history.standing else {
            session.rollBack()
            if history.lastGeneration > 0 { return }
            throw PortFailure(
                .refused, "the ledger holds no effect of \(asset.name) for \(slice) that could be undone")
        }
        _ = try ScriptRunner(session: session, parameters: parameters).run(try parameters.statements(of: sql))
        try session.run("SET CONSTRAINTS ALL IMMEDIATE")
        try session.run(
            """
            INSERT INTO surety.undone (asset, interval_start, interval_end, generation, run_id, undone_at)
            VALUES (\(asset.name), \(entry.start), \(entry.end), \(entry.generation), \(run.rawValue), \(now))
            """)
        try session.run(
            """
            UPDATE surety.certificate SET withdrawn_at = \(now), withdrawn_why = \("undone by run \(run)")
            WHERE asset = \(asset.name) AND interval_start IS NOT DISTINCT FROM \(entry.start)
                AND interval_end IS NOT DISTINCT FROM \(entry.end) AND withdrawn_at IS NULL
            """)
        try CertificateTable(session).forgetContent(asset.name, slice)
        try session.countAtOnce()
        try session.commit()
        try? session.tidy()
    }
}
