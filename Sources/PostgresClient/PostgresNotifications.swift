/// What is sent to some channels by NOTIFY, from now on, over a connection of its own.
///
/// Ends when the surrounding task is cancelled; throws when the connection is lost, and what was sent until the next
/// one listens is lost with it: look for yourself after connecting again.
public struct PostgresNotifications: AsyncSequence, Sendable {
    /// A notification.
    public typealias Element = PostgresNotification
    /// Why it cannot go on.
    public typealias Failure = PostgresError

    private let connection: PostgresConnection

    /// Connects and subscribes; everything sent after this returned is delivered.
    public init(to channels: [String], _ settings: PostgresSettings) async throws(PostgresError) {
        let connection = try await PostgresConnection.open(settings)
        try await connection.perform { (session) throws(PostgresError) in
            for channel in channels { try session.listen(to: channel) }
        }
        self.connection = connection
    }

    /// The only iterator that makes sense: two would share the notifications between them.
    public func makeAsyncIterator() -> Iterator {
        Iterator(connection: connection)
    }

    /// Hands out notifications in the order of their transactions.
    public struct Iterator: AsyncIteratorProtocol {
        let connection: PostgresConnection
        private var arrived: ArraySlice<PostgresNotification> = []

        init(connection: PostgresConnection) {
            self.connection = connection
        }

        /// The next notification; nil when the surrounding task is cancelled.
        public mutating func next() async throws(PostgresError) -> PostgresNotification? {
            while arrived.isEmpty {
                if Task.isCancelled { return nil }
                let taken = try await connection.perform { (session) throws(PostgresError) in
                    try session.notifications(waitingUpTo: .seconds(60))
                }
                arrived = taken[...]
            }
            return arrived.popFirst()
        }
    }
}
