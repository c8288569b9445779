/// Why PostgreSQL could not be reached, did not do what it was asked to do, or was not asked.
///
/// The description holds no passwords and no values of rows; `detail` is what the server adds and may hold them.
public struct PostgresError: Error, Hashable, Sendable, CustomStringConvertible {
    /// SQLSTATE, five characters; the client's own refusals carry the state that the server would have used.
    public var sqlState: String
    /// The primary message, without secrets.
    public var message: String
    /// What the server adds, which may quote values of rows; nil if nothing.
    public var detail: String?
    /// What to do about it; nil if nothing is known.
    public var hint: String?
    /// `ERROR`, `FATAL` or `PANIC`, never translated.
    public var severity: String
    /// The schema that is concerned, if the server says so.
    public var schema: String?
    /// The table that is concerned, if the server says so.
    public var table: String?
    /// The column that is concerned, if the server says so.
    public var column: String?
    /// The constraint that is violated, if the server says so.
    public var constraint: String?
    /// Where in the statement's text the error is, counted in characters from 1; nil if it has no place.
    public var position: Int?
    /// Whether the connection is gone, so that nothing more can be asked on it.
    public var isConnectionLost: Bool
    /// Whether the surrounding task was cancelled and that is the reason.
    public var isCancelled: Bool

    /// An error with a message; everything that is not given is unknown.
    public init(
        sqlState: String, message: String, hint: String? = nil, severity: String = "ERROR",
        isConnectionLost: Bool = false, isCancelled: Bool = false
    ) {
        self.sqlState = sqlState
        self.message = message
        self.hint = hint
        self.severity = severity
        self.isConnectionLost = isConnectionLost
        self.isCancelled = isCancelled
    }

    /// Whether `statement_timeout` ended the statement. False on servers that speak another language than English.
    public var isStatementTimeout: Bool { sqlState == "57014" && message.contains("statement timeout") }

    /// Whether `lock_timeout` ended the wait for a lock, or `NOWAIT` found it taken.
    public var isLockTimeout: Bool { sqlState == "55P03" }

    /// Whether the server or the way to it was not there: SQLSTATE 08, 57P01 to 57P03, or a lost connection.
    public var isUnreachable: Bool {
        isConnectionLost || sqlState.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(sqlState)
    }

    /// Whether the same may succeed later by itself, judged by the class of the SQLSTATE.
    ///
    /// Lost connections, conflicts, exhausted resources, restarts and locks are; wrong passwords, missing rights,
    /// refused statements, statement timeouts and cancelled tasks are not.
    public var isRetryable: Bool {
        if isCancelled { return false }
        if isConnectionLost { return true }
        if sqlState == "57014" { return !isStatementTimeout }
        return ["08", "40", "53"].contains(String(sqlState.prefix(2)))
            || sqlState.hasPrefix("57P") || ["55P03", "25006", "58030"].contains(sqlState)
    }

    /// The message, the SQLSTATE and the hint.
    public var description: String {
        let ending = hint.map { ". \($0)" } ?? ""
        return "\(message) (SQLSTATE \(sqlState))\(ending)"
    }
}

extension PostgresError {
    /// The connection is closed, or was lost before.
    static let closed = PostgresError(
        sqlState: "08003", message: "the connection to PostgreSQL is closed", isConnectionLost: true)

    /// The surrounding task was cancelled before the statement was sent.
    static let cancelled = PostgresError(
        sqlState: "57014", message: "cancelled before the statement was sent", isCancelled: true)
}
