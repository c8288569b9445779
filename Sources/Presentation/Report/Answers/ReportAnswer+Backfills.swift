import SuretyCore

extension ReportAnswer {
    /// What is owed and not certified, and what runs it.
    static func backfills(_ report: WeeklyReport) -> ReportAnswer {
        let done =
            report.backfillsDone == 0
            ? "No backfill was run in this week."
            : "\(ReportAmounts.count(report.backfillsDone, "backfill")) "
                + "\(report.backfillsDone == 1 ? "was" : "were") run in this week."
        return ReportAnswer(
            .q6, of: report, [done],
            [
                ReportTable(
                    "Owed and not certified",
                    ["Asset", "Missing", "Oldest", "Owner", "Holds up", "Command"],
                    report.backfills.map { line in
                        [
                            .init(line.asset.description, .strong),
                            .init(line.missing.isEmpty ? "the whole table" : RunText.spell(line.missing)),
                            .init(
                                ReportAmounts.count(line.oldestDays, "day"),
                                line.oldestDays > 7 ? .bad : .neutral),
                            line.owner.map { .init($0.rawValue) } ?? .init("nobody", .bad),
                            .init(holdsUp(line.affects)), .command(line.command),
                        ]
                    }, empty: "All that is owed is certified.")
            ])
    }

    private static func holdsUp(_ promises: [PromiseID]) -> String {
        guard !promises.isEmpty else { return "nothing else" }
        let names = promises.prefix(3).map(\.rawValue).joined(separator: ", ")
        return promises.count > 3 ? "\(names) and \(promises.count - 3) more" : names
    }
}
