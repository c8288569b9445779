extension PostgresSession {
    /// Sets a new session to what every session of ours is set to.
    func configure(_ settings: PostgresSettings) throws(PostgresError) {
        var wanted = [
            ("TimeZone", "UTC"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "iso_8601"),
            ("extra_float_digits", "1"), ("standard_conforming_strings", "on"), ("bytea_output", "hex"),
        ]
        wanted += [
            ("statement_timeout", settings.statementTimeout), ("lock_timeout", settings.lockTimeout),
            ("idle_in_transaction_session_timeout", settings.idleInTransactionTimeout),
        ].compactMap { name, value in value.map { (name, "\($0.wholeMilliseconds)ms") } }
        // So that the server notices a client that is gone; not every server and platform has all of them.
        let vigilance = [
            ("client_connection_check_interval", "2s"), ("tcp_keepalives_idle", "10"),
            ("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "3"), ("tcp_user_timeout", "20s"),
        ]
        do throws(PostgresError) {
            try set(wanted + vigilance)
        } catch  where !error.isConnectionLost && !error.isCancelled {
            try set(wanted)
            for setting in vigilance {
                do throws(PostgresError) {
                    try set([setting])
                } catch  where !error.isConnectionLost && !error.isCancelled {
                    continue
                }
            }
        }
    }

    /// Sets what the server knows of, for the rest of the session.
    private func set(_ settings: [(name: String, value: String)]) throws(PostgresError) {
        try execute(
            """
            SELECT pg_catalog.set_config(wanted.name, wanted.value, false)
            FROM ROWS FROM (
                pg_catalog.unnest(\(settings.map(\.name))), pg_catalog.unnest(\(settings.map(\.value)))
            ) AS wanted (name, value)
            WHERE pg_catalog.current_setting(wanted.name, true) IS NOT NULL
            """)
    }
}
