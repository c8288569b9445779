/// The JSON document of an error.
public enum ErrorDocument {
    /// `{"error": {"code", "kind", "message", "hint"}}`.
    public static func json(code: Int32, kind: String, message: String, hint: String) -> JSONValue {
        .object([
            "error": .object([
                "code": .integer(Int64(code)), "kind": .string(kind), "message": .string(message),
                "hint": .string(hint),
            ])
        ])
    }
}
