public import SuretyCore

/// The JSON document of `gate`.
public enum GateDocument {
    /// An answer.
    public static func json(_ answer: GateAnswer) -> JSONValue {
        .object([
            "consumer": .string(answer.consumer.rawValue),
            "decision": .string(answer.isOpen ? "open" : "closed"),
            "intervals": .strings(answer.intervals),
            "certified_through": .object(answer.certifiedThrough.mapValues { JSONValue.optional($0) }),
            "reasons": .array(
                answer.reasons.map { reason in
                    .object([
                        "asset": .string(reason.asset.description),
                        "interval": .optional(reason.interval),
                        "why": .string(reason.why),
                        "incident": .optional(reason.incident?.rawValue),
                        "cause": reason.cause.map(RunDocument.json) ?? .null,
                    ])
                }),
            "certificates": .strings(answer.certificates.map(\.rawValue)),
        ])
    }
}
