/// A constraint of a table, as the catalogue describes it: CHECK, keys, references, exclusions.
public struct ConstraintInfo: Hashable, Codable, Sendable {
    /// Its name.
    @ExactText public private(set) var name: String
    /// What it demands, as the warehouse prints it: `CHECK ((amount > 0))`.
    @ExactText public private(set) var definition: String
    /// Whether the rows that were there before it are known to obey.
    public let isValidated: Bool
    /// What it keeps when it is renamed, PostgreSQL's oid; nil where there is none.
    public let number: Int64?

    /// A constraint.
    public init(name: String, definition: String, isValidated: Bool = true, number: Int64? = nil) {
        self.name = name
        self.definition = definition
        self.isValidated = isValidated
        self.number = number
    }
}
