import Engine
import PostgresClient
import SuretyCore

/// The snapshot of an open transaction, which others can look at as long as it is open.
struct SharedSnapshot: Sendable {
    /// The name under which the server keeps it.
    private let name: String
    /// What it sees.
    private let seen: String

    /// Lets others look at the snapshot of a read-only transaction, which may wait for them so long.
    init(of session: WarehouseSession, waitingFor milliseconds: Int64) throws(PortFailure) {
        let row = try session.row(
            """
            SELECT pg_export_snapshot(), pg_current_snapshot(),
                set_config('idle_in_transaction_session_timeout', \("\(milliseconds)ms"), true)
            """)
        guard let name = row?[0], let seen = row?[1] else {
            throw PortFailure(.refused, "the warehouse does not share a snapshot")
        }
        self.name = name
        self.seen = seen
    }

    /// Lets a transaction that has asked nothing yet look at it; returns the process that serves it.
    func enter(_ session: WarehouseSession) throws(PortFailure) -> Int64? {
        try session.script("SET TRANSACTION SNAPSHOT \(literal(name))")
        let row = try session.row("SELECT pg_backend_pid(), pg_current_snapshot()")
        // Another server behind the same address may know another snapshot by that name.
        guard row?[1] == seen else { throw PortFailure(.refused, "the snapshot is another") }
        return row?[0].flatMap { Int64($0) }
    }
}
