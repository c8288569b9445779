/// What is wrong with a written deadline, day set, interval, label or the like, and what to write instead.
public struct TimeSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as a clause without a full stop.
    public let message: String
    /// What to write instead; empty when the message says it.
    public let hint: String

    /// An error with a hint.
    public init(_ message: String, hint: String = "") {
        self.message = message
        self.hint = hint
    }

    /// The message, and the hint if there is one.
    public var description: String { hint.isEmpty ? message : "\(message). \(hint)" }
}
