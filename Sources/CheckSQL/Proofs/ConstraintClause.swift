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
    }

    /// What a claim is about.
    enum Subject: Hashable {
        case column(ExactText)
        /// The value of a domain.
        case value
    }

    let subject: Subject
    /// The type that the column is cast to before it is compared; nil if it is not.
    let cast: String?
    let claim: Claim
}
