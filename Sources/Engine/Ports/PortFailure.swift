public import SuretyCore

/// Why a port could not find out or could not do what was asked.
public struct PortFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The class of a failure; it decides the exit code and whether to try again.
    public enum Kind: String, Hashable, Codable, Sendable {
        /// The database or server cannot be reached, or the connection was lost.
        case unreachable
        /// A right is missing.
        case permission
        /// A statement was refused: syntax, a missing table, a violated constraint, a misfit.
        case refused
        /// A statement took longer than allowed.
        case timeout
        /// A lock was not given in time, or another was first.
        case contention
        /// The connection went away during COMMIT and nobody can tell yet whether it took effect.
        case unknownEnd = "unknown_end"
        /// Resources are exhausted.
        case exhausted
        /// It was cancelled.
        case cancelled
        /// The data is not there yet.
        case notYet = "not_yet"
        /// The state store is unusable or newer than this program.
        case storeUnusable = "store_unusable"
        /// Another process holds it, or the world changed.
        case conflict
    }

    /// Its class.
    public let kind: Kind
    /// What happened, for people, without secrets.
    public let message: String
    /// What to do about it; empty when nothing more is known.
    public let hint: String
    /// SQLSTATE, when a database said so.
    public let sqlState: String?
    /// Whether the same may succeed later by itself.
    public let isRetryable: Bool
    /// The asset that it is about, where it is about one.
    public var asset: AssetName?
    /// How long the other side asked to be left alone, in seconds; nil when it did not say.
    public var waitSeconds: Double?

    /// A failure.
    public init(
        _ kind: Kind, _ message: String, hint: String = "", sqlState: String? = nil, isRetryable: Bool = false
    ) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.sqlState = sqlState
        self.isRetryable = isRetryable
    }

    /// The message, the SQLSTATE and the hint.
    public var description: String {
        message + (sqlState.map { " (SQLSTATE \($0))" } ?? "") + (hint.isEmpty ? "" : ". \(hint)")
    }
}
