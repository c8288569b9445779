/// The JSON Schema of the declarations, for editors and for checks in CI.
public enum DeclarationSchema {
    /// The schema of any file of a project, draft 2020-12, as JSON with a final newline.
    ///
    /// It knows keys and shapes. Names, cycles and the check grammar are what `surety validate` looks at.
    public static func json() -> String { schema.json() + "\n" }

    static var schema: SchemaValue {
        [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Surety declarations",
            "description": "A file of a Surety project: promises, assets, checks and what surrounds them.",
            "type": "object",
            "properties": .object(
                ProjectSchema.sections + PromiseSchema.sections + AssetSchema.sections
                    + SystemSchema.sections),
            "additionalProperties": false,
        ]
    }
}
