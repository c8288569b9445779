/// The JSON document of an error over HTTP, `application/problem+json`.
public enum ProblemDocument {
    /// `{"type", "title", "status", "detail", "hint"}`; the type is `urn:surety:` and the kind.
    public static func json(kind: String, title: String, status: Int, detail: String, hint: String)
        -> JSONValue
    {
        .object([
            "type": .string("urn:surety:\(kind)"),
            "title": .string(title),
            "status": .integer(Int64(status)),
            "detail": .string(detail),
            "hint": .optional(hint.isEmpty ? nil : hint),
        ])
    }
}
