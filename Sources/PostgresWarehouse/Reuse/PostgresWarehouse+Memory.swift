public import Engine
import PostgresClient
public import SuretyCore

extension PostgresWarehouse {
    /// The assets of whose whole tables something is kept that was read before an instant.
    public func remembered(readBefore instant: Instant) async throws(PortFailure) -> [AssetName] {
        try await atDesk { session throws(PortFailure) in
            try session.rows(
                """
                SELECT asset FROM surety.kept_parts WHERE (body #>> '{parts,readAt}')::timestamptz < \(instant)
                UNION SELECT asset FROM surety.kept_answers
                WHERE interval_start IS NULL AND (body #>> '{answers,readAt}')::timestamptz < \(instant)
                ORDER BY 1
                """
            ).compactMap { row in row[0].flatMap { AssetName($0) } }
        }
    }

    /// Forgets what is kept of an asset's whole table and was read before an instant.
    public func forget(_ asset: AssetName, readBefore instant: Instant) async throws(PortFailure) {
        try await atDesk { session throws(PortFailure) in
            try session.run(
                """
                DELETE FROM surety.kept_parts
                WHERE asset = \(asset) AND (body #>> '{parts,readAt}')::timestamptz < \(instant)
                """)
            try session.run(
                """
                DELETE FROM surety.kept_answers WHERE asset = \(asset) AND interval_start IS NULL
                    AND (body #>> '{answers,readAt}')::timestamptz < \(instant)
                """)
        }
    }
}
