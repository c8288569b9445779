import Engine
import SuretyCore

/// Why a command ends otherwise than done, in words.
struct CommandFailure: Error {
    let code: ExitCode
    let kind: String
    let message: String
    let hint: String
    /// What a person sees instead of the message, when there is more to see.
    let plain: String?

    init(_ code: ExitCode, kind: String, _ message: String, hint: String = "", plain: String? = nil) {
        self.code = code
        self.kind = kind
        self.message = message
        self.hint = hint
        self.plain = plain
    }

    /// What went wrong, on one line.
    var summary: String {
        plain.map { $0.split(separator: "\n").joined(separator: "; ") } ?? message
    }

    /// A port's failure, with the exit code of its kind.
    init(_ failure: PortFailure) {
        let code: ExitCode =
            switch failure.kind {
            case .unreachable: .unreachable
            case .permission: .permission
            case .storeUnusable: .store
            case .conflict, .contention: .conflict
            case .notYet: .notYet
            case .cancelled: .interrupted
            case .unknownEnd: .person
            case .refused, .timeout, .exhausted: .no
            }
        self.init(
            code, kind: failure.kind.rawValue,
            failure.message + (failure.sqlState.map { " (SQLSTATE \($0))" } ?? ""), hint: failure.hint)
    }
}

/// Runs a use case, and turns a port's failure into a command's.
func attempting<Value>(_ body: () async throws(PortFailure) -> Value) async throws(CommandFailure) -> Value {
    do {
        return try await body()
    } catch {
        throw CommandFailure(error)
    }
}
