/// The shapes that the sections are written in.
///
/// Scalars of a declaration are text; an editor reads them as YAML types, so that each shape also takes those.
enum SchemaShapes {
    /// Any one scalar.
    static func scalar(_ description: String) -> SchemaValue {
        ["description": .text(description), "type": ["string", "number", "boolean"]]
    }

    /// A scalar whose text matches a pattern, unless it holds `${…}` or `{{…}}`.
    static func scalar(_ description: String, _ pattern: String) -> SchemaValue {
        scalar(description).with("pattern", .text("(?:^\\s*(?:\(pattern))\\s*$)|\\$\\{|\\{\\{"))
    }

    /// One of several words.
    static func word(_ description: String, _ words: [String]) -> SchemaValue {
        scalar(description, words.joined(separator: "|"))
            .with("examples", .list(words.map { .text($0) }))
    }

    /// A word of a type of the core.
    static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ description: String, of _: Word.Type
    ) -> SchemaValue {
        word(description, Word.allCases.map(\.rawValue))
    }

    static func flag(_ description: String) -> SchemaValue { scalar(description, "true|false") }
    static func count(_ description: String) -> SchemaValue { scalar(description, "[0-9]+") }
    static func duration(_ description: String) -> SchemaValue {
        scalar(description + ": a whole number with s, m, h, d or w", "[0-9]+[smhdw]")
    }
    static func date(_ description: String) -> SchemaValue {
        scalar(description + ": YYYY-MM-DD", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
    }
    static func time(_ description: String) -> SchemaValue {
        scalar(description + ": HH:MM", "[0-9]{2}:[0-9]{2}")
    }
    static func table(_ description: String) -> SchemaValue {
        scalar(description + ": schema.table", "[^.\\s]+\\.[^.\\s]+")
    }

    /// A list, or a single item in its place where one is allowed.
    static func list(_ description: String, of item: SchemaValue) -> SchemaValue {
        ["description": .text(description), "type": "array", "items": item]
    }

    /// A list of texts.
    static func texts(_ description: String) -> SchemaValue {
        list(description, of: ["type": ["string", "number", "boolean"]])
    }

    /// A text, or a list of texts.
    static func oneOrMore(_ description: String) -> SchemaValue {
        ["description": .text(description), "anyOf": [scalar("One"), texts("Several")]]
    }

    /// A mapping with these keys and no others.
    static func mapping(
        _ description: String, required: [String] = [], _ properties: SchemaValue
    ) -> SchemaValue {
        let mapping: SchemaValue = [
            "description": .text(description), "type": "object", "properties": properties,
            "additionalProperties": false,
        ]
        return required.isEmpty ? mapping : mapping.with("required", .list(required.map { .text($0) }))
    }

    /// A mapping from ids to values of one shape.
    static func entries(_ description: String, of value: SchemaValue) -> SchemaValue {
        ["description": .text(description), "type": "object", "additionalProperties": value]
    }

    /// One of several shapes.
    static func either(_ description: String, _ shapes: SchemaValue...) -> SchemaValue {
        ["description": .text(description), "anyOf": .list(shapes)]
    }

    /// A mapping that has one of the keys.
    static func oneKey(_ description: String, _ properties: [(key: String, value: SchemaValue)])
        -> SchemaValue
    {
        mapping(description, .object(properties)).with(
            "oneOf", .list(properties.map { ["required": .list([.text($0.key)])] }))
    }
}
