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

    /// A table.
    public init(name: AssetName, columns: [ColumnInfo], primaryKey: [String] = [], isView: Bool = false) {
        self.name = name
        self.columns = columns
        self.primaryKey = primaryKey
        self.isView = isView
    }

    /// The column with exactly this name.
    public func column(_ name: String) -> ColumnInfo? { columns.first { $0.name == name } }
}
