public import SuretyCore

/// The JSON document of `validate`, which every command prints when the declarations are invalid.
public enum FindingsDocument {
    /// `{"errors": […], "warnings": […]}`.
    public static func json(_ findings: [Finding]) -> JSONValue {
        func list(_ severity: Finding.Severity) -> JSONValue {
            .array(findings.filter { $0.severity == severity }.map(json))
        }
        return .object(["errors": list(.error), "warnings": list(.warning)])
    }

    private static func json(_ finding: Finding) -> JSONValue {
        .object([
            "file": .string(finding.location.file),
            "line": .integer(Int64(finding.location.line)),
            "column": .integer(Int64(finding.location.column)),
            "message": .string(finding.message),
            "hint": .string(finding.hint),
        ])
    }
}
