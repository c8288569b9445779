import CLibPQ

/// A connection as the body of `PostgresConnection.perform` sees it: synchronous, and only on that thread.
///
/// Once the surrounding task is cancelled, what runs is cancelled on the server and everything that follows is
/// refused with SQLSTATE 57014, except `ROLLBACK`.
public final class PostgresSession {
    let link: Link
    private let notices: NoticeBox
    /// How long the answer to COMMIT or ROLLBACK is waited for until the connection counts as lost: no statement timeout
    /// ends such a wait when the answer got lost on its way.
    public var endPatience = Duration.seconds(120)

    init(link: Link, notices: NoticeBox) {
        self.link = link
        self.notices = notices
    }

    /// Whether the connection is gone.
    public var isLost: Bool { link.isLost }

    /// The process that serves this connection; not stable behind a pooler in transaction mode.
    public var backendPID: Int32 { link.backendPID }

    /// The server's version as a number: 15.3 is 150003.
    public var serverVersion: Int { link.serverVersion }

    /// Where the connection stands between BEGIN and COMMIT, as the server last told.
    public var transactionStatus: PostgresTransactionStatus {
        PostgresTransactionStatus(link.transactionStatus)
    }

    /// Whether the surrounding task was cancelled.
    public var isCancelled: Bool { link.signal.isRaised }

    /// Replaces who is told the server's notices; called on this thread while a statement runs.
    public func onNotice(_ handler: @escaping @Sendable (PostgresNotice) -> Void) {
        notices.handler = handler
    }

    /// Runs one statement and returns its answer, all rows in memory.
    ///
    /// - Throws: SQLSTATE 42601 for more than one statement, 0A000 for COPY from or to the client.
    public func query(_ statement: PostgresStatement) throws(PostgresError) -> PostgresRows {
        try shielding(statement) { () throws(PostgresError) in
            try send(statement)
            return PostgresRows(result: try link.lastResult())
        }
    }

    /// Runs one statement and returns how many rows it touched.
    @discardableResult
    public func execute(_ statement: PostgresStatement) throws(PostgresError) -> Int64 {
        try query(statement).affectedRows
    }

    /// Runs one statement and hands over its rows one at a time as they arrive, holding one in memory.
    ///
    /// What the body throws ends the statement on the server, and with it the transaction that is open, and comes
    /// out unchanged. The body cannot ask for anything else on this session.
    public func stream(
        _ statement: PostgresStatement, _ body: (PostgresRow) throws -> Void
    ) throws {
        try send(statement, rowByRow: true)
        var failure: (any Error)?
        while let result = try link.nextResult() {
            switch result.status {
            case PGRES_SINGLE_TUPLE where failure == nil:
                do {
                    try body(PostgresRow(result: result, index: 0))
                } catch {
                    failure = error
                    link.requestCancel()
                }
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                failure = failure ?? PostgresError.copyNotExpected
                try link.leaveCopy(result.status)
            default:
                if result.isError { failure = failure ?? link.error(result) }
            }
        }
        if let failure { throw failure }
    }

    /// Runs a text of any number of statements by the simple protocol and returns the answer of the last.
    ///
    /// Nobody looks at the text: it may hold `COMMIT`, and outside a transaction all of it is one.
    @discardableResult
    public func script(unchecked sql: String) throws(PostgresError) -> PostgresRows {
        guard !sql.holdsNUL else { throw .refused("the script holds a NUL character") }
        try link.send { PQsendQuery($0, sql) }
        return PostgresRows(result: try link.lastResult())
    }

    /// The columns that a statement would return, without running it; empty if it returns no rows.
    public func describe(_ statement: PostgresStatement) throws(PostgresError) -> [PostgresColumn] {
        if let defect = statement.defect { throw .refused(defect) }
        let types = statement.values.map(\.type.oid)
        try link.send { PQsendPrepare($0, "", statement.sql, Int32(types.count), types) }
        _ = try link.lastResult()
        try link.send { PQsendDescribePrepared($0, "") }
        let described = try link.lastResult()
        guard described.columnCount > 0 else { return [] }
        let oids = (0..<described.columnCount).map { String(described.columnType($0).oid) }
        let modifiers = (0..<described.columnCount).map { String(described.columnModifier($0)) }
        let names = try query(
            """
            SELECT pg_catalog.format_type(described.oid, described.modifier)
            FROM ROWS FROM (
                pg_catalog.unnest(\(PostgresValue.textArray(oids))::oid[]),
                pg_catalog.unnest(\(PostgresValue.textArray(modifiers))::int4[])
            ) WITH ORDINALITY AS described (oid, modifier, place)
            ORDER BY described.place
            """)
        return names.enumerated().map { index, name in
            PostgresColumn(
                name: described.columnName(index), type: described.columnType(index),
                typeName: name[0] ?? "unknown")
        }
    }

    /// Whether the connection is still there, as far as can be told without asking the server anything.
    func isAlive() -> Bool { link.isAlive() }

    // MARK: -

    func send(_ statement: PostgresStatement, rowByRow: Bool = false) throws(PostgresError) {
        if let defect = statement.defect { throw .refused(defect) }
        let types = statement.values.map(\.type.oid)
        let values = CStrings(statement.values.map(\.text))
        try link.send { connection in
            let sent = PQsendQueryParams(
                connection, statement.sql, Int32(types.count), types, values.pointers, nil, nil, 0)
            if rowByRow && sent == 1 { PQsetSingleRowMode(connection) }
            return sent
        }
    }

    /// Lets `ROLLBACK` through a cancelled task, and waits for the end of a transaction only so long.
    private func shielding<Value>(
        _ statement: PostgresStatement, _ body: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        guard statement.isRollback || statement.isCommit else { return try body() }
        link.isShielded = statement.isRollback
        link.answerBy = .now + endPatience
        defer { (link.isShielded, link.answerBy) = (false, nil) }
        return try body()
    }
}

extension PostgresError {
    /// What the client does not send.
    static func refused(_ message: String) -> PostgresError {
        PostgresError(sqlState: "22023", message: message)
    }
}
