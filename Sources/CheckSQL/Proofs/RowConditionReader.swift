import SuretyCore

/// Reads a condition of one row as PostgreSQL prints it, or as a person wrote it, so that both can be seen to be the same.
///
/// Whatever may depend on more than the values, on settings, collations, conversions or functions, is not read.
struct RowConditionReader {
    private var tokens: ConstraintTokens
    private let terms: RowTerms
    /// Names that need no quotes, as PostgreSQL printed them so; nil while reading what it printed.
    private let plain: Set<ExactText>?
    /// Names that stood there without quotes.
    private var bare: Set<ExactText> = []

    private init?(_ text: String, _ columns: [ColumnInfo], plain: Set<ExactText>?) {
        guard let tokens = ConstraintTokens(text) else { return nil }
        self.tokens = tokens
        terms = RowTerms(columns: columns)
        self.plain = plain
    }

    /// A condition that PostgreSQL printed, and the names in it that need no quotes; nil if it is not understood.
    static func printed(
        _ text: String, columns: [ColumnInfo]
    ) -> (condition: RowCondition, plain: Set<ExactText>)? {
        guard var reader = RowConditionReader(text, columns, plain: nil) else { return nil }
        return reader.whole().map { ($0, reader.bare) }
    }

    /// A condition that a person wrote; nil if it is not understood.
    ///
    /// A word without quotes is a column only where PostgreSQL prints it so too: `user` is none, even if there is one of
    /// that name.
    static func written(_ text: String, columns: [ColumnInfo], plain: Set<ExactText>) -> RowCondition? {
        var reader = RowConditionReader(text, columns, plain: plain)
        return reader?.whole()
    }

    private var isPrinted: Bool { plain == nil }

    private mutating func whole() -> RowCondition? {
        guard let condition = disjunction()?.condition, tokens.isAtEnd else { return nil }
        return condition
    }

    /// What stands in brackets is either.
    private enum Part {
        case condition(RowCondition)
        case term(RowCondition.Term)

        var condition: RowCondition? {
            guard case .condition(let condition) = self else { return nil }
            return condition
        }
        var term: RowCondition.Term? {
            guard case .term(let term) = self else { return nil }
            return term
        }
    }

    private mutating func disjunction() -> Part? {
        guard let parts = parts(by: "OR", { $0.conjunction() }) else { return nil }
        guard parts.count > 1 else { return parts.first }
        return Self.conditions(parts).map { .condition(.any($0)) }
    }

    private mutating func conjunction() -> Part? {
        guard let parts = parts(by: "AND", { $0.negation() }) else { return nil }
        guard parts.count > 1 else { return parts.first }
        return Self.conditions(parts).map { .condition(.all($0)) }
    }

    private mutating func parts(by word: String, _ read: (inout Self) -> Part?) -> [Part]? {
        var parts: [Part] = []
        repeat {
            guard let part = read(&self) else { return nil }
            parts.append(part)
        } while take(word)
        return parts
    }

    /// The conditions that parts are; nil if one is none.
    private static func conditions(_ parts: [Part]) -> [RowCondition]? {
        let conditions = parts.compactMap(\.condition)
        return conditions.count == parts.count ? conditions : nil
    }

    private mutating func negation() -> Part? {
        guard take("NOT") else { return comparison() }
        return comparison()?.condition.map { .condition(.not($0)) }
    }

    private mutating func comparison() -> Part? {
        guard let part = primary() else { return nil }
        guard let term = part.term, let next = tokens.next else { return part }
        if case .sign(let sign) = next {
            if let comparator = comparator(sign) { return compared(term, comparator) }
            guard let kind = TextPattern.Kind(rawValue: sign) else { return part }
            tokens.place += 1
            return pattern(term, kind)
        }
        if take("IS") {
            let isNot = take("NOT")
            guard take("NULL"), terms.kind(of: term) != nil else { return nil }
            return .condition(isNot ? .not(.isNull(term)) : .isNull(term))
        }
        // PostgreSQL prints operators for what follows.
        guard !isPrinted else { return part }
        let isNot = take("NOT")
        if take("BETWEEN") { return between(term, isNot) }
        if take("IN") { return list(term, isNot) }
        if take("LIKE") { return pattern(term, isNot ? .notLike : .like) }
        return isNot ? nil : part
    }

    private func comparator(_ sign: String) -> Comparator? {
        sign == "<>" ? .notEqual : Comparator(rawValue: sign)
    }

    private mutating func compared(_ term: RowCondition.Term, _ comparator: Comparator) -> Part? {
        tokens.place += 1
        if isPrinted, comparator == .equal, take("ANY") { return array(term, isNot: false) }
        if isPrinted, comparator == .notEqual, take("ALL") { return array(term, isNot: true) }
        guard let other = primary()?.term else { return nil }
        return terms.compare(term, comparator, other).map { .condition($0) }
    }

    private mutating func pattern(_ term: RowCondition.Term, _ pattern: TextPattern.Kind) -> Part? {
        guard case .column = term, terms.kind(of: term) == .text, case .text(let bytes)? = primary()?.term
        else {
            return nil
        }
        return .condition(.matches(term, TextPattern(pattern, bytes)))
    }

    /// `BETWEEN` as PostgreSQL prints it.
    private mutating func between(_ term: RowCondition.Term, _ isNot: Bool) -> Part? {
        guard let low = primary()?.term, take("AND"), let high = primary()?.term,
            let one = terms.compare(term, isNot ? .less : .atLeast, low),
            let other = terms.compare(term, isNot ? .greater : .atMost, high)
        else { return nil }
        return .condition(isNot ? .any([one, other]) : .all([one, other]))
    }

    /// `(ARRAY[…])`, perhaps cast to an array of text.
    private mutating func array(_ term: RowCondition.Term, isNot: Bool) -> Part? {
        guard tokens.take("(") else { return nil }
        let isCast = tokens.take("(")
        guard take("ARRAY"), tokens.take("["), let list = values(term, isNot), tokens.take("]") else {
            return nil
        }
        if isCast {
            guard tokens.take(")"), tokens.take("::"), tokens.take(words: "text"), tokens.take("["),
                tokens.take("]")
            else { return nil }
        }
        return tokens.take(")") ? list : nil
    }

    private mutating func list(_ term: RowCondition.Term, _ isNot: Bool) -> Part? {
        guard tokens.take("("), let list = values(term, isNot), tokens.take(")") else { return nil }
        return list
    }

    /// A value of a list is the same as one of them, and none as all of them are not.
    private mutating func values(_ term: RowCondition.Term, _ isNot: Bool) -> Part? {
        var conditions: [RowCondition] = []
        repeat {
            guard let value = primary()?.term, case nil = terms.kind(of: value),
                let condition = terms.compare(term, isNot ? .notEqual : .equal, value)
            else { return nil }
            conditions.append(condition)
        } while tokens.take(",")
        guard conditions.count > 1 else { return conditions.first.map { .condition($0) } }
        return .condition(isNot ? .all(conditions) : .any(conditions))
    }

    private mutating func primary() -> Part? {
        switch tokens.take() {
        case .sign("("):
            guard let part = disjunction(), tokens.take(")") else { return nil }
            return casted(part)
        case .number(let digits): return ExactNumber(digits).map { .term(.number($0)) }
        case .text(let text): return literal(text).map { .term($0) }
        case .name(let name): return column(name)
        case .word(let word):
            let name = isPrinted ? word : word.lowercased()
            guard name == word.lowercased(), word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            if ConstraintReader.lengths.contains(name), tokens.take("(") {
                guard case .column(let column)? = primary()?.term, terms.kind(of: .column(column)) == .text,
                    tokens.take(")")
                else { return nil }
                return .term(.length(column))
            }
            guard plain?.contains(ExactText(name)) != false, !Self.truths.contains(name) else { return nil }
            bare.insert(ExactText(name))
            return column(name)
        case .sign, nil: return nil
        }
    }

    /// PostgreSQL prints columns of these names in quotes.
    private static let truths: Set = ["true", "false"]

    private func column(_ name: String) -> Part? {
        terms.kind(of: .column(ExactText(name))) == nil ? nil : .term(.column(ExactText(name)))
    }

    /// A text; PostgreSQL prints its type, and numbers below 0 as texts.
    private mutating func literal(_ text: String) -> RowCondition.Term? {
        guard isPrinted else { return .text(Array(text.utf8)) }
        guard tokens.take("::"), let type = tokens.type() else { return nil }
        if ConstraintReader.texts.contains(type) || type == "date" { return .text(Array(text.utf8)) }
        return ExactNumber(text).flatMap { ConstraintReader.fits($0, type) ? .number($0) : nil }
    }

    /// What is in brackets, and perhaps cast to a type in which it stays what it is.
    private mutating func casted(_ part: Part) -> Part? {
        guard isPrinted, tokens.take("::") else { return part }
        guard let type = tokens.type(), let term = part.term else { return nil }
        let stays =
            switch term {
            case .number(let number): ConstraintReader.fits(number, type)
            case .text: ConstraintReader.texts.contains(type)
            case .length: false
            case .column:
                switch terms.kind(of: term) {
                case .number: type == "numeric"
                case .text: ConstraintReader.texts.contains(type)
                case .date, .same, nil: false
                }
            }
        return stays ? part : nil
    }

    /// PostgreSQL prints keywords in capitals, and columns of such names in quotes; people write them as they like.
    private func isKeyword(_ token: ConstraintTokens.Token, _ word: String) -> Bool {
        guard case .word(let found) = token else { return false }
        return (isPrinted ? found : found.uppercased()) == word
    }

    private mutating func take(_ word: String) -> Bool {
        guard let next = tokens.next, isKeyword(next, word) else { return false }
        tokens.place += 1
        return true
    }
}
