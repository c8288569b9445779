import SuretyCore

/// One thing that a constraint says about one column of every row, unless that is NULL.
struct ConstraintClause: Hashable {
    /// A literal of a constraint.
    enum Value: Hashable {
        case number(ExactNumber)
        case nan
        /// A text by its bytes; Swift takes texts for equal that are the same only when composed.
        case text([UInt8])
    }

    /// What is said.
    enum Claim: Hashable {
        /// It is not NULL.
        case present
        /// It compares so.
        case compares(Comparator, Value)
        /// It is one of these.
        case oneOf([Value])
        /// It matches a pattern, or does not.
        case matches(TextPattern)
    }

    /// What a claim is about.
    enum Subject: Hashable {
        case column(ExactText)
        /// The value of a domain.
        case value
    }

    /// What of its subject a claim is about.
    enum Measure: Hashable {
        case itself
        /// How many characters it has.
        case length
    }

    let subject: Subject
    var measure = Measure.itself
    /// The type that the column is cast to before it is compared; nil if it is not.
    let cast: String?
    let claim: Claim
}
