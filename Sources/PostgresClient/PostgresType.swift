/// A type of PostgreSQL, by its object identifier.
public struct PostgresType: Hashable, Sendable {
    /// The object identifier in `pg_type`; 0 lets the server infer the type.
    public let oid: UInt32

    /// The type with this object identifier.
    public init(oid: UInt32) {
        self.oid = oid
    }

    /// Whatever the server infers.
    public static let inferred = PostgresType(oid: 0)
    /// `boolean`.
    public static let bool = PostgresType(oid: 16)
    /// `bytea`.
    public static let bytea = PostgresType(oid: 17)
    /// `bigint`.
    public static let int8 = PostgresType(oid: 20)
    /// `integer`.
    public static let int4 = PostgresType(oid: 23)
    /// `text`.
    public static let text = PostgresType(oid: 25)
    /// `double precision`.
    public static let float8 = PostgresType(oid: 701)
    /// `date`.
    public static let date = PostgresType(oid: 1082)
    /// `timestamp without time zone`.
    public static let timestamp = PostgresType(oid: 1114)
    /// `timestamp with time zone`.
    public static let timestamptz = PostgresType(oid: 1184)
    /// `numeric`.
    public static let numeric = PostgresType(oid: 1700)
    /// `uuid`.
    public static let uuid = PostgresType(oid: 2950)
    /// `jsonb`.
    public static let jsonb = PostgresType(oid: 3802)
    /// `text[]`.
    public static let textArray = PostgresType(oid: 1009)
    /// `bigint[]`.
    public static let int8Array = PostgresType(oid: 1016)
}
