public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse: CertificateBook {
    /// Makes schema `surety`, or finds it made.
    public func prepare(clockOffset: Int64) async throws(PortFailure) {
        try await atDesk { session throws(PortFailure) in
            try Preparation(session: session, clockOffset: clockOffset).run()
        }
    }

    /// Every certificate of these assets, withdrawn ones included, newest last.
    public func certificates(of assets: [AssetName]) async throws(PortFailure) -> [Certificate] {
        guard !assets.isEmpty else { return [] }
        return try await atDesk { session throws(PortFailure) in
            try CertificateTable(session).certificates(of: assets)
        }
    }

    /// The numbers that checks observed when slices of an asset were certified.
    public func observations(
        of checks: [CheckID], on asset: AssetName
    ) async throws(PortFailure) -> [RecordedObservation] {
        guard !checks.isEmpty else { return [] }
        return try await atDesk { session throws(PortFailure) in
            try CertificateTable(session).observations(of: checks, on: asset)
        }
    }

    /// Notes the effect of a step that is elsewhere and is never certified.
    public func record(_ entry: LedgerEntry) async throws(PortFailure) {
        try await atDesk { session throws(PortFailure) in try CertificateTable(session).insert(entry) }
    }

    /// Records a certificate, withdrawing the valid one of its slice, with a ledger entry, in one transaction; returns
    /// the one that stands.
    public func record(
        _ certificate: Certificate, ledger: LedgerEntry?
    ) async throws(PortFailure) -> Certificate {
        try await atDesk { session throws(PortFailure) in
            var attempt = 0
            while true {
                attempt += 1
                do throws(PortFailure) {
                    return try CertificateTable(session).record(certificate, ledger)
                } catch let error where error.sqlState == "23505" {
                    // Another recorded one for the slice meanwhile; the next try finds and withdraws it.
                    guard attempt >= 10 else { continue }
                    throw PortFailure(
                        .conflict, "\(certificate.asset) has this certificate or ledger entry already",
                        sqlState: error.sqlState)
                }
            }
        }
    }

    /// Withdraws those that are still valid.
    public func withdraw(
        _ reasons: [CertificateID: String], at now: Instant
    ) async throws(PortFailure) {
        guard !reasons.isEmpty else { return }
        let ids = reasons.keys.map(\.rawValue).sorted()
        let whys = ids.map { reasons[CertificateID(rawValue: $0)] ?? "" }
        try await atDesk { session throws(PortFailure) in
            _ = try session.run(
                """
                UPDATE surety.certificate c SET withdrawn_at = \(now), withdrawn_why = w.why
                FROM unnest(\(ids)::text[], \(whys)::text[]) AS w (id, why)
                WHERE c.id = w.id AND withdrawn_at IS NULL
                """)
        }
    }

    /// The ledger of an asset, oldest first.
    public func ledger(of asset: AssetName) async throws(PortFailure) -> [LedgerEntry] {
        try await atDesk { session throws(PortFailure) in
            let rows = try session.rows(
                """
                SELECT \(unchecked: CertificateTable.ledgerColumns) FROM surety.ledger l
                WHERE l.asset = \(asset)
                ORDER BY l.applied_at, l.interval_start NULLS FIRST, l.generation
                """)
            var entries: [LedgerEntry] = []
            for row in rows { entries.append(try CertificateTable.entry(row[...])) }
            return entries
        }
    }

    /// What the rows of these slices are now, in one snapshot; those that were read before and did not change since are not
    /// read again, unless all are to be, or that was an hour ago.
    public func look(
        at asset: Asset, slices: [Slice], readsAll: Bool
    ) async throws(PortFailure) -> ContentLook {
        let memory = contents
        return try await atDesk { session throws(PortFailure) in
            let table = try ContentReader(session).outline(of: asset)
            if let table { try Guard(session).settle(asset, in: table) }
            if readsAll { memory.forget(asset.name) }
            return try ContentLooker(session: session, memory: memory)
                .look(at: asset, in: table, slices: slices)
        }
    }

    /// Takes promises that are not declared any more out of `surety.owed` and `surety.promise_status`.
    public func forget(_ promises: [PromiseID]) async throws(PortFailure) {
        let ids = promises.map(\.rawValue)
        try await atDesk { session throws(PortFailure) in
            try session.transaction { transaction throws(PortFailure) in
                try transaction.run("DELETE FROM surety.owed WHERE promise = ANY(\(ids))")
                try transaction.run("DELETE FROM surety.promise_status WHERE promise = ANY(\(ids))")
            }
        }
    }

    /// Replaces what a promise owes, and its status, in one transaction; rows that stay are not touched.
    public func publish(_ status: PromiseStatusRow, owed: [OwedRow]) async throws(PortFailure) {
        let (starts, ends) = (owed.map(\.start?.description), owed.map(\.end?.description))
        let (closings, deadlines) = (owed.map(\.closesAt.description), owed.map(\.deadline.description))
        try await atDesk { session throws(PortFailure) in
            try session.transaction { transaction throws(PortFailure) in
                try transaction.run(
                    """
                    WITH given AS MATERIALIZED (
                        SELECT DISTINCT asset, s::timestamptz AS interval_start, e::timestamptz AS interval_end,
                            c::timestamptz AS closes_at, d::timestamptz AS deadline
                        FROM unnest(\(owed.map(\.asset.description)), \(.textArray(starts)),
                            \(.textArray(ends)), \(closings), \(deadlines)) AS g (asset, s, e, c, d)),
                    gone AS (
                        DELETE FROM surety.owed o WHERE o.promise = \(status.promise.rawValue)
                        AND NOT EXISTS (
                            SELECT 1 FROM given g
                            WHERE (g.asset, g.deadline) = (o.asset, o.deadline)
                                AND g.interval_start IS NOT DISTINCT FROM o.interval_start
                                AND g.interval_end IS NOT DISTINCT FROM o.interval_end))
                    INSERT INTO surety.owed AS o (promise, asset, interval_start, interval_end, closes_at, deadline)
                    SELECT \(status.promise.rawValue), asset, interval_start, interval_end, closes_at, deadline
                    FROM given
                    ON CONFLICT (promise, asset, interval_start, interval_end, deadline)
                        DO UPDATE SET closes_at = excluded.closes_at WHERE o.closes_at <> excluded.closes_at
                    """)
                try transaction.run(
                    """
                    INSERT INTO surety.promise_status AS s (promise, owner, deadline, through, state, reason)
                    VALUES (\(status.promise.rawValue), \(status.owner.rawValue), \(status.deadline),
                        \(status.through), \(status.state), \(status.reason))
                    ON CONFLICT (promise) DO UPDATE SET owner = excluded.owner, deadline = excluded.deadline,
                        through = excluded.through, state = excluded.state, reason = excluded.reason
                    WHERE (s.owner, s.deadline, s.through, s.state, s.reason) IS DISTINCT FROM
                        (excluded.owner, excluded.deadline, excluded.through, excluded.state, excluded.reason)
                    """)
            }
        }
    }
}
