extension PostgresSession {
    /// Subscribes to a channel of NOTIFY.
    public func listen(to channel: String) throws(PostgresError) {
        try execute("LISTEN \(identifier: channel)")
    }

    /// Waits at most this long for notifications; empty when there were none or the task is cancelled.
    public func notifications(waitingUpTo patience: Duration) throws(PostgresError) -> [PostgresNotification]
    {
        let deadline = ContinuousClock.now + patience
        while true {
            // Notifications can have come in with the answer to an earlier statement.
            var arrived: [PostgresNotification] = []
            while let notification = link.nextNotification() { arrived.append(notification) }
            let left = deadline - .now
            if !arrived.isEmpty || isCancelled || left <= .zero { return arrived }
            guard try link.takeIn(waitingUpTo: left) else { throw link.failure() }
        }
    }
}

/// What NOTIFY sent.
public struct PostgresNotification: Hashable, Sendable {
    /// The channel.
    public var channel: String
    /// The text that came with it, empty without one.
    public var payload: String
    /// The process that sent it.
    public var sender: Int32
}
