public import SuretyCore

/// The JSON documents of silences.
public enum SilenceDocument {
    /// `{"silences": […]}`.
    public static func json(_ silences: [Silence]) -> JSONValue {
        .object(["silences": .array(silences.map(body))])
    }

    /// `{"silence": {…}}`.
    public static func json(_ silence: Silence) -> JSONValue { .object(["silence": body(silence)]) }

    private static func body(_ silence: Silence) -> JSONValue {
        .object([
            "id": .string(silence.id),
            "target": .string(silence.target),
            "by": .string(silence.by),
            "reason": .string(silence.reason),
            "from": .string(silence.from.description),
            "until": .string(silence.until.description),
        ])
    }
}
