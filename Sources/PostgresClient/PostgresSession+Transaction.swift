extension PostgresSession {
    /// Runs a body in a transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// When COMMIT itself throws with `isConnectionLost`, nobody knows yet whether it took effect: take
    /// `currentTransactionID()` in the body and ask `status(ofTransaction:)` on another connection.
    public func transaction<Value, Failure: Error>(
        _ begin: PostgresStatement = "BEGIN", _ body: () throws(Failure) -> Value
    ) throws -> Value {
        try execute(begin)
        let value: Value
        do {
            value = try body()
        } catch {
            if !isLost { _ = try? execute("ROLLBACK") }
            throw error
        }
        // A failed transaction answers COMMIT with ROLLBACK and no error.
        guard try query("COMMIT").command == "COMMIT" else {
            throw PostgresError(sqlState: "25P02", message: "the transaction had failed and was rolled back")
        }
        return value
    }

    /// The number of the current transaction, which makes it one that writes.
    ///
    /// Numbers are unique over the life of a cluster.
    public func currentTransactionID() throws(PostgresError) -> String {
        try query("SELECT pg_catalog.pg_current_xact_id()::text")[0].get(0)
    }

    /// What became of a transaction, asked on any connection to the same cluster.
    public func status(ofTransaction id: String) throws(PostgresError) -> PostgresTransactionFate {
        let status = try query("SELECT pg_catalog.pg_xact_status(\(PostgresValue.inferred(id))::xid8)")[0][0]
        switch status {
        case "committed": return .committed
        case "aborted": return .aborted
        case "in progress": return .inProgress
        default: return .forgotten
        }
    }
}

/// What became of a transaction.
public enum PostgresTransactionFate: Hashable, Sendable {
    /// It took effect.
    case committed
    /// It did not and never will.
    case aborted
    /// It still runs.
    case inProgress
    /// It is too old for the server to know.
    case forgotten
}
