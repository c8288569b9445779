/// A constraint's expression as PostgreSQL prints it, or a condition that a person wrote, cut into tokens.
///
/// Strings are standard ones, in which a backslash is itself.
struct ConstraintTokens {
    enum Token: Hashable {
        /// A name or a keyword as it stands there, without quotes.
        case word(String)
        /// A name in quotes.
        case name(String)
        case text(String)
        case number(String)
        /// A bracket, a comma, `::` or an operator.
        case sign(String)
    }

    private let tokens: [Token]
    var place = 0

    /// Cuts a text; nil if anything in it is not known.
    init?(_ text: String) {
        var rest = Array(text)[...]
        var tokens: [Token] = []
        var depth = 0
        while let first = rest.first {
            if first == " " || first == "\n" {
                rest = rest.dropFirst()
            } else if first == "'" || first == "\"" {
                // Two texts side by side may be one, and a letter before a text gives it another meaning.
                if first == "'", tokens.last?.joinsText == true { return nil }
                guard let quoted = Self.quoted(&rest, first) else { return nil }
                tokens.append(first == "'" ? .text(quoted) : .name(quoted))
            } else if first.isWordStart {
                let word = rest.prefix { $0.isWordStart || $0.isDigit || $0 == "$" }
                rest = rest.dropFirst(word.count)
                tokens.append(.word(String(word)))
            } else if first.isDigit {
                let number = rest.prefix { $0.isDigit || $0 == "." }
                rest = rest.dropFirst(number.count)
                tokens.append(.number(String(number)))
            } else if let sign = Self.signs.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(sign.count)
                // Part of a longer operator, which is another one.
                if Self.isOperator(sign), let next = rest.first, "+-*/<>=~!@#%^&|`?".contains(next) {
                    return nil
                }
                tokens.append(.sign(sign))
                if sign == "(" { depth += 1 } else if sign == ")" { depth -= 1 }
                guard depth <= Self.deepest else { return nil }
            } else {
                return nil
            }
        }
        self.tokens = tokens
    }

    /// More brackets within brackets than any condition has that is understood, and fewer than a stack holds.
    private static let deepest = 16

    private static let signs = [
        "::", "<=", ">=", "<>", "!=", "!~~", "!~", "~~", "=", "<", ">", "~", "(", ")", "[", "]", ",",
    ]

    private static func isOperator(_ sign: String) -> Bool { "<>=!~".contains(sign.first ?? " ") }

    /// What stands in quotes, doubled ones undone; nil if it does not end.
    private static func quoted(_ rest: inout ArraySlice<Character>, _ quote: Character) -> String? {
        var text = ""
        rest = rest.dropFirst()
        while let next = rest.popFirst() {
            if next == quote {
                guard rest.first == quote else { return text }
                rest = rest.dropFirst()
            }
            text.append(next)
        }
        return nil
    }

    var next: Token? { tokens.indices.contains(place) ? tokens[place] : nil }
    var isAtEnd: Bool { place == tokens.count }

    mutating func take() -> Token? {
        guard let next else { return nil }
        place += 1
        return next
    }

    /// Takes a token if it is the next one.
    mutating func take(_ token: Token) -> Bool {
        guard next == token else { return false }
        place += 1
        return true
    }

    /// Takes a type's words; without a length, so that a cast to it cuts nothing off.
    mutating func type() -> String? {
        var words: [String] = []
        while case .word(let word)? = next, word == word.lowercased() {
            words.append(word)
            place += 1
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    mutating func take(_ sign: String) -> Bool { take(.sign(sign)) }
    mutating func take(words: String...) -> Bool {
        let before = place
        for word in words where !take(.word(word)) {
            place = before
            return false
        }
        return true
    }
}

extension ConstraintTokens.Token {
    /// Whether a text right after it may be part of the same one, or written in another way.
    fileprivate var joinsText: Bool {
        switch self {
        case .text: true
        case .word(let word): word.count == 1
        case .name, .number, .sign: false
        }
    }
}

extension Character {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isWordStart: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_"
    }
}
