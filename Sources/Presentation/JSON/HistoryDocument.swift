public import SuretyCore

/// The JSON document of `history`.
public enum HistoryDocument {
    /// `{"history": [{"run", "target", …}]}`, the newest first; `show` tells the steps.
    public static func json(_ runs: [RunRecord]) -> JSONValue {
        .object([
            "history": .array(
                runs.map { run in
                    .object([
                        "run": .string(run.id.rawValue),
                        "target": .string(run.target),
                        "intervals": .strings(run.intervals),
                        "state": .string(run.state.rawValue),
                        "trigger": .string(run.trigger),
                        "started": .string(run.startedAt.description),
                        "took": .optional(
                            run.endedAt.map { Double($0.milliseconds(since: run.startedAt)) / 1000 }),
                    ])
                })
        ])
    }
}
