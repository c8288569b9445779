/// One thing about a table that became different between two looks at it.
public enum TableDifference: Hashable, Sendable {
    /// The table was dropped and made again.
    case tableRecreated
    /// A column has another name.
    case columnRenamed(String, to: String)
    /// A column has another type.
    case columnRetyped(String, from: String, to: String)
    /// A column is gone.
    case columnDropped(String)
    /// A column is new.
    case columnAdded(String, type: String)
    /// A column was dropped and added again under its name.
    case columnRecreated(String)
    /// A column lets NULL in, or no longer does.
    case nullability(String, nullable: Bool)
    /// A column holds something else where nothing is written; empty: NULL.
    case fillingChanged(String, from: String, to: String)
    /// The enumeration of a column has more values.
    case labelsAdded(String, [String])
    /// The enumeration of a column lost values.
    case labelsRemoved(String, [String])
    /// The values of a column's enumeration sort otherwise.
    case labelsReordered(String)
    /// A constraint is new.
    case constraintAdded(ConstraintInfo)
    /// A constraint is gone.
    case constraintDropped(ConstraintInfo)
    /// A constraint demands something else.
    case constraintChanged(String, from: String, to: String)
    /// The rows that were there before a constraint are now known to obey, or no longer.
    case constraintValidity(String, isValidated: Bool)

    /// Whether it is about the names of columns, their types or NULL, which is all that queries must know.
    public var isOfColumns: Bool {
        switch self {
        case .columnRenamed, .columnRetyped, .columnDropped, .columnAdded, .columnRecreated, .nullability:
            true
        case .tableRecreated, .fillingChanged, .labelsAdded, .labelsRemoved, .labelsReordered,
            .constraintAdded, .constraintDropped, .constraintChanged, .constraintValidity:
            false
        }
    }

    /// What became different, in words for people, in which a column is called as it is now.
    public var words: String {
        switch self {
        case .tableRecreated: "the table was dropped and made again"
        case .columnRenamed(let name, let new): "\(name) was renamed to \(new)"
        case .columnRetyped(let name, let old, let new): "\(name) was \(old) and is \(new)"
        case .columnDropped(let name): "\(name) was dropped"
        case .columnAdded(let name, let type): "\(name) \(type) was added"
        case .columnRecreated(let name): "\(name) was dropped and added again, its values are others"
        case .nullability(let name, let nullable): "\(name) \(nullable ? "became" : "is no longer") nullable"
        case .fillingChanged(let name, let old, let new):
            "the default of \(name) was \(old.isEmpty ? "NULL" : old) and is \(new.isEmpty ? "NULL" : new)"
        case .labelsAdded(let name, let labels): "\(name) may also be \(Self.list(labels))"
        case .labelsRemoved(let name, let labels): "\(name) can no longer be \(Self.list(labels))"
        case .labelsReordered(let name): "the values of \(name) sort in another order"
        case .constraintAdded(let constraint):
            "the constraint \(constraint.name) was added"
                + (constraint.isValidated ? "" : ", not validated") + ": \(constraint.definition)"
        case .constraintDropped(let constraint):
            "the constraint \(constraint.name) was dropped: \(constraint.definition)"
        case .constraintChanged(let name, let old, let new):
            "the constraint \(name) was \(old) and is \(new)"
        case .constraintValidity(let name, let isValidated):
            "the constraint \(name) is \(isValidated ? "now" : "no longer") validated"
        }
    }

    private static func list(_ labels: [String]) -> String {
        labels.map { "'\($0)'" }.joined(separator: ", ")
    }
}
