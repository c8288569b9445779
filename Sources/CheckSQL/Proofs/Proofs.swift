import SuretyCore

/// Decides whether a table's guarantees prove a check, so that no row need be read for it.
///
/// A proof must mean what reading means: rows with a NULL are left out by `unique`, `references` and comparisons; text is
/// the same only character by character; NaN is neither above nor below a number. Where that is not certain, nothing is
/// proved and the rows are read. Which rows are in scope never matters, because a guarantee holds for all of them.
struct Proofs {
    let table: TableInfo

    /// What proves something, for people, and the columns without NULLs of the rows that it is about.
    struct Proof: Hashable {
        let words: String
        let columns: [String]
        /// Whether it leaves open of how many rows the rule cannot tell, because something else in them is NULL.
        var leavesUnknown = false
    }

    private var guarantees: Guarantees { table.guarantees }

    /// Why a metric is 0; nil if that is not certain.
    func isZero(_ metric: Metric) -> Proof? {
        switch metric {
        case .missing(let column, let sentinels):
            // Sentinels are values, of which NOT NULL says nothing.
            sentinels.isEmpty ? notNull(column).map { Proof(words: $0, columns: []) } : nil
        case .duplicates(let columns): unique(columns)
        case .rows, .distinct, .min, .max, .avg, .sum, .stddev, .percentile: nil
        }
    }

    /// Why no row breaks a rule; nil if that is not certain.
    func holds(_ rule: RowRule) -> Proof? {
        switch rule {
        case .unique(let columns): unique(columns)
        case .notNull(let column): notNull(column).map { Proof(words: $0, columns: []) }
        case .references(let column, let other, let target):
            guarantees.references.first {
                $0.column.isExactly(column) && $0.table == other && $0.target.isExactly(target)
            }.map { Proof(words: "the constraint \($0.name)", columns: [column]) }
        case .inList(let column, let list): proof(about: column, oneOf(column, list))
        case .notInList(let column, let list):
            proof(about: column, all(list.map { why(column, .compare(.notEqual, .literal($0))) }))
        case .compare(let column, .compare(let comparator, .column(let other))):
            comparison(column, comparator, other)
        case .compare(let column, let comparison): proof(about: column, why(column, comparison))
        case .length(let column, let comparison):
            proof(about: column, why(column, comparison, about: .length))
        case .matches(let column, let pattern): matches(column, TextPattern(.matches, pattern))
        case .doesNotMatch(let column, let pattern): matches(column, TextPattern(.doesNotMatch, pattern))
        case .like(let column, let pattern): matches(column, TextPattern(.like, pattern))
        case .notLike(let column, let pattern): matches(column, TextPattern(.notLike, pattern))
        case .condition(let text): condition(text)
        case .format, .notInFuture, .increasing, .decreasing: nil
        }
    }

    private func proof(about column: String, _ sources: [String]?) -> Proof? {
        proof(sources, columns: [column])
    }

    private func proof(_ sources: [String]?, columns: [String]) -> Proof? {
        guard let sources, !sources.isEmpty else { return nil }
        var words: [String] = []
        for source in sources where !words.contains(source) { words.append(source) }
        return Proof(words: words.joined(separator: " and "), columns: columns)
    }

    private func unique(_ columns: [String]) -> Proof? {
        let wanted = columns.exactly
        return guarantees.keys.first { !$0.columns.isEmpty && wanted.isSuperset(of: $0.columns.exactly) }
            .map { Proof(words: $0.words, columns: columns) }
    }

    private func notNull(_ column: String) -> String? {
        if let known = guarantees.notNull.first(where: { $0.column.isExactly(column) }) {
            if let name = known.name { return "the constraint \(name)" }
            let key = guarantees.keys.first { $0.kind == .primary && $0.columns.hasExactly(column) }
            return key?.words ?? "NOT NULL of \(column)"
        }
        // A domain's condition is not asked of every NULL that gets into a column.
        return guarantees.conditions.first { condition in
            condition.domain == nil
                && (ConstraintReader.clauses(of: condition.expression) ?? []).contains {
                    $0.subject == .column(ExactText(column)) && $0.claim == .present
                }
        }?.words
    }

    private func oneOf(_ column: String, _ list: [Literal]) -> [String]? {
        let values = Set(list.compactMap(\.known))
        if let known = guarantees.labels.first(where: { $0.column.isExactly(column) }) {
            // A text that is no label is an error, which only asking tells.
            let labels = known.labels.map { ConstraintClause.Value.text(Array($0.utf8)) }
            return values == Set(labels) ? ["the type \(known.type)"] : nil
        }
        return claims(column)?.why(oneOf: values)
    }

    /// Constraints that say the same, part by part. They hold where they are NULL, as the rule does.
    private func condition(_ text: String) -> Proof? {
        let known = knownConditions
        let plain = known.reduce(into: Set<ExactText>()) { $0.formUnion($1.plain) }
        return RowConditionReader.written(text, columns: table.columns, plain: plain).flatMap {
            proof(of: $0, by: known, columns: [])
        }
    }

    private func comparison(_ column: String, _ comparator: Comparator, _ other: String) -> Proof? {
        RowTerms(columns: table.columns).compare(column, comparator, other).flatMap {
            proof(of: $0, by: knownConditions, columns: [column, other])
        }
    }

    /// A constraint of the table as it was understood.
    private struct KnownCondition {
        let parts: Set<RowCondition>
        /// Names that need no quotes.
        let plain: Set<ExactText>
        let source: String
    }

    private var knownConditions: [KnownCondition] {
        guarantees.conditions.filter { $0.domain == nil }.compactMap { condition in
            RowConditionReader.printed(condition.expression, columns: table.columns).map {
                KnownCondition(
                    parts: Set($0.condition.parts), plain: $0.plain, source: condition.words)
            }
        }
    }

    private func proof(
        of wanted: RowCondition, by known: [KnownCondition], columns: [String]
    ) -> Proof? {
        let sources = wanted.parts.map { part in
            known.first { $0.parts.contains(part) }.map { [$0.source] }
        }
        var proof = proof(all(sources), columns: columns)
        proof?.leavesUnknown = true
        return proof
    }

    private func matches(_ column: String, _ pattern: TextPattern) -> Proof? {
        proof(about: column, claims(column)?.why(pattern))
    }

    private func why(
        _ column: String, _ comparison: Comparison, about measure: ConstraintClause.Measure = .itself
    ) -> [String]? {
        guard let claims = claims(column, about: measure) else { return nil }
        func why(_ comparator: Comparator, _ value: CheckValue) -> [String]? {
            guard case .literal(let literal) = value, let known = literal.known else { return nil }
            return claims.why(comparator, known)
        }
        return switch comparison {
        case .compare(let comparator, let value): why(comparator, value)
        case .between(let low, let high): all([why(.atLeast, low), why(.atMost, high)])
        case .notBetween(let low, let high): why(.less, low) ?? why(.greater, high)
        }
    }

    private func claims(
        _ column: String, about measure: ConstraintClause.Measure = .itself
    ) -> ColumnClaims? {
        table.column(column).flatMap { ColumnClaims($0, guarantees, about: measure) }
    }

    /// The sources of all; nil if one has none.
    private func all(_ sources: [[String]?]) -> [String]? {
        sources.contains(nil) ? nil : sources.flatMap { $0 ?? [] }
    }
}

extension Literal {
    /// The literal as constraints have it; nil for points in time.
    fileprivate var known: ConstraintClause.Value? {
        switch self {
        case .number(let digits): ExactNumber(digits).map { .number($0) }
        case .text(let text), .word(let text): .text(Array(text.utf8))
        case .date, .dateTime: nil
        }
    }
}

extension Guarantees.Key {
    /// What it is, for people.
    fileprivate var words: String {
        switch (kind, name) {
        case (.index, let name?): "the unique index \(name)"
        case (_, let name?): "the constraint \(name)"
        case (.primary, nil): "PRIMARY KEY (\(columns.joined(separator: ", ")))"
        case (.unique, nil), (.index, nil): "UNIQUE (\(columns.joined(separator: ", ")))"
        }
    }
}
