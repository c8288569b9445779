/// Why a line of the check grammar, or of a grammar beside it, cannot be read.
public struct CheckSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without a final full stop.
    public let message: String
    /// What to do about it; empty when the message says it all.
    public let hint: String
    /// Where it is, in characters from the start of the text.
    public let offset: Int
    /// The part of the line around the place, and below it a caret under the place.
    public let excerpt: String
    /// What could stand at the place, as a person would write it: `` `not null` ``, `a number`.
    public let alternatives: [String]

    /// An error at a place of a text.
    public init(
        _ message: String, hint: String = "", in text: String, offset: Int, alternatives: [String] = []
    ) {
        self.message = message
        self.hint = hint
        self.offset = offset
        self.alternatives = alternatives
        self.excerpt = CheckSyntaxError.excerpt(of: text, offset: offset)
    }

    /// The message, what could stand there, and the hint, in sentences of one paragraph.
    public var description: String { ([message] + advice).joined(separator: ". ") }

    /// The sentences after the message: the hint, and what could stand at the place; empty when there is neither.
    public var advice: [String] {
        var sentences = hint.isEmpty ? [] : [hint]
        if !alternatives.isEmpty {
            sentences.append("Here could stand \(CheckSyntaxError.either(alternatives))")
        }
        return sentences
    }

    /// `a`, `a or b`, `a, b or c`.
    static func either(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func excerpt(of text: String, offset: Int) -> String {
        let reach = 60
        let index = text.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
        let before = text[..<index].reversed().prefix { !$0.isNewline }.prefix(reach + 1)
        let after = text[index...].prefix { !$0.isNewline }.prefix(reach + 1)
        let left = (before.count > reach ? "…" : "") + String(before.prefix(reach).reversed())
        let right = after.prefix(reach) + (after.count > reach ? "…" : "")
        let line = String((left + right).map { $0.isWhitespace ? " " : $0 })
        return line + "\n" + String(repeating: " ", count: left.count) + "^"
    }
}
