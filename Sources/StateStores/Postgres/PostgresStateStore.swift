public import Engine
public import PostgresClient
import SuretyCore

/// The state in schema `surety_state` of a PostgreSQL database, which several nodes may use at once.
public enum PostgresStateStore {
    /// Opens the state in a database, making the schema and its tables where they are missing, and upgrades an older one.
    ///
    /// `clockOffset` says by how many milliseconds a simulated clock differs from the real one; nil is the real clock.
    /// A state that was written by a newer program is refused and left as it is (`storeUnusable`); one whose facts were
    /// made under the other kind of clock is a `conflict`.
    public static func open(
        _ settings: PostgresSettings, clockOffset: Int64? = nil
    ) async throws(PortFailure) -> StoredState {
        let database = PostgresStateDatabase(
            pool: PostgresPool(settings, limit: 4), place: settings.description,
            clock: ClockMark(offset: clockOffset))
        try await database.prepare()
        return StoredState(database: database)
    }
}
