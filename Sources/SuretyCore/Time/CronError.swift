/// What is wrong with a cron expression, and in which of its fields.
public struct CronError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field that is wrong; nil: the expression as a whole.
    public let field: CronField?
    /// What is wrong, as a clause without a full stop.
    public let message: String
    /// What to write instead; empty when the message says it.
    public let hint: String

    /// An error in a field, or in the whole.
    public init(_ message: String, in field: CronField? = nil, hint: String = "") {
        self.field = field
        self.message = message
        self.hint = hint
    }

    /// The field, the message, and the hint if there is one.
    public var description: String {
        let place = field.map { "\($0.rawValue): " } ?? ""
        return place + (hint.isEmpty ? message : "\(message). \(hint)")
    }
}
