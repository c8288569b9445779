/// A Swift value that binds to a parameter.
public protocol PostgresBindable {
    /// The type that it binds as, NULL included.
    static var postgresType: PostgresType { get }
    /// The value that is bound.
    var postgresValue: PostgresValue { get }
}

extension String: PostgresBindable {
    /// `text`.
    public static var postgresType: PostgresType { .text }
    /// Itself.
    public var postgresValue: PostgresValue { .text(self) }
}

extension Int64: PostgresBindable {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }
    /// Itself.
    public var postgresValue: PostgresValue { .int8(self) }
}

extension Int: PostgresBindable {
    /// `int8`.
    public static var postgresType: PostgresType { .int8 }
    /// Itself.
    public var postgresValue: PostgresValue { .int8(Int64(self)) }
}

extension Double: PostgresBindable {
    /// `float8`.
    public static var postgresType: PostgresType { .float8 }
    /// Itself.
    public var postgresValue: PostgresValue { .float8(self) }
}

extension Bool: PostgresBindable {
    /// `boolean`.
    public static var postgresType: PostgresType { .bool }
    /// Itself.
    public var postgresValue: PostgresValue { .bool(self) }
}

extension PostgresValue: PostgresBindable {
    /// Whatever the server infers.
    public static var postgresType: PostgresType { .inferred }
    /// Itself.
    public var postgresValue: PostgresValue { self }
}

extension Optional: PostgresBindable where Wrapped: PostgresBindable {
    /// The type of what is wrapped.
    public static var postgresType: PostgresType { Wrapped.postgresType }
    /// What is wrapped, or NULL of its type.
    public var postgresValue: PostgresValue { self?.postgresValue ?? .null(Wrapped.postgresType) }
}
