/// The answer to a query: rows, with the names and types of their columns.
///
/// Rows are read out of the answer when they are asked for; keeping one row keeps the whole answer in memory.
public struct PostgresRows: RandomAccessCollection, Sendable {
    let result: ResultHandle

    /// The names of the columns, in order; a name can occur twice.
    public var columns: [String] { (0..<result.columnCount).map(result.columnName) }

    /// The types of the columns, in order.
    public var columnTypes: [PostgresType] { (0..<result.columnCount).map(result.columnType) }

    /// Rows inserted, updated, deleted, merged or copied; the number of rows of a SELECT; 0 for everything else.
    public var affectedRows: Int64 { result.affectedRows }

    /// The command tag, like `INSERT 0 3`.
    public var command: String { result.command }

    /// The index of the first row.
    public var startIndex: Int { 0 }

    /// The number of rows.
    public var endIndex: Int { result.rowCount }

    /// The row at an index.
    public subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "there is no row \(position) among \(count)")
        return PostgresRow(result: result, index: position)
    }

    /// All values as text, row by row, NULL being nil.
    public var texts: [[String?]] { map(\.texts) }
}
