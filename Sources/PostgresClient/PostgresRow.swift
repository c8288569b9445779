/// One row of an answer.
public struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int

    /// The number of columns.
    public var count: Int { result.columnCount }

    /// The names of the columns, in order.
    public var columns: [String] { (0..<count).map(result.columnName) }

    /// All values as text, NULL being nil.
    public var texts: [String?] { (0..<count).map { result.text(row: index, column: $0) } }

    /// The text of a column, counted from 0; NULL is nil.
    public subscript(column: Int) -> String? {
        precondition((0..<count).contains(column), "there is no column \(column) among \(count)")
        return result.text(row: index, column: column)
    }

    /// The text of the first column of that name; nil if it is NULL or there is none.
    public subscript(name: String) -> String? {
        (0..<count).first { result.columnName($0) == name }.flatMap { self[$0] }
    }

    /// The value of a column, counted from 0.
    ///
    /// - Throws: SQLSTATE 22002 for NULL, 22P02 for a text that is no such value.
    public func get<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value = try getIfPresent(column, as: type) else {
            throw PostgresError(
                sqlState: "22002",
                message: "column \(result.columnName(column)) is NULL where a value is needed")
        }
        return value
    }

    /// The value of a column, counted from 0; nil if it is NULL.
    ///
    /// - Throws: SQLSTATE 22P02 for a text that is no such value.
    public func getIfPresent<Value: PostgresDecodable>(
        _ column: Int, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        guard let text = self[column] else { return nil }
        guard let value = Value(postgresText: text) else {
            throw PostgresError(
                sqlState: "22P02", message: "column \(result.columnName(column)) does not hold a \(type)")
        }
        return value
    }
}
