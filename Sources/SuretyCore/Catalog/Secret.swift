/// A text that may hold secrets: usable, but never printed, stored or logged.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    private let text: String
    /// Whether some part of the text came from the environment or a file.
    public let isSecret: Bool
    /// Environment variables that the text names, and that were not set.
    public let unset: [String]

    /// A secret or plain text; `unset` names the variables that it lacks.
    public init(_ text: String, isSecret: Bool = true, unset: [String] = []) {
        self.text = text
        self.isSecret = isSecret
        self.unset = unset
    }

    /// The text itself, for the one place that connects or sends with it.
    public func reveal() -> String { text }

    /// Stars in place of a secret, the text when nothing in it was replaced.
    public var description: String { isSecret ? "***" : text }
    /// The same as `description`: a debugger's log is a log.
    public var debugDescription: String { description }
}
