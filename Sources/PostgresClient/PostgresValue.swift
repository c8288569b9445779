/// A typed value that is bound to a parameter, as PostgreSQL's text format writes it.
public struct PostgresValue: Hashable, Sendable {
    /// The type that the server is told.
    public let type: PostgresType
    /// The value in text format; nil is NULL.
    public let text: String?

    /// A value of any type, by its text format.
    public init(_ text: String?, as type: PostgresType) {
        self.type = type
        self.text = text
    }

    /// NULL of the type that the server infers from the place of the parameter.
    public static let null = PostgresValue(nil, as: .inferred)

    /// NULL of a type.
    public static func null(_ type: PostgresType) -> PostgresValue { PostgresValue(nil, as: type) }

    /// `text`. A text with a NUL character is refused when the statement is run.
    public static func text(_ value: String) -> PostgresValue { PostgresValue(value, as: .text) }

    /// A literal whose type the server infers, as it does for `'…'`.
    public static func inferred(_ value: String) -> PostgresValue { PostgresValue(value, as: .inferred) }

    /// `int8`.
    public static func int8(_ value: Int64) -> PostgresValue { PostgresValue(String(value), as: .int8) }

    /// `float8`.
    public static func float8(_ value: Double) -> PostgresValue {
        PostgresValue(value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)", as: .float8)
    }

    /// `numeric`, by its decimal digits.
    public static func numeric(_ digits: String) -> PostgresValue { PostgresValue(digits, as: .numeric) }

    /// `boolean`.
    public static func bool(_ value: Bool) -> PostgresValue { PostgresValue(value ? "t" : "f", as: .bool) }

    /// `date`, as `YYYY-MM-DD`.
    public static func date(_ text: String) -> PostgresValue { PostgresValue(text, as: .date) }

    /// `timestamptz`, as an instant with its offset; without one it is UTC, the zone of the session.
    public static func timestamptz(_ text: String) -> PostgresValue { PostgresValue(text, as: .timestamptz) }

    /// `timestamp`, a wall time.
    public static func timestamp(_ text: String) -> PostgresValue { PostgresValue(text, as: .timestamp) }

    /// `uuid`.
    public static func uuid(_ text: String) -> PostgresValue { PostgresValue(text, as: .uuid) }

    /// `jsonb`, by its JSON text.
    public static func jsonb(_ text: String) -> PostgresValue { PostgresValue(text, as: .jsonb) }

    /// `bytea`.
    public static func bytea(_ bytes: [UInt8]) -> PostgresValue {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = Array("\\x".utf8)
        text.reserveCapacity(2 + 2 * bytes.count)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return PostgresValue(String(decoding: text, as: UTF8.self), as: .bytea)
    }

    /// `text[]`, one-dimensional; nil elements are NULL.
    public static func textArray(_ elements: [String?]) -> PostgresValue {
        let quoted = elements.map { element in
            guard let element else { return "NULL" }
            let escaped = element.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\"\(escaped)\""
        }
        return PostgresValue("{\(quoted.joined(separator: ","))}", as: .textArray)
    }

    /// `int8[]`, one-dimensional.
    public static func int8Array(_ elements: [Int64]) -> PostgresValue {
        PostgresValue("{\(elements.map(String.init).joined(separator: ","))}", as: .int8Array)
    }
}
