import SuretyCore

/// Reads the condition of a constraint as PostgreSQL prints it: comparisons of columns and of their lengths with literals,
/// and patterns, joined by AND.
///
/// Whatever is not exactly that is not read at all.
struct ConstraintReader {
    private var tokens: ConstraintTokens

    private init(_ tokens: ConstraintTokens) { self.tokens = tokens }

    /// What a condition says; nil if it is not understood from beginning to end.
    static func clauses(of expression: String) -> [ConstraintClause]? {
        guard let tokens = ConstraintTokens(expression) else { return nil }
        var reader = ConstraintReader(tokens)
        guard let clauses = reader.conjunction(), reader.tokens.isAtEnd else { return nil }
        return clauses
    }

    /// `(…) AND (…)`, or one of them.
    private mutating func conjunction() -> [ConstraintClause]? {
        guard var clauses = bracketed() else { return nil }
        while tokens.take(words: "AND") {
            guard let more = bracketed() else { return nil }
            clauses += more
        }
        return clauses
    }

    /// A comparison or a conjunction in brackets.
    private mutating func bracketed() -> [ConstraintClause]? {
        let before = tokens.place
        if tokens.take("("), let clauses = comparison(), tokens.take(")") { return clauses }
        tokens.place = before
        guard tokens.take("("), let clauses = conjunction(), tokens.take(")") else { return nil }
        return clauses
    }

    private mutating func comparison() -> [ConstraintClause]? {
        let before = tokens.place
        if let operand = operand() {
            if operand.cast == nil, operand.measure == .itself, tokens.take(words: "IS", "NOT", "NULL") {
                return [operand.clause(.present)]
            }
            if operand.measure == .itself, let kind = pattern() {
                guard case .text(let bytes)? = literal() else { return nil }
                return [operand.clause(.matches(TextPattern(kind, bytes)))]
            }
            return comparator().flatMap { claims($0) }?.map { operand.clause($0) }
        }
        tokens.place = before
        guard let value = literal(), let comparator = comparator(), let operand = operand() else {
            return nil
        }
        return [operand.clause(.compares(comparator.turned, value))]
    }

    private mutating func pattern() -> TextPattern.Kind? {
        guard case .sign(let sign)? = tokens.next, let kind = TextPattern.Kind(rawValue: sign) else {
            return nil
        }
        tokens.place += 1
        return kind
    }

    /// What follows an operator.
    private mutating func claims(_ comparator: Comparator) -> [ConstraintClause.Claim]? {
        if tokens.take(words: "ANY") {
            guard comparator == .equal, let values = list() else { return nil }
            return [.oneOf(values)]
        }
        if tokens.take(words: "ALL") {
            guard comparator == .notEqual, let values = list() else { return nil }
            return values.map { .compares(.notEqual, $0) }
        }
        return literal().map { [.compares(comparator, $0)] }
    }

    private mutating func comparator() -> Comparator? {
        guard case .sign(let sign)? = tokens.take() else { return nil }
        return sign == "<>" ? .notEqual : Comparator(rawValue: sign)
    }

    /// What is compared.
    private struct Operand {
        let subject: ConstraintClause.Subject
        var measure = ConstraintClause.Measure.itself
        let cast: String?

        func clause(_ claim: ConstraintClause.Claim) -> ConstraintClause {
            ConstraintClause(subject: subject, measure: measure, cast: cast, claim: claim)
        }
    }

    /// A column or `VALUE`, perhaps cast, or its length.
    private mutating func operand() -> Operand? {
        let before = tokens.place
        if case .word(let word)? = tokens.take(), Self.lengths.contains(word), tokens.take("(") {
            guard var operand = cast(), tokens.take(")") else { return nil }
            operand.measure = .length
            return operand
        }
        tokens.place = before
        return cast()
    }

    private mutating func cast() -> Operand? {
        let before = tokens.place
        if tokens.take("("), let subject = subject(), tokens.take(")"), tokens.take("::"),
            let type = tokens.type()
        {
            return Operand(subject: subject, cast: type)
        }
        tokens.place = before
        return subject().map { Operand(subject: $0, cast: nil) }
    }

    private mutating func subject() -> ConstraintClause.Subject? {
        switch tokens.take() {
        case .word("VALUE"): .value
        case .word(let name) where name == name.lowercased(): .column(ExactText(name))
        case .name(let name): .column(ExactText(name))
        case .word, .text, .number, .sign, nil: nil
        }
    }

    /// `(ARRAY[…])`, perhaps cast to an array of text.
    private mutating func list() -> [ConstraintClause.Value]? {
        guard tokens.take("(") else { return nil }
        let isCast = tokens.take("(")
        guard tokens.take(words: "ARRAY"), tokens.take("[") else { return nil }
        var values: [ConstraintClause.Value] = []
        repeat {
            guard let value = literal() else { return nil }
            values.append(value)
        } while tokens.take(",")
        guard tokens.take("]") else { return nil }
        if isCast {
            guard tokens.take(")"), tokens.take("::"), tokens.type() == "text", tokens.take("["),
                tokens.take("]")
            else { return nil }
        }
        return tokens.take(")") ? values : nil
    }

    /// A number or a text, with casts that change neither.
    private mutating func literal() -> ConstraintClause.Value? {
        switch tokens.take() {
        case .number(let digits): return ExactNumber(digits).map { .number($0) }
        case .text(let text):
            guard tokens.take("::"), let type = tokens.type() else { return nil }
            if Self.texts.contains(type) { return .text(Array(text.utf8)) }
            if text == "NaN", type == "numeric" { return .nan }
            return ExactNumber(text).flatMap { Self.fits($0, type) ? .number($0) : nil }
        case .sign("("):
            guard let value = literal(), tokens.take(")"), tokens.take("::"), let type = tokens.type() else {
                return nil
            }
            switch value {
            case .number(let number): return Self.fits(number, type) ? value : nil
            case .nan: return type == "numeric" ? value : nil
            case .text: return Self.texts.contains(type) ? value : nil
            }
        case .word, .name, .sign, nil: return nil
        }
    }

    static let lengths: Set = ["length", "char_length", "character_length"]
    static let texts: Set = ["text", "character varying"]
    static let integers: Set = ["smallint", "integer", "bigint"]

    /// Whether a number stays what it is in a type.
    static func fits(_ number: ExactNumber, _ type: String) -> Bool {
        type == "numeric" || integers.contains(type) && number.isWhole
    }
}

extension ExactNumber {
    /// Whether it has nothing after the point.
    var isWhole: Bool { withoutTrailingZeros.scale == 0 }
}

extension Comparator {
    /// The same comparison with its sides exchanged.
    var turned: Comparator {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .atMost: .atLeast
        case .greater: .less
        case .atLeast: .atMost
        }
    }
}
