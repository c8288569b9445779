import Engine
import PostgresClient
import SuretyCore

/// What the warehouse remembers of one slice.
struct SliceHistory {
    /// The last generation made, undone ones included; 0: none.
    let lastGeneration: Int
    /// The newest entry of the ledger, unless it was undone.
    let standing: LedgerEntry?
    /// The valid certificate.
    let certificate: Certificate?

    /// Reads it in the session's transaction.
    init(_ asset: AssetName, _ slice: Slice, session: WarehouseSession) throws(PortFailure) {
        let (start, end) = (slice.interval?.start, slice.interval?.end)
        let row = try session.row(
            """
            SELECT c.body, NULL, NULL, u.generation, \(unchecked: CertificateTable.ledgerColumns)
            FROM (SELECT \(asset)::text AS asset, \(start)::timestamptz AS s, \(end)::timestamptz AS e) AS k
            LEFT JOIN LATERAL (
                SELECT * FROM surety.ledger l
                WHERE l.asset = k.asset AND l.interval_start IS NOT DISTINCT FROM k.s
                    AND l.interval_end IS NOT DISTINCT FROM k.e
                ORDER BY l.generation DESC LIMIT 1) AS l ON true
            LEFT JOIN surety.undone u ON u.asset = l.asset AND u.generation = l.generation
                AND u.interval_start IS NOT DISTINCT FROM l.interval_start
                AND u.interval_end IS NOT DISTINCT FROM l.interval_end
            LEFT JOIN surety.certificate c ON c.asset = k.asset AND c.withdrawn_at IS NULL
                AND c.interval_start IS NOT DISTINCT FROM k.s AND c.interval_end IS NOT DISTINCT FROM k.e
            """)
        guard let row else { throw PortFailure(.refused, "the warehouse does not tell its ledger") }
        certificate = row[0] == nil ? nil : try CertificateTable.certificate(row[0..<3])
        let entry = row[4] == nil ? nil : try CertificateTable.entry(row[4...])
        lastGeneration = entry?.generation ?? 0
        standing = row[3] == nil ? entry : nil
    }
}
