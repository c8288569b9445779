import Engine
import PostgresClient
import SuretyCore

/// The row that one writer of an asset holds at a time.
struct Fence {
    let session: WarehouseSession
    let asset: AssetName

    /// What came of reaching for the fence.
    enum Turn {
        /// It is ours, in a transaction of this number.
        case taken(transaction: String)
        /// There is no row for the asset.
        case missing
        /// A writer that was waited for committed, so that the snapshot is too old: begin again, it costs nothing.
        case overtaken
    }

    /// Begins a transaction and takes the fence in its first statement, so that its snapshot is newer than whatever
    /// the writer before committed. Unless it was taken, nothing is begun.
    func begin(waiting patience: Period) throws(PortFailure) -> Turn {
        try session.script(
            """
            BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE;
            SET LOCAL lock_timeout = '\(patience.seconds)s';
            SET LOCAL statement_timeout = 0
            """)
        do {
            let row = try session.row(
                """
                UPDATE surety.fence SET token = token + 1 WHERE asset = \(asset)
                RETURNING pg_current_xact_id()
                """)
            if let transaction = row?[0] { return .taken(transaction: transaction) }
            session.rollBack()
            return .missing
        } catch let error where error.sqlState == "55P03" {
            throw error.saying(
                "another step has been writing \(asset) for more than \(patience)",
                hint: "It goes on; try again when it has ended.")
        } catch let error where error.sqlState == "40001" {
            session.rollBack()
            return .overtaken
        }
    }

    /// Makes the row, in a transaction of its own.
    func make() throws(PortFailure) {
        try session.run("INSERT INTO surety.fence (asset, token) VALUES (\(asset), 0) ON CONFLICT DO NOTHING")
    }
}
