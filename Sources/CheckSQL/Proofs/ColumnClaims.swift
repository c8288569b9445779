import SuretyCore

/// What constraints say about the values of one column, or about the lengths of its texts, and what follows from it. NULL
/// is left aside throughout.
struct ColumnClaims {
    /// A claim and the words for where it comes from.
    struct Claim {
        let claim: ConstraintClause.Claim
        let source: String
    }

    private let claims: [Claim]
    private let holds: Holds

    /// What kind of values there are.
    private enum Holds {
        case integers
        /// Decimal numbers, among which PostgreSQL counts NaN, above all others.
        case decimals
        case texts

        /// Nil if comparisons of the type are not the same everywhere.
        init?(_ type: TypeName) {
            switch type.base {
            case "smallint", "integer", "bigint": self = .integers
            case "numeric": self = .decimals
            case "text", "character varying": self = .texts
            default: return nil
            }
        }

        /// Whether a cast leaves every value what it is.
        func keeps(_ cast: String?) -> Bool {
            guard let cast else { return true }
            return switch self {
            case .integers: cast == "numeric" || ConstraintReader.integers.contains(cast)
            case .decimals: cast == "numeric"
            case .texts: ConstraintReader.texts.contains(cast)
            }
        }
    }

    /// The claims about a column; nil if its type is none whose comparisons are the same everywhere.
    init?(
        _ column: ColumnInfo, _ guarantees: Guarantees, about measure: ConstraintClause.Measure = .itself
    ) {
        let type = TypeName(column.baseType)
        guard !type.isArray, let values = Holds(type) else { return nil }
        guard measure == .itself || values == .texts else { return nil }
        holds = measure == .length ? .integers : values
        claims = guarantees.conditions.filter { $0.columns.hasExactly(column.name) }.flatMap { condition in
            (ConstraintReader.clauses(of: condition.expression) ?? []).compactMap { clause in
                let subject: ConstraintClause.Subject =
                    condition.domain == nil ? .column(ExactText(column.name)) : .value
                guard clause.subject == subject, clause.measure == measure, values.keeps(clause.cast)
                else { return nil }
                // A domain matches by its own collation, and a column may have another.
                if case .matches = clause.claim, condition.domain != nil { return nil }
                return Claim(claim: clause.claim, source: condition.words)
            }
        }
    }

    /// Why every value compares so; nil if that does not follow.
    func why(_ comparator: Comparator, _ value: ConstraintClause.Value) -> [String]? {
        switch value {
        case .text(let text):
            guard holds == .texts else { return nil }
            return claims.first { Self.proves($0.claim, comparator, text) }.map { [$0.source] }
        case .number(let number):
            guard holds != .texts, let found = claims.first(where: { proves($0.claim, comparator, number) })
            else { return nil }
            guard holds == .decimals, comparator == .greater || comparator == .atLeast else {
                return [found.source]
            }
            // NaN is above the bound too, and breaks the rule.
            if Self.leavesOutNaN(found.claim) { return [found.source] }
            return claims.first { Self.leavesOutNaN($0.claim) }.map { [found.source, $0.source] }
        case .nan: return nil
        }
    }

    /// Why every value matches a pattern, which is the case only by the same one.
    func why(_ pattern: TextPattern) -> [String]? {
        guard holds == .texts else { return nil }
        return claims.first { $0.claim == .matches(pattern) }.map { [$0.source] }
    }

    /// Why every value is one of these.
    func why(oneOf values: Set<ConstraintClause.Value>) -> [String]? {
        claims.first {
            switch $0.claim {
            case .oneOf(let possible): fits(possible) && values.isSuperset(of: possible)
            case .compares(.equal, let value): fits([value]) && values.contains(value)
            case .compares, .present, .matches: false
            }
        }.map { [$0.source] }
    }

    private func fits(_ values: [ConstraintClause.Value]) -> Bool {
        values.allSatisfy {
            switch $0 {
            case .number: holds != .texts
            case .text: holds == .texts
            case .nan: false
            }
        }
    }

    private static func proves(
        _ claim: ConstraintClause.Claim, _ comparator: Comparator, _ wanted: [UInt8]
    ) -> Bool {
        switch (claim, comparator) {
        case (.compares(.equal, .text(let text)), .equal): text == wanted
        case (.compares(.equal, .text(let text)), .notEqual): text != wanted
        case (.compares(.notEqual, .text(let text)), .notEqual): text == wanted
        case (.oneOf(let values), .equal), (.oneOf(let values), .notEqual):
            values.allSatisfy { proves(.compares(.equal, $0), comparator, wanted) }
        case (.compares, _), (.oneOf, _), (.present, _), (.matches, _): false
        }
    }

    private func proves(
        _ claim: ConstraintClause.Claim, _ comparator: Comparator, _ wanted: ExactNumber
    ) -> Bool {
        switch claim {
        case .present, .matches, .compares(_, .text), .compares(_, .nan): return false
        case .oneOf(let values):
            return values.allSatisfy { proves(.compares(.equal, $0), comparator, wanted) }
        case .compares(let known, .number(let number)):
            let (known, bound) = closed(known, number)
            let order = bound < wanted ? -1 : bound == wanted ? 0 : 1
            return switch (known, comparator) {
            case (.equal, _): comparator.holds(order)
            case (.notEqual, .notEqual): order == 0
            case (.atLeast, .atLeast), (.greater, .atLeast), (.greater, .greater), (.greater, .notEqual):
                order >= 0
            case (.atLeast, .greater), (.atLeast, .notEqual): order > 0
            case (.atMost, .atMost), (.less, .atMost), (.less, .less), (.less, .notEqual): order <= 0
            case (.atMost, .less), (.atMost, .notEqual): order < 0
            case (.notEqual, _), (.atLeast, _), (.greater, _), (.atMost, _), (.less, _): false
            }
        }
    }

    /// Above 5 is 6 or more among whole numbers.
    private func closed(_ comparator: Comparator, _ number: ExactNumber) -> (Comparator, ExactNumber) {
        guard holds == .integers, number.isWhole else { return (comparator, number) }
        return switch comparator {
        case .greater: (.atLeast, number + ExactNumber(1))
        case .less: (.atMost, number + ExactNumber(-1))
        case .equal, .notEqual, .atLeast, .atMost: (comparator, number)
        }
    }

    private static func leavesOutNaN(_ claim: ConstraintClause.Claim) -> Bool {
        switch claim {
        case .compares(.less, .number), .compares(.atMost, .number), .compares(.equal, .number),
            .compares(.notEqual, .nan), .compares(.less, .nan):
            true
        case .oneOf(let values): !values.contains(.nan)
        case .compares, .present, .matches: false
        }
    }
}

extension Guarantees.Condition {
    /// Where it comes from, for people.
    var words: String {
        domain.map { "the constraint \(name) of the domain \($0)" } ?? "the constraint \(name)"
    }
}
