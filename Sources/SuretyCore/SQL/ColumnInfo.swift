/// A column of a table, as the catalogue describes it.
public struct ColumnInfo: Hashable, Codable, Sendable {
    /// Its name.
    public let name: String
    /// Its type as the warehouse prints it: `numeric(12,2)`, `timestamp with time zone`; domains as their own name.
    public let type: String
    /// The type below domains, the same as `type` for all others.
    public let baseType: String
    /// Whether NULL is allowed.
    public let nullable: Bool

    /// A column.
    public init(name: String, type: String, baseType: String? = nil, nullable: Bool) {
        self.name = name
        self.type = type
        self.baseType = baseType ?? type
        self.nullable = nullable
    }
}
