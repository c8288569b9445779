/// A column of a table, as the catalogue describes it.
public struct ColumnInfo: Hashable, Codable, Sendable {
    /// Its name.
    @ExactText public private(set) var name: String
    /// Its type as the warehouse prints it: `numeric(12,2)`, `timestamp with time zone`; domains as their own name.
    public let type: String
    /// The type below domains, the same as `type` for all others.
    public let baseType: String
    /// Whether NULL is allowed.
    public let nullable: Bool
    /// What it keeps when it is renamed or retyped, PostgreSQL's `attnum`; nil where columns are known by name alone.
    public let number: Int?
    /// What it holds where nothing is written, as the warehouse prints it, empty for NULL; nil: not looked at.
    public let filling: String?
    /// The values of its enumeration in their order, empty if it has none; nil: not looked at.
    public let labels: [String]?

    /// A column.
    public init(
        name: String, type: String, baseType: String? = nil, nullable: Bool, number: Int? = nil,
        filling: String? = nil, labels: [String]? = nil
    ) {
        self.name = name
        self.type = type
        self.baseType = baseType ?? type
        self.nullable = nullable
        self.number = number
        self.filling = filling
        self.labels = labels
    }
}
