import CheckSQL
import Engine
import GRDB
import GRDBSQLite

extension PortFailure {
    /// What a refusal of SQLite means to a step or a question.
    init(sqlite code: Int32, _ message: String, stop: Watch.Stop?) {
        switch (code & 0xff, stop) {
        case (SQLITE_INTERRUPT, .cancelled), (SQLITE_BUSY, .cancelled):
            self.init(.cancelled, "it was cancelled", sqlState: "57014")
        case (SQLITE_INTERRUPT, _):
            self.init(.timeout, "the statement took longer than it may", sqlState: "57014")
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _):
            self.init(
                .contention, "the warehouse is locked by another process", hint: "Try again.",
                sqlState: "55P03", isRetryable: true)
        case (SQLITE_FULL, _):
            self.init(
                .exhausted, "there is no room to write the warehouse", hint: "Free some disk space.",
                sqlState: "53100", isRetryable: true)
        case (SQLITE_NOMEM, _):
            self.init(.exhausted, "there is no memory left", sqlState: "53200", isRetryable: true)
        case (SQLITE_NOTADB, _), (SQLITE_CORRUPT, _):
            self.init(
                .refused, "a file of the warehouse is damaged or no database: \(message)",
                hint: "Restore it from a copy, or move it out of the warehouse's folder.", sqlState: "XX001")
        case (SQLITE_READONLY, _), (SQLITE_PERM, _), (SQLITE_AUTH, _):
            self.init(
                .permission, "the warehouse may not be written: \(message)",
                hint: "May this user write the folder and its files?", sqlState: "42501")
        case (SQLITE_CANTOPEN, _), (SQLITE_IOERR, _):
            self.init(
                .unreachable, "the warehouse's files cannot be reached: \(message)",
                hint: "Is the folder there, and may it be read and written?", sqlState: "58030",
                isRetryable: code & 0xff == SQLITE_IOERR)
        default:
            self.init(.refused, message, sqlState: Self.state(of: code, message))
        }
    }

    /// The SQLSTATE under which PostgreSQL files the same refusal; nil where it has none.
    private static func state(of code: Int32, _ message: String) -> String? {
        if code & 0xff == SQLITE_CONSTRAINT {
            switch ResultCode(rawValue: code) {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
                return "23505"
            case .SQLITE_CONSTRAINT_NOTNULL: return "23502"
            case .SQLITE_CONSTRAINT_CHECK: return "23514"
            case .SQLITE_CONSTRAINT_FOREIGNKEY: return "23503"
            default: return "23000"
            }
        }
        let marks = [
            ("no such table", "42P01"), ("no such column", "42703"), ("no such function", "42883"),
            ("syntax error", "42601"), ("incomplete input", "42601"), ("ambiguous column", "42702"),
            ("wrong number of arguments", "42883"), ("already exists", "42P07"),
        ]
        return marks.first { message.contains($0.0) }?.1
    }

    /// Whether nothing more can be asked.
    var isFatal: Bool {
        switch kind {
        case .unreachable, .cancelled, .contention, .exhausted: true
        case .permission, .refused, .timeout, .unknownEnd, .notYet, .storeUnusable, .conflict: false
        }
    }

    /// The failure of a round of checks that could not go on.
    init(_ failure: QueryFailure) {
        switch failure.sqlState {
        case "57014": self.init(.cancelled, failure.message, sqlState: failure.sqlState)
        case "55P03":
            self.init(.contention, failure.message, sqlState: failure.sqlState, isRetryable: true)
        case "53100", "53200":
            self.init(.exhausted, failure.message, sqlState: failure.sqlState, isRetryable: true)
        default: self.init(.unreachable, failure.message, sqlState: failure.sqlState)
        }
    }
}

extension QueryFailure {
    /// The same for a check.
    init(_ failure: PortFailure) {
        self.init(
            sqlState: failure.sqlState,
            message: failure.message + (failure.hint.isEmpty ? "" : ". \(failure.hint)"),
            isFatal: failure.isFatal)
    }
}
