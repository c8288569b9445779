public import SuretyCore

/// A plan in words.
public enum PlanText {
    /// What would run, in which order, and why; what would not, and why not.
    public static func text(_ plan: Plan, hash: String, _ style: Style) -> String {
        guard !plan.steps.isEmpty else { return "Nothing is owed.\n" }
        var table = TextTable(["ACTION", "ASSET", "INTERVAL", "STEP", "WHY"])
        for step in plan.steps {
            table.add([
                .init(step.action.rawValue, tone(step.action)), .init(step.key.asset.description),
                .init(step.key.slice.label ?? "-"), .init(step.kind.rawValue), .init(step.why),
            ])
        }
        let counts = PlannedStep.Action.allCases.compactMap { action -> String? in
            let count = plan.steps.count { $0.action == action }
            return count == 0 ? nil : "\(action.rawValue) \(count)"
        }
        return table.text(style) + counts.joined(separator: ", ") + "\nplan \(hash)\n"
    }

    private static func tone(_ action: PlannedStep.Action) -> Style.Tone {
        switch action {
        case .build, .check: .strong
        case .wait: .warning
        case .keep: .quiet
        }
    }
}
