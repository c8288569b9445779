/// What the warehouse itself makes sure of about every row of a table, as its catalogue says.
///
/// Only what holds for all rows that a query of the table reads stands here: nothing that is deferred, not validated,
/// partial, disabled, or that partitions and children need not obey.
public struct Guarantees: Hashable, Codable, Sendable {
    /// Columns without NULLs.
    public var notNull: [NotNull] = []
    /// Columns whose values, where none is NULL, occur once.
    public var keys: [Key] = []
    /// Columns whose values exist in another table.
    public var references: [Reference] = []
    /// Conditions that are false for no row.
    public var conditions: [Condition] = []
    /// Columns whose type has so many values and no more.
    public var labels: [Labels] = []
    /// Columns by which an index of all rows is ordered first.
    public var indexed: [String] = []

    /// Nothing.
    public init() {}

    /// A column without NULLs.
    public struct NotNull: Hashable, Codable, Sendable {
        /// The column.
        public let column: String
        /// The constraint's name, where it has one.
        public let name: String?

        /// A column without NULLs.
        public init(column: String, name: String? = nil) {
            self.column = column
            self.name = name
        }
    }

    /// Columns whose values together occur once, rows with a NULL among them left out.
    public struct Key: Hashable, Codable, Sendable {
        /// What makes sure of it.
        public enum Kind: String, Hashable, Codable, Sendable {
            case primary
            case unique
            case index
        }

        /// The columns.
        public let columns: [String]
        /// What makes sure of it.
        public let kind: Kind
        /// The constraint's or the index's name, where it has one.
        public let name: String?

        /// A key.
        public init(columns: [String], kind: Kind, name: String?) {
            self.columns = columns
            self.kind = kind
            self.name = name
        }
    }

    /// A column whose values, NULL left out, exist in a column of another table.
    public struct Reference: Hashable, Codable, Sendable {
        /// The column.
        public let column: String
        /// The other table.
        public let table: AssetName
        /// The column there.
        public let target: String
        /// The constraint's name.
        public let name: String

        /// A reference.
        public init(column: String, table: AssetName, target: String, name: String) {
            self.column = column
            self.table = table
            self.target = target
            self.name = name
        }
    }

    /// A condition that is false for no row; it may be NULL.
    public struct Condition: Hashable, Codable, Sendable {
        /// The constraint's name.
        public let name: String
        /// The domain that it belongs to; nil if it belongs to the table.
        public let domain: String?
        /// The columns that it names; one whose type is the domain, which the condition calls `VALUE`.
        public let columns: [String]
        /// The condition as PostgreSQL prints it.
        public let expression: String

        /// A condition.
        public init(name: String, domain: String? = nil, columns: [String], expression: String) {
            self.name = name
            self.domain = domain
            self.columns = columns
            self.expression = expression
        }
    }

    /// A column of an enumeration.
    public struct Labels: Hashable, Codable, Sendable {
        /// The column.
        public let column: String
        /// The enumeration.
        public let type: String
        /// All values that it has.
        public let labels: [String]

        /// A column of an enumeration.
        public init(column: String, type: String, labels: [String]) {
            self.column = column
            self.type = type
            self.labels = labels
        }
    }
}
