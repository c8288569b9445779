public import SuretyCore

/// The JSON document of `plan` and `backfill --dry-run`.
public enum PlanDocument {
    /// `{"hash", "steps": […]}`.
    public static func json(_ plan: Plan, hash: String) -> JSONValue {
        .object([
            "hash": .string(hash),
            "target": .string(plan.target.name),
            "intervals": .strings(plan.intervals),
            "steps": .array(
                plan.steps.map { step in
                    .object([
                        "asset": .string(step.key.asset.description),
                        "interval": .optional(step.key.slice.label),
                        "kind": .string(step.kind.rawValue),
                        "action": .string(step.action.rawValue),
                        "why": .string(step.why),
                    ])
                }),
        ])
    }
}
