public import SuretyCore

/// The JSON document of `check`, and of the checks within `run` and `show`.
public enum CheckDocument {
    /// `{"results": […], "summary": {…}}`.
    public static func json(_ results: [CheckResult]) -> JSONValue {
        .object(["results": .array(results.map(json)), "summary": summary(results)])
    }

    /// One result.
    public static func json(_ result: CheckResult) -> JSONValue {
        .object([
            "asset": .string(result.asset.description),
            "interval": .optional(result.interval),
            "check": .string(result.check),
            "id": .string(result.id.rawValue),
            "list": .string(result.list.rawValue),
            "verdict": .string(result.verdict.rawValue),
            "proved": .bool(result.proved),
            "vacuous": .bool(result.vacuous),
            "reused": .optional(result.misremembered ?? result.reused),
            "why": .optional(result.explanation),
            "observed": .optional(result.observed),
            "observed_number": .optional(result.observedNumber),
            "expected": .optional(result.expected),
            "rows": .optional(result.rows),
            "violations": .optional(result.violations),
            "unknown": .optional(result.unknown),
            "unit": .optional(result.unit),
            "duration_ms": .optional(result.durationMilliseconds),
            "snapshot": .optional(result.snapshot),
            "samples": .array(
                result.samples.map { .object($0.mapValues { JSONValue.optional($0) }) }),
            "sqlstate": .optional(result.sqlState),
            "accepted": .bool(result.accepted),
        ])
    }

    /// How many of each verdict.
    static func summary(_ results: [CheckResult]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: Verdict.allCases.map { verdict in
                    (verdict.rawValue, .integer(Int64(results.count { $0.verdict == verdict })))
                }))
    }
}
