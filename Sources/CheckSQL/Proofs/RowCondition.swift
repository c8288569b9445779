import SuretyCore

/// A condition of one row that means the same wherever it is written: comparisons of columns with columns and literals,
/// joined by AND, OR and NOT.
indirect enum RowCondition: Hashable {
    case compares(Term, Comparator, Term)
    case matches(Term, TextPattern)
    case isNull(Term)
    case not(RowCondition)
    case all([RowCondition])
    case any([RowCondition])

    /// What is compared.
    enum Term: Hashable {
        case column(ExactText)
        /// How many characters a column's text has.
        case length(ExactText)
        case number(ExactNumber)
        /// A text, or a date as ISO 8601 has it, by its bytes.
        case text([UInt8])
    }

    /// Conditions of which none is false where this one is not: a conjunction's parts, or itself.
    var parts: [RowCondition] {
        guard case .all(let conditions) = self else { return [self] }
        return conditions.flatMap(\.parts)
    }
}
