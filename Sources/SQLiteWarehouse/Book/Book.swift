import Engine
import SuretyCore

/// The settings, the ledger and the certificates, as statements of whatever transaction is open.
struct Book {
    let connection: WarehouseConnection

    init(_ connection: WarehouseConnection) { self.connection = connection }

    /// The condition for a slice by places 1 to 3.
    private static let ofSlice = "asset = ?1 AND interval_start IS ?2 AND interval_end IS ?3"

    private func values(_ asset: AssetName, _ start: Instant?, _ end: Instant?) -> [SQLValue] {
        [.text(asset.description), .instant(start), .instant(end)]
    }

    // MARK: - Settings

    /// Whether the tables are there.
    func isMade() throws(PortFailure) -> Bool {
        try connection.number(
            "SELECT count(*) FROM surety.sqlite_schema WHERE type = 'table' AND name = 'settings'") > 0
    }

    /// Makes the tables where they are missing; refuses those of a newer program, and those of another kind of clock.
    func make(clockOffset: Int64) throws(PortFailure) {
        if try !isMade() {
            for statement in BookTables.statements { try connection.run(statement) }
            try set("version", String(BookTables.version))
            try set("id", try connection.value("SELECT lower(hex(randomblob(8)))") ?? "")
            try set("commits", "0")
        }
        let version = try setting("version").flatMap { Int64($0) } ?? 0
        guard version <= BookTables.version else {
            throw PortFailure(
                .refused, "the warehouse was written by a newer surety (version \(version))",
                hint: "Use the newer program, or name another warehouse.")
        }
        try refuseOtherClock(clockOffset)
        if try setting("clock_offset") != String(clockOffset) { try set("clock_offset", String(clockOffset)) }
    }

    /// Marks the warehouse with the first fact; refuses facts under another kind of clock.
    func claim(clockOffset: Int64) throws(PortFailure) {
        try refuseOtherClock(clockOffset)
        if try setting("clock") == nil { try set("clock", clockOffset == 0 ? "real" : "simulated") }
    }

    private func refuseOtherClock(_ clockOffset: Int64) throws(PortFailure) {
        guard let theirs = try setting("clock"), theirs != (clockOffset == 0 ? "real" : "simulated") else {
            return
        }
        throw PortFailure(
            .conflict,
            "the warehouse holds facts made under \(theirs == "real" ? "the real" : "a simulated") clock",
            hint: clockOffset == 0
                ? "Set SURETY_CLOCK to go on with it, or name another warehouse."
                : "Unset SURETY_CLOCK, or name another warehouse for the simulated clock.")
    }

    /// A setting; nil if it was never made.
    func setting(_ name: String) throws(PortFailure) -> String? {
        try connection.value("SELECT value FROM surety.settings WHERE name = ?1", [.text(name)])
    }

    private func set(_ name: String, _ value: String) throws(PortFailure) {
        try connection.run(
            "INSERT INTO surety.settings VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [.text(name), .text(value)])
    }

    // MARK: - Snapshots

    /// The warehouse, and the number of our commits, which says where in its history this is.
    func snapshot() throws(PortFailure) -> SnapshotMark {
        SnapshotMark(snapshot: try setting("commits") ?? "0", system: try setting("id") ?? "")
    }

    /// Counts a commit.
    func countCommit() throws(PortFailure) {
        try connection.run("UPDATE surety.settings SET value = value + 1 WHERE name = 'commits'")
    }

    // MARK: - Ledger

    private static let entryColumns =
        "asset, interval_start, interval_end, generation, run_id, definition, applied_at, \"rows\""

    /// The newest entry of a slice, and whether it was undone.
    func newest(
        _ asset: AssetName, _ slice: Slice
    ) throws(PortFailure) -> (entry: LedgerEntry, isUndone: Bool)? {
        let rows = try connection.rows(
            """
            SELECT \(Book.entryColumns), EXISTS (
                SELECT 1 FROM surety.undone AS u WHERE u.asset = l.asset AND u.generation = l.generation
                    AND u.interval_start IS l.interval_start AND u.interval_end IS l.interval_end)
            FROM surety.ledger AS l WHERE \(Book.ofSlice) ORDER BY generation DESC LIMIT 1
            """, values(asset, slice.interval?.start, slice.interval?.end))
        guard let row = rows.first else { return nil }
        return (try entry(row), row.last == "1")
    }

    /// The ledger of an asset, oldest first.
    func ledger(of asset: AssetName) throws(PortFailure) -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        let rows = try connection.rows(
            "SELECT \(Book.entryColumns) FROM surety.ledger WHERE asset = ?1 ORDER BY rowid",
            [.text(asset.description)])
        for row in rows { entries.append(try entry(row)) }
        return entries
    }

    /// Adds an entry; one of the same slice and generation is a conflict.
    func insert(_ entry: LedgerEntry) throws(PortFailure) {
        do {
            try connection.run(
                "INSERT INTO surety.ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                values(entry.asset, entry.start, entry.end) + [
                    .integer(Int64(entry.generation)), .text(entry.run.rawValue),
                    .text(entry.definition.rawValue), .instant(entry.appliedAt), .integer(entry.rows),
                ])
        } catch  where error.sqlState == "23505" {
            throw PortFailure(
                .conflict, "the ledger holds generation \(entry.generation) of \(entry.asset) already")
        }
    }

    /// Notes that an effect was taken back.
    func undo(_ entry: LedgerEntry, run: RunID, at now: Instant) throws(PortFailure) {
        try connection.run(
            "INSERT INTO surety.undone VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            values(entry.asset, entry.start, entry.end) + [
                .integer(Int64(entry.generation)), .text(run.rawValue), .instant(now),
            ])
    }

    private func entry(_ row: [String?]) throws(PortFailure) -> LedgerEntry {
        guard let asset = row[0].flatMap({ AssetName($0) }), let generation = row[3].flatMap({ Int($0) }),
            let appliedAt = row[6].flatMap({ Instant(stored: $0) })
        else { throw PortFailure(.refused, "a row of surety.ledger cannot be read") }
        return LedgerEntry(
            asset: asset, start: row[1].flatMap { Instant(stored: $0) },
            end: row[2].flatMap { Instant(stored: $0) }, generation: generation,
            run: RunID(rawValue: row[4] ?? ""), definition: DefinitionHash(rawValue: row[5] ?? ""),
            appliedAt: appliedAt, rows: row[7].flatMap { Int64($0) } ?? 0)
    }

    // MARK: - Certificates

    /// Every certificate of these assets, newest last.
    func certificates(of assets: [AssetName]) throws(PortFailure) -> [Certificate] {
        guard !assets.isEmpty else { return [] }
        let places = assets.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        return try certificates(
            where: "asset IN (\(places))", assets.map { .text($0.description) }, withResults: false)
    }

    /// The valid certificate of a slice.
    func certificate(_ asset: AssetName, _ slice: Slice) throws(PortFailure) -> Certificate? {
        try certificate(asset, slice.interval?.start, slice.interval?.end)
    }

    /// The valid certificate from one instant to another; of the whole table when there are none.
    func certificate(
        _ asset: AssetName, _ start: Instant?, _ end: Instant?
    ) throws(PortFailure) -> Certificate? {
        try certificates(where: "\(Book.ofSlice) AND withdrawn_at IS NULL", values(asset, start, end)).last
    }

    private func certificates(
        where condition: String, _ values: [SQLValue], withResults: Bool = true
    ) throws(PortFailure) -> [Certificate] {
        let body = withResults ? "body" : "json_set(body, '$.results', json('[]'))"
        let rows = try connection.rows(
            """
            SELECT \(body), withdrawn_at, withdrawn_why FROM surety.certificates
            WHERE \(condition) ORDER BY number
            """, values)
        var certificates: [Certificate] = []
        for row in rows {
            var certificate = try BookJSON.certificate(row[0] ?? "")
            if let at = row[1].flatMap({ Instant(stored: $0) }) {
                certificate = certificate.withdrawn(at: at, why: row[2] ?? "")
            }
            certificates.append(certificate)
        }
        return certificates
    }

    /// The numbers that checks observed when slices of an asset were certified, of the newest 5000 results.
    func observations(of checks: [CheckID], on asset: AssetName) throws(PortFailure) -> [RecordedObservation]
    {
        let places = checks.indices.map { "?\($0 + 2)" }.joined(separator: ", ")
        let rows = try connection.rows(
            """
            SELECT json_extract(r.value, '$.id'), json_extract(r.value, '$.check'), c.interval_start,
                c.certified_at, coalesce(json_extract(r.value, '$.concealed'), json_extract(r.value, '$.observed')),
                json_extract(r.value, '$.observedNumber')
            FROM surety.certificates AS c, json_each(c.body, '$.results') AS r
            WHERE c.asset = ?1 AND json_extract(r.value, '$.id') IN (\(places))
            ORDER BY c.number DESC LIMIT 5000
            """, [.text(asset.description)] + checks.map { .text($0.rawValue) })
        return rows.compactMap { row in
            guard let id = row[0], let text = row[1], let at = row[3].flatMap({ Instant(stored: $0) }) else {
                return nil
            }
            return RecordedObservation(
                check: CheckID(rawValue: id), text: text, start: row[2].flatMap { Instant(stored: $0) },
                certifiedAt: at, observed: row[4], number: row[5].flatMap { Double($0) })
        }
    }

    /// Adds a certificate.
    func insert(_ certificate: Certificate) throws(PortFailure) {
        try connection.run(
            """
            INSERT INTO surety.certificates (asset, interval_start, interval_end, id, certified_at, run_id,
                definition, withdrawn_at, withdrawn_why, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """,
            values(certificate.asset, certificate.start, certificate.end) + [
                .text(certificate.id.rawValue), .instant(certificate.certifiedAt),
                .text(certificate.run.rawValue), .text(certificate.definition.rawValue),
                .instant(certificate.withdrawal?.at), .text(certificate.withdrawal?.why),
                .text(try BookJSON.text(certificate)),
            ])
    }

    /// Withdraws certificates that are still valid.
    func withdraw(_ reasons: [CertificateID: String], at now: Instant) throws(PortFailure) {
        for (id, why) in reasons {
            try connection.run(
                """
                UPDATE surety.certificates SET withdrawn_at = ?1, withdrawn_why = ?2
                WHERE id = ?3 AND withdrawn_at IS NULL
                """, [.instant(now), .text(why), .text(id.rawValue)])
        }
    }

    /// Withdraws the valid certificate of a slice, if there is one.
    func withdraw(
        _ asset: AssetName, _ start: Instant?, _ end: Instant?, why: String, at now: Instant
    ) throws(PortFailure) {
        try connection.run(
            """
            UPDATE surety.certificates SET withdrawn_at = ?4, withdrawn_why = ?5
            WHERE \(Book.ofSlice) AND withdrawn_at IS NULL
            """, values(asset, start, end) + [.instant(now), .text(why)])
    }
}
