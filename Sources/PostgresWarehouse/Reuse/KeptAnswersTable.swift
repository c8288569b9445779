import CheckSQL
import Engine
import Foundation
import PostgresClient
import SuretyCore

/// What is kept of slices, one row for each slice of an asset.
struct KeptAnswersTable {
    let session: WarehouseSession

    init(_ session: WarehouseSession) { self.session = session }

    /// What a slice held, and how the table was then.
    struct Entry: Codable {
        var mark: TableMark
        /// What checks found out; nil where none were asked.
        var answers: KeptAnswers?
        /// Its rows, counted and fingerprinted, and when; nil where they were not.
        var content: Content?

        struct Content: Codable {
            /// By what rows fell into the slice.
            var rule: String
            var mark: ContentMark
            var readAt: Instant
        }
    }

    /// More is not kept of a slice, in bytes.
    private static let largest = 1 << 20
    /// What nobody believes any more is forgotten.
    private static let daysKept = 14

    /// What is kept of a slice; nil where nothing is, or nothing that this program reads.
    func entry(of asset: AssetName, _ slice: Slice) throws(PortFailure) -> Entry? {
        let row = try session.row(
            """
            SELECT body FROM surety.kept_answers
            WHERE asset = \(asset) AND interval_start IS NOT DISTINCT FROM \(slice.interval?.start)
                AND interval_end IS NOT DISTINCT FROM \(slice.interval?.end)
            """)
        return row?[0].flatMap { try? JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
    }

    /// Keeps an entry in place of the one that is there, and forgets those of long ago.
    func keep(_ entry: Entry, of asset: AssetName, _ slice: Slice) throws(PortFailure) {
        guard let body = try? JSONEncoder().encode(entry), body.count <= Self.largest else { return }
        try session.transaction { transaction throws(PortFailure) in
            try transaction.run(
                """
                INSERT INTO surety.kept_answers AS k (asset, interval_start, interval_end, kept_at, body)
                VALUES (\(asset), \(slice.interval?.start), \(slice.interval?.end), clock_timestamp(),
                    \(.jsonb(String(decoding: body, as: UTF8.self))))
                ON CONFLICT (asset, interval_start, interval_end)
                DO UPDATE SET kept_at = excluded.kept_at, body = excluded.body
                """)
            try transaction.run(
                """
                DELETE FROM surety.kept_answers
                WHERE kept_at < clock_timestamp() - \(Self.daysKept) * interval '1 day'
                """)
        }
    }
}
