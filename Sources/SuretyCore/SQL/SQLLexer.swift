/// Cuts SQL into tokens, byte by byte; it knows quotes and comments, and nothing of grammar.
struct SQLLexer {
    /// What a token is.
    enum Kind: Hashable {
        case space, comment, word, number, quoted, dollarQuoted, symbol
        /// `:name`; whether it is a parameter also depends on the brackets around it.
        case parameter
        case end
    }

    /// A token and where its bytes are.
    struct Token: Hashable {
        let kind: Kind
        let range: Range<Int>
    }

    let bytes: [UInt8]
    private(set) var position: Int
    private let limit: Int

    init(_ text: String) {
        self.bytes = Array(text.utf8)
        self.position = 0
        self.limit = bytes.count
    }

    /// A lexer over a part of another one's text.
    init(_ other: SQLLexer, range: Range<Int>) {
        self.bytes = other.bytes
        self.position = range.lowerBound
        self.limit = range.upperBound
    }

    /// The next token; `end` at the end, again and again.
    mutating func next() throws(SQLTemplateError) -> Token {
        let start = position
        guard let byte = at(0) else { return Token(kind: .end, range: start..<start) }
        let kind = try read(byte)
        return Token(kind: kind, range: start..<position)
    }

    private mutating func read(_ byte: UInt8) throws(SQLTemplateError) -> Kind {
        switch byte {
        case _ where byte.isSQLSpace:
            advance(while: \.isSQLSpace)
            return .space
        case UInt8(ascii: "-") where at(1) == UInt8(ascii: "-"):
            advance { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
            return .comment
        case UInt8(ascii: "/") where at(1) == UInt8(ascii: "*"): return try blockComment()
        case UInt8(ascii: "'"): return try quoted(byte, escapes: false)
        case UInt8(ascii: "\""), UInt8(ascii: "`"): return try quoted(byte, escapes: false)
        case UInt8(ascii: "$"): return try dollar()
        case UInt8(ascii: ":"): return colon()
        case _ where byte.isSQLDigit:
            advance { $0.continuesSQLName || $0 == UInt8(ascii: ".") }
            return .number
        case _ where byte.startsSQLName: return try word()
        default:
            position += 1
            return .symbol
        }
    }

    private mutating func word() throws(SQLTemplateError) -> Kind {
        let start = position
        advance(while: \.continuesSQLName)
        guard at(0) == UInt8(ascii: "'"), position - start == 1 else { return .word }
        // Only E'…' has backslash escapes; B'…', X'…' and N'…' are quoted like plain strings.
        let isEscaping = bytes[start] | 0x20 == UInt8(ascii: "e")
        guard isEscaping else { return .word }
        return try quoted(UInt8(ascii: "'"), escapes: true)
    }

    private mutating func colon() -> Kind {
        guard let following = at(1) else {
            position += 1
            return .symbol
        }
        if following == UInt8(ascii: ":") || following == UInt8(ascii: "=") {
            position += 2
            return .symbol
        }
        position += 1
        guard following.startsSQLName else { return .symbol }
        advance { $0.continuesSQLName && $0 != UInt8(ascii: "$") }
        return .parameter
    }

    private mutating func quoted(_ quote: UInt8, escapes: Bool) throws(SQLTemplateError) -> Kind {
        let start = position
        position += 1
        while let byte = at(0) {
            if escapes, byte == UInt8(ascii: "\\") {
                position += 2
            } else if byte != quote {
                position += 1
            } else if at(1) == quote {
                position += 2
            } else {
                position += 1
                return .quoted
            }
        }
        position = limit
        throw error("the quote \(Character(Unicode.Scalar(quote))) is not closed", at: start)
    }

    private mutating func dollar() throws(SQLTemplateError) -> Kind {
        let start = position
        var end = position + 1
        if end < limit, bytes[end].isSQLDigit {
            position += 1
            advance(while: \.isSQLDigit)
            return .number
        }
        while end < limit, bytes[end].continuesSQLName, bytes[end] != UInt8(ascii: "$") { end += 1 }
        guard end < limit, bytes[end] == UInt8(ascii: "$") else {
            position = end
            return .symbol
        }
        let tag = bytes[start...end]
        var place = end + 1
        while place + tag.count <= limit {
            if bytes[place] == UInt8(ascii: "$"), bytes[place..<(place + tag.count)].elementsEqual(tag) {
                position = place + tag.count
                return .dollarQuoted
            }
            place += 1
        }
        throw error("the dollar quote \(String(decoding: tag, as: UTF8.self)) is not closed", at: start)
    }

    private mutating func blockComment() throws(SQLTemplateError) -> Kind {
        let start = position
        var depth = 0
        while let byte = at(0) {
            if byte == UInt8(ascii: "/"), at(1) == UInt8(ascii: "*") {
                depth += 1
                position += 2
            } else if byte == UInt8(ascii: "*"), at(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return .comment }
            } else {
                position += 1
            }
        }
        throw error("the comment /* is not closed", at: start)
    }

    // MARK: Bytes

    private func at(_ distance: Int) -> UInt8? {
        position + distance < limit ? bytes[position + distance] : nil
    }

    private mutating func advance(while condition: (UInt8) -> Bool) {
        while position < limit, condition(bytes[position]) { position += 1 }
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func place(_ byte: Int) -> SQLTemplate.Place {
        let before = string(0..<min(byte, bytes.count))
        let line = before.reversed().prefix { !$0.isNewline }
        let lines = before.count { $0.isNewline } + 1
        return SQLTemplate.Place(offset: before.count, line: lines, column: line.count + 1)
    }

    func error(_ message: String, hint: String = "", at byte: Int) -> SQLTemplateError {
        SQLTemplateError(message, hint: hint, at: place(byte))
    }
}

extension UInt8 {
    fileprivate var isSQLSpace: Bool { self == 32 || (9...13).contains(self) }
    fileprivate var isSQLDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var startsSQLName: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
            || self >= 0x80
    }
    fileprivate var continuesSQLName: Bool { startsSQLName || isSQLDigit || self == UInt8(ascii: "$") }
}
