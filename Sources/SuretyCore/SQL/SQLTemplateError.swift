/// Why a user's SQL cannot be taken apart, or is refused before it reaches a warehouse.
public struct SQLTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without a final full stop.
    public let message: String
    /// What to do about it, empty when the message says it all.
    public let hint: String
    /// Where it is, in characters from the start of the text.
    public let offset: Int
    /// Its line, from 1.
    public let line: Int
    /// Its column, from 1, in characters.
    public let column: Int

    init(_ message: String, hint: String = "", at place: SQLTemplate.Place) {
        self.message = message
        self.hint = hint
        self.offset = place.offset
        self.line = place.line
        self.column = place.column
    }

    /// `line 3, column 7: what. hint`.
    public var description: String {
        "line \(line), column \(column): \(message)" + (hint.isEmpty ? "" : ". \(hint)")
    }
}
