/// A table or view, as the catalogue describes it.
public struct TableInfo: Hashable, Codable, Sendable {
    /// Its name.
    public let name: AssetName
    /// Its columns in order.
    public let columns: [ColumnInfo]
    /// The columns of its primary key, empty if it has none.
    public let primaryKey: [String]
    /// Whether it is a view.
    public let isView: Bool
    /// What the warehouse makes sure of about its rows.
    public let guarantees: Guarantees
    /// Its constraints; nil: not looked at.
    public let constraints: [ConstraintInfo]?
    /// What it keeps until it is dropped, PostgreSQL's oid; nil where tables are known by name alone.
    public let number: Int64?

    /// A table.
    public init(
        name: AssetName, columns: [ColumnInfo], primaryKey: [String] = [], isView: Bool = false,
        guarantees: Guarantees = Guarantees(), constraints: [ConstraintInfo]? = nil, number: Int64? = nil
    ) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.isView = isView
        self.guarantees = guarantees
        self.constraints = constraints
        self.number = number
    }

    /// The column with exactly this name.
    public func column(_ name: String) -> ColumnInfo? { columns.first { $0.name.isExactly(name) } }
}
