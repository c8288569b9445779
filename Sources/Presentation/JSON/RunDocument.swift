public import SuretyCore

/// The JSON document of `run` and `show`.
public enum RunDocument {
    /// `{"run": {…}}`.
    public static func json(_ run: RunRecord) -> JSONValue { .object(["run": body(run)]) }

    /// A run.
    public static func body(_ run: RunRecord) -> JSONValue {
        .object([
            "id": .string(run.id.rawValue),
            "target": .string(run.target),
            "intervals": .strings(run.intervals),
            "trigger": .string(run.trigger),
            "definition": .string(run.definition),
            "state": .string(run.state.rawValue),
            "started_at": .string(run.startedAt.description),
            "ended_at": .optional(run.endedAt?.description),
            "steps": .array(run.steps.map(json)),
        ])
    }

    /// A step.
    public static func json(_ step: StepRecord) -> JSONValue {
        .object([
            "asset": .string(step.asset.description),
            "interval": .optional(step.interval),
            "kind": .string(step.kind.rawValue),
            "state": .string(step.state.rawValue),
            "attempts": .integer(Int64(step.attempts)),
            "cause": step.cause.map(json) ?? .null,
            "chain": .strings(step.chain),
            "kept": .bool(step.kept),
            "rows": .optional(step.rows),
            "checks": .array(step.checks.map(CheckDocument.json)),
        ])
    }

    /// A cause.
    public static func json(_ cause: Cause) -> JSONValue {
        .object([
            "kind": .string(cause.kind.rawValue),
            "asset": .string(cause.asset.description),
            "interval": .optional(cause.interval),
            "step": .optional(cause.step),
            "check": .optional(cause.check),
            "message": .string(cause.message),
            "owner": .optional(cause.owner?.rawValue),
            "recovery": .strings(cause.recovery),
        ])
    }
}
