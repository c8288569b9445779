/// One error or warning about the declarations, with its place and what to do about it.
public struct Finding: Hashable, Codable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Codable, Sendable {
        /// The declarations cannot be used.
        case error
        /// They can be used; a person should know.
        case warning
    }

    /// How bad it is.
    public let severity: Severity
    /// Where it is.
    public let location: SourceLocation
    /// What is wrong, without a final full stop.
    public let message: String
    /// What to do about it, empty when the message says it all.
    public let hint: String

    /// A finding at a place.
    public init(_ severity: Severity, at location: SourceLocation, _ message: String, hint: String = "") {
        self.severity = severity
        self.location = location
        self.message = message
        self.hint = hint
    }

    /// `file:line:column: error: what. hint`.
    public var description: String {
        "\(location): \(severity.rawValue): \(message)." + (hint.isEmpty ? "" : " \(hint)")
    }
}
