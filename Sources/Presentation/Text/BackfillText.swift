public import SuretyCore

/// What a backfill means, in words.
public enum BackfillText {
    /// Lines for below the plan; none where there is nothing to know.
    public static func text(_ effects: BackfillEffects, _ style: Style) -> String {
        var lines = effects.notes.map { "note on \($0.asset): \($0.text)" }
        lines += replaced(effects.replaced)
        lines += effects.reopened.map { "reopens \(words($0))" }
        if effects.hasWork { lines.append(estimate(effects.estimate)) }
        lines += effects.endangered.map { style("endangers", .bad) + " \(words($0)), which is not complete" }
        return lines.map { "\($0)\n" }.joined()
    }

    private static func replaced(_ slices: [BackfillEffects.Replaced]) -> [String] {
        if slices.count <= 5 { return slices.map { "replaces \(rows($0.rows)) of \($0.key)" } }
        return Set(slices.map(\.key.asset)).sorted().map { asset in
            let own = slices.filter { $0.key.asset == asset }
            return "replaces \(rows(own.map(\.rows).reduce(0, +))) of \(asset) in \(own.count) intervals"
        }
    }

    private static func rows(_ count: Int64) -> String { count == 1 ? "1 row" : "\(count) rows" }

    private static func words(_ due: BackfillEffects.Due) -> String {
        "\(due.promise)" + (due.through.map { " through \($0)" } ?? "")
            + ", due \(due.zone.words(due.deadline))"
    }

    private static func estimate(_ estimate: PlanEstimate?) -> String {
        guard let estimate else { return "takes an unknown time: nothing like it has run before" }
        let unknown =
            estimate.unknownSteps == 0
            ? "" : ", and \(estimate.unknownSteps) steps that have never run"
        return
            "takes about \(RunText.duration(seconds: estimate.seconds))\(unknown), judged by the last 8 of each"
    }
}
