import Engine
import PostgresClient

extension PortFailure {
    /// What a refusal of PostgreSQL means to a step or a question. Values of rows are left out.
    init(_ error: PostgresError) {
        self.init(
            Self.kind(of: error), Self.oneLine(Self.message(of: error)), hint: Self.hint(of: error),
            sqlState: error.sqlState, isRetryable: error.isRetryable)
    }

    /// The same failure, said and explained in other words.
    func saying(_ message: String? = nil, hint: String? = nil) -> PortFailure {
        PortFailure(
            kind, message ?? self.message, hint: hint ?? self.hint, sqlState: sqlState,
            isRetryable: isRetryable)
    }

    /// Whether the connection is gone, or was told to stop, so that nothing more can be asked.
    var isFatal: Bool { kind == .unreachable || kind == .cancelled }

    private static func kind(of error: PostgresError) -> Kind {
        if error.isCancelled { return .cancelled }
        switch (error.sqlState.prefix(2), error.sqlState) {
        case ("28", _), (_, "42501"): return .permission
        case ("57", "57014"): return error.isStatementTimeout ? .timeout : .cancelled
        case ("40", _), (_, "55P03"): return .contention
        case ("53", _): return error.isConnectionLost ? .unreachable : .exhausted
        case (_, "3D000"): return .unreachable
        default: return error.isUnreachable ? .unreachable : .refused
        }
    }

    /// libpq says some things in several lines; the first says it all.
    private static func oneLine(_ message: String) -> String {
        (message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message).replacing(
            "\t", with: " ")
    }

    /// The message; in class 22 the server quotes the value that it could not read.
    private static func message(of error: PostgresError) -> String {
        let column = error.column.map { " (column \($0))" } ?? ""
        guard error.sqlState.hasPrefix("22") else { return error.message }
        return error.message.replacing(/"(?:[^"]|"(?=\w))*"/, with: "\"…\"") + column
    }

    /// The server's hint, and its detail where that names objects and never values.
    private static func hint(of error: PostgresError) -> String {
        let namesObjects = ["42", "2B", "55", "0A"].contains(String(error.sqlState.prefix(2)))
        return [error.hint, namesObjects ? error.detail : nil].compactMap { $0 }.joined(separator: " ")
    }
}
