/// A statement while its tokens come in.
struct SQLDraft {
    let start: Int
    let place: SQLTemplate.Place
    var end: Int
    private(set) var names: [String] = []
    private(set) var mentions: [SQLTemplate.Mention] = []
    private var numbers: [String: Int] = [:]
    private var parameters: [(range: Range<Int>, index: Int)] = []
    var dollarQuotes: [Range<Int>] = []
    /// Where `$1` or the like first stands.
    var firstNumbered: Int?
    /// The word or bracket before the present token, `""` for all else.
    var previous = ""
    var endsInColon = false
    private(set) var lastWord = ""
    /// How many BEGIN and CASE of a routine's body are open.
    private(set) var bodyDepth = 0
    private(set) var copiesThroughClient = false
    /// The first words, in capitals.
    private var words: [String] = []
    /// The verb after WITH.
    private var verbOfWith: String?
    private var hasInto = false
    private var makesTableAs = false

    init(start: Int, place: SQLTemplate.Place) {
        self.start = start
        self.place = place
        self.end = start
    }

    var verb: String { words.first ?? "" }

    mutating func add(word: String, depth: Int) {
        lastWord = word
        if words.count < 8 { words.append(word) }
        switch word {
        case "STDIN": if verb == "COPY", depth == 0, previous == "FROM" { copiesThroughClient = true }
        case "STDOUT": if verb == "COPY", depth == 0, previous == "TO" { copiesThroughClient = true }
        case "INTO": if depth == 0 { hasInto = true }
        case "BEGIN": if makesRoutine { bodyDepth += 1 }
        case "CASE": if bodyDepth > 0 { bodyDepth += 1 }
        case "END": if bodyDepth > 0 { bodyDepth -= 1 }
        case "SELECT", "VALUES", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "TABLE", "WITH", "EXECUTE":
            if verb == "WITH", words.count > 1, depth == 0, verbOfWith == nil, word != "WITH" {
                verbOfWith = word
            }
            if previous == "AS" || lastOpenedAfterAs { makesTableAs = true }
        default: break
        }
        if depth == 0 { lastOpenedAfterAs = word == "AS" }
    }

    /// Whether the newest word outside parentheses is AS, as in `CREATE TABLE t AS (SELECT …)`.
    private var lastOpenedAfterAs = false

    mutating func add(name: String, at range: Range<Int>, place: SQLTemplate.Place, _ lexer: SQLLexer) {
        let index = numbers[name] ?? names.count
        if index == names.count {
            names.append(name)
            numbers[name] = index
        }
        parameters.append((range, index))
        mentions.append(SQLTemplate.Mention(name: name, place: place))
    }

    func pieces(_ lexer: SQLLexer) -> [SQLTemplate.Statement.Piece] {
        var pieces: [SQLTemplate.Statement.Piece] = []
        var from = start
        for (range, index) in parameters {
            if from < range.lowerBound { pieces.append(.text(lexer.string(from..<range.lowerBound))) }
            pieces.append(.name(index))
            from = range.upperBound
        }
        if from < end { pieces.append(.text(lexer.string(from..<end))) }
        return pieces
    }

    // MARK: What it is

    /// What CREATE creates, after OR REPLACE, TEMP and the like.
    private var created: String? {
        guard verb == "CREATE" else { return nil }
        let adjectives = [
            "OR", "REPLACE", "TEMP", "TEMPORARY", "GLOBAL", "LOCAL", "UNLOGGED", "CONSTRAINT",
        ]
        return words.dropFirst().first { !adjectives.contains($0) }
    }

    private var makesRoutine: Bool { ["FUNCTION", "PROCEDURE", "TRIGGER"].contains(created) }

    var isSelectLike: Bool {
        switch verb {
        case "SELECT": !hasInto
        case "VALUES", "TABLE": true
        case "WITH":
            // Without a verb outside parentheses it is `WITH … (SELECT …)`: a change cannot stand in them.
            !hasInto && ["SELECT", "VALUES", "TABLE", nil].contains(verbOfWith)
        default: false
        }
    }

    var takesParameters: Bool {
        switch verb {
        case "SELECT", "VALUES", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "EXPLAIN",
            "CALL", "DECLARE":
            true
        case "CREATE": created == "TABLE" && makesTableAs
        default: false
        }
    }

    /// Why it cannot be part of a step's transaction; nil if it can.
    var refusal: String? {
        let second = words.dropFirst().first ?? ""
        switch verb {
        case "BEGIN", "COMMIT", "END", "ABORT": return "\(verb) would begin or end the transaction"
        case "START": return second == "TRANSACTION" ? "START TRANSACTION would begin a transaction" : nil
        case "ROLLBACK":
            let isPartial =
                second == "TO"
                || (["WORK", "TRANSACTION"].contains(second) && words.dropFirst(2).first == "TO")
            return isPartial ? nil : "ROLLBACK would end the transaction"
        case "PREPARE": return second == "TRANSACTION" ? "PREPARE TRANSACTION would end the transaction" : nil
        case "SET":
            let words = words.prefix(3).joined(separator: " ")
            let changes = words.hasPrefix("SET TRANSACTION") || words == "SET SESSION CHARACTERISTICS"
            return changes ? "\(words) would change the transaction" : nil
        default: return nil
        }
    }
}
