/// Turns tokens into statements: where they end, what they are, and which `:name`s in them are parameters.
struct SQLSplitter {
    private var lexer: SQLLexer
    private let isCondition: Bool
    private var places: SQLPlaces
    private var brackets: [Bracket] = []
    private var openParentheses = 0
    private var draft: SQLDraft?
    private(set) var endsWithSemicolon = false

    /// A bracket that is open.
    private struct Bracket {
        enum Kind { case parenthesis, array, subscripting }
        let kind: Kind
        let byte: Int
    }

    init(_ text: String, isCondition: Bool) {
        self.lexer = SQLLexer(text)
        self.places = SQLPlaces(lexer.bytes)
        self.isCondition = isCondition
    }

    mutating func split() throws(SQLTemplateError) -> [SQLTemplate.Statement] {
        if let nul = lexer.bytes.firstIndex(of: 0) {
            throw lexer.error("SQL cannot hold a NUL character", at: nul)
        }
        var statements: [SQLTemplate.Statement] = []
        while true {
            let token = try lexer.next()
            switch token.kind {
            case .space, .comment: continue
            case .end:
                if let open = brackets.last(where: { $0.kind == .parenthesis }) {
                    throw lexer.error("the parenthesis ( is not closed", at: open.byte)
                }
                if let last = try finish() { statements.append(last) }
                return statements
            case .symbol where isSeparator(token):
                endsWithSemicolon = true
                if let statement = try finish() { statements.append(statement) }
            case .word, .number, .quoted, .dollarQuoted, .symbol, .parameter:
                endsWithSemicolon = false
                try add(token)
            }
        }
    }

    private func isSeparator(_ token: SQLLexer.Token) -> Bool {
        lexer.bytes[token.range.lowerBound] == UInt8(ascii: ";") && openParentheses == 0
            && draft?.bodyDepth ?? 0 == 0
    }

    private mutating func add(_ token: SQLLexer.Token) throws(SQLTemplateError) {
        let start = token.range.lowerBound
        var draft = self.draft ?? SQLDraft(start: start, place: places.place(start))
        // Held once only, else each change below would copy all that the statement has gathered.
        self.draft = nil
        switch token.kind {
        case .word:
            draft.add(word: lexer.string(token.range).uppercased(), depth: brackets.count)
            if !isCondition, draft.copiesThroughClient {
                throw lexer.error(
                    "COPY from or to the client cannot run here", hint: "Use `load` for files", at: start)
            }
        case .symbol: try add(symbol: lexer.bytes[start], at: start, to: draft)
        case .parameter:
            if brackets.last?.kind != .subscripting, draft.bodyDepth == 0 {
                let name = lexer.string((start + 1)..<token.range.upperBound)
                draft.add(name: name, at: token.range, place: places.place(start), lexer)
            }
        case .number:
            if lexer.bytes[start] == UInt8(ascii: "$") { draft.firstNumbered = draft.firstNumbered ?? start }
        case .quoted:
            if draft.end == start, start > 0, lexer.bytes[start - 1] == UInt8(ascii: ":"), draft.endsInColon {
                throw lexer.error(
                    "`:` before a quote is a variable of psql",
                    hint: "Write :name, it is sent as a parameter",
                    at: start - 1)
            }
        case .dollarQuoted: draft.dollarQuotes.append(token.range)
        case .space, .comment, .end: break
        }
        draft.endsInColon =
            token.kind == .symbol && token.range.count == 1 && lexer.bytes[start] == UInt8(ascii: ":")
        draft.previous =
            token.kind == .word ? draft.lastWord : lexer.bytes[start] == UInt8(ascii: ",") ? "," : ""
        if lexer.bytes[start] == UInt8(ascii: "[") { draft.previous = "[" }
        draft.end = token.range.upperBound
        self.draft = draft
    }

    private mutating func add(symbol: UInt8, at byte: Int, to draft: SQLDraft) throws(SQLTemplateError) {
        switch symbol {
        case UInt8(ascii: "("):
            brackets.append(Bracket(kind: .parenthesis, byte: byte))
            openParentheses += 1
        case UInt8(ascii: ")"):
            guard openParentheses > 0 else { throw lexer.error("the parenthesis ) closes nothing", at: byte) }
            openParentheses -= 1
            while let last = brackets.popLast(), last.kind != .parenthesis {}
        case UInt8(ascii: "["):
            let isNested = brackets.last?.kind == .array && (draft.previous == "[" || draft.previous == ",")
            let isArray = draft.previous == "ARRAY" || isNested
            brackets.append(Bracket(kind: isArray ? .array : .subscripting, byte: byte))
        case UInt8(ascii: "]"):
            if let last = brackets.last, last.kind != .parenthesis { brackets.removeLast() }
        case UInt8(ascii: "\\"):
            throw lexer.error(
                "commands of psql cannot run here", hint: "A backslash stands only inside quotes", at: byte)
        default: break
        }
    }

    private mutating func finish() throws(SQLTemplateError) -> SQLTemplate.Statement? {
        guard let draft else { return nil }
        self.draft = nil
        brackets = []
        if !isCondition, let refusal = draft.refusal {
            throw lexer.error(
                refusal, hint: "The step is one transaction, which ends when its checks have passed",
                at: draft.start)
        }
        let takesParameters = isCondition || draft.takesParameters
        if takesParameters, let numbered = draft.firstNumbered {
            throw lexer.error("numbered parameters cannot be sent", hint: "Write :name", at: numbered)
        }
        return SQLTemplate.Statement(
            text: lexer.string(draft.start..<draft.end), place: draft.place, names: draft.names,
            verb: draft.verb,
            isSelectLike: !isCondition && draft.isSelectLike, takesParameters: takesParameters,
            mentions: draft.mentions, quotedMentions: takesParameters ? [] : quotedMentions(of: draft),
            pieces: draft.pieces(lexer))
    }

    /// The `:name`s inside dollar quotes, as far as those can be read.
    private func quotedMentions(of draft: SQLDraft) -> [SQLTemplate.Mention] {
        var mentions: [SQLTemplate.Mention] = []
        var places = SQLPlaces(lexer.bytes)
        for quote in draft.dollarQuotes {
            var tag = quote.lowerBound + 1
            while lexer.bytes[tag] != UInt8(ascii: "$") { tag += 1 }
            let length = tag + 1 - quote.lowerBound
            var inner = SQLLexer(lexer, range: (quote.lowerBound + length)..<(quote.upperBound - length))
            while let token = try? inner.next(), token.kind != .end {
                guard token.kind == .parameter else { continue }
                let name = lexer.string((token.range.lowerBound + 1)..<token.range.upperBound)
                mentions.append(.init(name: name, place: places.place(token.range.lowerBound)))
            }
        }
        return mentions
    }
}

/// Finds lines and columns of bytes that are asked for in ascending order.
struct SQLPlaces {
    private let bytes: [UInt8]
    private var byte = 0
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func place(_ target: Int) -> SQLTemplate.Place {
        for character in String(decoding: bytes[byte..<max(byte, target)], as: UTF8.self) {
            offset += 1
            column = character.isNewline ? 1 : column + 1
            if character.isNewline { line += 1 }
        }
        byte = max(byte, target)
        return SQLTemplate.Place(offset: offset, line: line, column: column)
    }
}
