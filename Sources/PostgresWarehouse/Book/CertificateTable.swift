import Engine
import Foundation
import PostgresClient
import SuretyCore

/// The certificates and the ledger, as statements of whatever transaction is open.
struct CertificateTable {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// Every certificate of these assets, newest last.
    func certificates(of assets: [AssetName]) throws(PortFailure) -> [Certificate] {
        let rows = try session.rows(
            """
            SELECT body || '{"results": []}', \(unchecked: epoch("withdrawn_at")), withdrawn_why
            FROM surety.certificate
            WHERE asset = ANY(\(assets.map(\.description))) ORDER BY number
            """)
        var certificates: [Certificate] = []
        for row in rows {
            certificates.append(try Self.certificate(row[...]))
        }
        return certificates
    }

    /// The numbers that checks observed when slices of an asset were certified, of the newest 5000 results.
    func observations(of checks: [CheckID], on asset: AssetName) throws(PortFailure) -> [RecordedObservation]
    {
        let rows = try session.rows(
            """
            SELECT r.value->>'id', r.value->>'check', \(unchecked: epoch("c.interval_start")),
                \(unchecked: epoch("c.certified_at")), coalesce(r.value->>'concealed', r.value->>'observed'),
                r.value->>'observedNumber'
            FROM surety.certificate c CROSS JOIN LATERAL jsonb_array_elements(c.body->'results') AS r (value)
            WHERE c.asset = \(asset) AND r.value->>'id' = ANY(\(checks.map(\.rawValue)))
            ORDER BY c.number DESC LIMIT 5000
            """)
        return rows.compactMap { row in
            let values = Array(row)
            guard let id = values[0], let text = values[1], let at = instant(values[3]) else { return nil }
            return RecordedObservation(
                check: CheckID(rawValue: id), text: text, start: instant(values[2]), certifiedAt: at,
                observed: values[4], number: values[5].flatMap { Double($0) })
        }
    }

    /// Reads `body`, the milliseconds of `withdrawn_at` and `withdrawn_why`.
    static func certificate(_ row: ArraySlice<String?>) throws(PortFailure) -> Certificate {
        let values = Array(row)
        do {
            let certificate = try decoder.decode(Certificate.self, from: Data((values[0] ?? "").utf8))
            guard let at = instant(values[1]) else { return certificate }
            return certificate.withdrawn(at: at, why: values[2] ?? "")
        } catch {
            throw PortFailure(
                .storeUnusable, "a certificate in surety.certificate cannot be read: \(error)")
        }
    }

    /// Withdraws the valid certificate of a slice, if there is one.
    func replace(_ asset: AssetName, _ start: Instant?, _ end: Instant?, by run: RunID, at now: Instant)
        throws(PortFailure)
    {
        try session.run(
            """
            UPDATE surety.certificate SET withdrawn_at = \(now), withdrawn_why = \("replaced by run \(run)")
            WHERE asset = \(asset) AND interval_start IS NOT DISTINCT FROM \(start)
                AND interval_end IS NOT DISTINCT FROM \(end) AND withdrawn_at IS NULL
            """)
    }

    /// Records a certificate and a ledger entry in one transaction, and returns the certificate that stands.
    func record(_ certificate: Certificate, _ entry: LedgerEntry?) throws(PortFailure) -> Certificate {
        try session.transaction { transaction throws(PortFailure) in
            let table = CertificateTable(transaction)
            if entry == nil, let standing = try table.valid(like: certificate),
                standing.saysTheSame(as: certificate)
            {
                return standing
            }
            try table.replace(
                certificate.asset, certificate.start, certificate.end, by: certificate.run,
                at: certificate.certifiedAt)
            if let entry { try table.insert(entry) }
            try table.insert(certificate)
            return certificate
        }
    }

    /// The valid certificate of the same slice.
    private func valid(like certificate: Certificate) throws(PortFailure) -> Certificate? {
        let row = try session.row(
            """
            SELECT body, NULL, NULL FROM surety.certificate
            WHERE asset = \(certificate.asset) AND interval_start IS NOT DISTINCT FROM \(certificate.start)
                AND interval_end IS NOT DISTINCT FROM \(certificate.end) AND withdrawn_at IS NULL
            """)
        guard let row else { return nil }
        return try Self.certificate(row[0..<3])
    }

    /// Adds a certificate; its content is what the slice holds from now on.
    func insert(_ certificate: Certificate) throws(PortFailure) {
        let body: String
        do {
            body = String(decoding: try Self.encoder.encode(certificate), as: UTF8.self)
        } catch {
            throw PortFailure(.refused, "the certificate cannot be written: \(error)")
        }
        let (asset, start, end) = (certificate.asset, certificate.start, certificate.end)
        try session.run(
            """
            WITH content AS (
                INSERT INTO surety.certified_content (asset, interval_start, interval_end, certificate_id)
                VALUES (\(asset), \(start), \(end), \(certificate.id.rawValue))
                ON CONFLICT (asset, interval_start, interval_end)
                    DO UPDATE SET certificate_id = excluded.certificate_id)
            INSERT INTO surety.certificate (id, asset, interval_start, interval_end, certified_at, run_id,
                definition, body, withdrawn_at, withdrawn_why)
            VALUES (\(certificate.id.rawValue), \(asset), \(start), \(end), \(certificate.certifiedAt),
                \(certificate.run.rawValue), \(certificate.definition.rawValue), \(.jsonb(body)),
                \(certificate.withdrawal?.at), \(certificate.withdrawal?.why))
            """)
    }

    /// Notes that a slice's rows are no longer those that were certified.
    func forgetContent(_ asset: AssetName, _ slice: Slice) throws(PortFailure) {
        try session.run(
            """
            DELETE FROM surety.certified_content
            WHERE asset = \(asset) AND interval_start IS NOT DISTINCT FROM \(slice.interval?.start)
                AND interval_end IS NOT DISTINCT FROM \(slice.interval?.end)
            """)
    }

    /// Adds an entry to the ledger.
    func insert(_ entry: LedgerEntry) throws(PortFailure) {
        try session.run(
            """
            INSERT INTO surety.ledger (asset, interval_start, interval_end, generation, run_id, definition,
                applied_at, rows)
            VALUES (\(entry.asset), \(entry.start), \(entry.end), \(entry.generation), \(entry.run.rawValue),
                \(entry.definition.rawValue), \(entry.appliedAt), \(entry.rows))
            """)
    }

    /// The columns that `entry(_:)` reads, of an alias `l`.
    static let ledgerColumns = """
        l.asset, \(epoch("l.interval_start")), \(epoch("l.interval_end")), l.generation, l.run_id, l.definition,
        \(epoch("l.applied_at")), l.rows
        """

    /// Reads an entry of the ledger.
    static func entry(_ row: ArraySlice<String?>) throws(PortFailure) -> LedgerEntry {
        let values = Array(row)
        guard let asset = values[0].flatMap({ AssetName($0) }), let appliedAt = instant(values[6]) else {
            throw PortFailure(.storeUnusable, "a row of surety.ledger cannot be read")
        }
        return LedgerEntry(
            asset: asset, start: instant(values[1]), end: instant(values[2]),
            generation: values[3].flatMap { Int($0) } ?? 1, run: RunID(rawValue: values[4] ?? ""),
            definition: DefinitionHash(rawValue: values[5] ?? ""), appliedAt: appliedAt,
            rows: values[7].flatMap { Int64($0) } ?? 0)
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return decoder
    }
}
