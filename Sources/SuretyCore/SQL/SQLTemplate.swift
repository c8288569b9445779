/// A user's SQL, taken apart into statements and `:name` parameters, for PostgreSQL and SQLite alike.
///
/// Strings, quoted names, dollar quotes, comments, `::casts`, `:=`, array slices and `BEGIN ATOMIC` bodies are left
/// as they are. Takes time in proportion to the length of the text.
public struct SQLTemplate: Hashable, Sendable {
    /// The text as given.
    public let text: String
    /// Its statements in order, empty ones left out.
    public let statements: [Statement]
    /// Whether a `;` follows the last statement.
    public let endsWithSemicolon: Bool

    /// Takes a text apart.
    ///
    /// Throws for quotes, comments and parentheses that are not closed; for statements that begin or end a
    /// transaction, `COPY` from or to the client, and commands of psql; and for `$1` where parameters are sent.
    public init(_ text: String) throws(SQLTemplateError) {
        try self.init(text, isCondition: false)
    }

    /// Takes a condition apart, which is no statement: its first word means nothing.
    public init(condition text: String) throws(SQLTemplateError) {
        try self.init(text, isCondition: true)
    }

    private init(_ text: String, isCondition: Bool) throws(SQLTemplateError) {
        var splitter = SQLSplitter(text, isCondition: isCondition)
        self.statements = try splitter.split()
        self.endsWithSemicolon = splitter.endsWithSemicolon
        self.text = text
    }

    /// A place in the text.
    public struct Place: Hashable, Sendable {
        /// Characters from the start of the text.
        public let offset: Int
        /// The line, from 1.
        public let line: Int
        /// The column, from 1, in characters.
        public let column: Int
    }

    /// A `:name` and where it stands.
    public struct Mention: Hashable, Sendable {
        /// The name without its colon.
        public let name: String
        /// Where it stands.
        public let place: Place
    }

    /// Every `:name` that is none of the known ones, in order.
    public func unknownNames(known: Set<String>) -> [Mention] {
        statements.flatMap(\.mentions).filter { !known.contains($0.name) }
    }

    /// Every known `:name` where none can be sent: in statements without parameters, and in their dollar quotes.
    public func misplacedNames(known: Set<String>) -> [Mention] {
        statements.filter { !$0.takesParameters }.flatMap { $0.mentions + $0.quotedMentions }
            .filter { known.contains($0.name) }
    }

    /// The text with comments left out and white space collapsed outside quotes, for people to read on one line.
    ///
    /// A text that cannot be taken apart comes back as it is.
    public static func collapsed(_ text: String) -> String {
        var lexer = SQLLexer(text)
        var result = ""
        while let token = try? lexer.next() {
            switch token.kind {
            case .space, .comment: if !result.isEmpty, result.last != " " { result.append(" ") }
            case .end: return result.last == " " ? String(result.dropLast()) : result
            case .word, .number, .quoted, .dollarQuoted, .symbol, .parameter:
                result += lexer.string(token.range)
            }
        }
        return text
    }
}

extension SQLTemplate {
    /// One statement, without the comments around it and without its `;`.
    public struct Statement: Hashable, Sendable {
        /// Its text as written.
        public let text: String
        /// Where it starts.
        public let place: Place
        /// The names of its parameters, each once, in the order in which they first appear.
        public let names: [String]
        /// Its first word, in capitals; empty if it starts with something else.
        public let verb: String
        /// Whether it gives rows and writes nothing at its top: SELECT, VALUES, TABLE, or WITH and one of these.
        public let isSelectLike: Bool
        /// Whether parameters can be sent with it; DDL, `DO`, `SET` and the like take none.
        public let takesParameters: Bool
        /// Its `:name`s and where they stand.
        public let mentions: [Mention]
        /// `:name`s inside its dollar quotes, where they are text.
        let quotedMentions: [Mention]
        /// Its text in pieces: verbatim, or the index of a name.
        let pieces: [Piece]

        enum Piece: Hashable, Sendable {
            case text(String)
            case name(Int)
        }

        /// Its text with each `:name` replaced by the placeholder for its number in `names`, from 1.
        ///
        /// A repeated name keeps its number.
        public func bound(_ placeholder: (_ number: Int, _ name: String) -> String) -> String {
            var sql = ""
            for piece in pieces {
                switch piece {
                case .text(let text): sql += text
                case .name(let index): sql += placeholder(index + 1, names[index])
                }
            }
            return sql
        }
    }
}
