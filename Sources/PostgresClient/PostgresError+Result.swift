extension PostgresError {
    /// The error that a result carries.
    init(_ result: ResultHandle, isConnectionLost: Bool, isCancelled: Bool) {
        let message = result.field(.message) ?? result.errorMessage.trimmingWhitespace()
        self.init(
            sqlState: result.field(.sqlState) ?? (isConnectionLost ? "08006" : "XX000"),
            message: message.isEmpty ? "PostgreSQL ended without a message" : message,
            hint: result.field(.hint),
            severity: result.field(.severity) ?? result.field(.localizedSeverity) ?? "ERROR",
            isConnectionLost: isConnectionLost)
        // The server closes the connection after these, which the client may not have seen yet.
        if severity == "FATAL" || severity == "PANIC" { self.isConnectionLost = true }
        self.isCancelled = isCancelled && sqlState == "57014"
        detail = result.field(.detail)
        schema = result.field(.schema)
        table = result.field(.table)
        column = result.field(.column)
        constraint = result.field(.constraint)
        position = result.field(.position).flatMap { Int($0) }
    }
}

extension String {
    /// The text without white space at both ends.
    func trimmingWhitespace() -> String {
        let start = drop(while: \.isWhitespace)
        let end = start.reversed().drop(while: \.isWhitespace)
        return String(end.reversed())
    }
}
