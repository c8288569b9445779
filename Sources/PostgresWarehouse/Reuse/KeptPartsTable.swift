import CheckSQL
import Engine
import Foundation
import PostgresClient
import SuretyCore

/// What is kept of the parts of tables, one row for each asset.
struct KeptPartsTable {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// Parts, and how the table was when they were as they are.
    struct Entry: Codable {
        var mark: TableMark
        var parts: KeptParts
    }

    /// What is kept of an asset; nil where nothing is, or nothing that this program reads.
    func entry(of asset: AssetName) throws(PortFailure) -> Entry? {
        let row = try session.row("SELECT body FROM surety.kept_parts WHERE asset = \(asset)")
        let entry = row?[0].flatMap { try? JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
        return entry?.parts.isWhole == true ? entry : nil
    }

    /// Keeps an entry in place of the one that is there, and forgets notes that nobody asks for any more.
    func keep(_ entry: Entry, of asset: AssetName) throws(PortFailure) {
        guard let body = try? JSONEncoder().encode(entry) else { return }
        try session.transaction { transaction throws(PortFailure) in
            try transaction.run(
                """
                INSERT INTO surety.kept_parts AS k (asset, kept_at, body)
                VALUES (\(asset), clock_timestamp(), \(.jsonb(String(decoding: body, as: UTF8.self))))
                ON CONFLICT (asset) DO UPDATE SET kept_at = excluded.kept_at, body = excluded.body
                """)
            let seconds = 2 * TableMark.secondsOfNotes
            try transaction.run(
                """
                DELETE FROM surety.change_note
                WHERE noted_at < clock_timestamp() - \(seconds) * interval '1 second'
                """)
        }
    }
}
