public import SuretyCore

/// The JSON document of `plan` and `backfill --dry-run`.
public enum PlanDocument {
    /// `{"hash", "steps": […]}`; of a backfill also what it means: rows replaced, occurrences reopened, an estimate; and
    /// what the checks' statements cost, where that was asked for.
    public static func json(
        _ plan: Plan, hash: String, effects: BackfillEffects? = nil, costs: [StatementCost]? = nil
    ) -> JSONValue {
        var document: [String: JSONValue] = [
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
        ]
        if let costs { document["costs"] = .array(costs.map(json)) }
        guard let effects else { return .object(document) }
        document["notes"] = .array(
            effects.notes.map { .object(["asset": .string($0.asset.description), "note": .string($0.text)]) })
        document["replaces"] = .array(
            effects.replaced.map {
                .object([
                    "asset": .string($0.key.asset.description), "interval": .optional($0.key.slice.label),
                    "rows": .integer($0.rows),
                ])
            })
        document["reopens"] = .array(effects.reopened.map(json))
        document["endangers"] = .array(effects.endangered.map(json))
        document["estimate_s"] = .optional(effects.estimate?.seconds)
        return .object(document)
    }

    private static func json(_ cost: StatementCost) -> JSONValue {
        .object([
            "asset": .string(cost.asset.description), "interval": .optional(cost.interval),
            "statement": .string(cost.statement), "blocks": .integer(cost.blocks),
            "seconds": .number(cost.seconds), "remote": .strings(cost.remote),
        ])
    }

    private static func json(_ due: BackfillEffects.Due) -> JSONValue {
        .object([
            "promise": .string(due.promise.rawValue), "deadline": .string(due.deadline.description),
            "through": .optional(due.through),
        ])
    }
}
