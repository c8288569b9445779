/// A column that a statement returns.
public struct PostgresColumn: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its type.
    public var type: PostgresType
    /// Its type as PostgreSQL prints it: `numeric(12,2)`, `timestamp with time zone`.
    public var typeName: String
}
