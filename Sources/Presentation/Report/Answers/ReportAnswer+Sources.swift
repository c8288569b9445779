import SuretyCore

extension ReportAnswer {
    /// What changed in the sources, and who handled it.
    static func sources(_ report: WeeklyReport) -> ReportAnswer {
        let watched = ReportAmounts.count(report.watchedSources, "watched source")
        let open = report.sourceChanges.count { $0.handledBy == nil }
        let sentences =
            report.sourceChanges.isEmpty
            ? []
            : [
                "\(ReportAmounts.count(report.sourceChanges.count, "change")) on \(watched), "
                    + "\(open == 0 ? "all handled" : "\(open) not handled yet")."
            ]
        return ReportAnswer(
            .q3, of: report, sentences,
            [
                ReportTable(
                    "Changes of sources, what nobody handled first",
                    ["Source", "Change", "Can break", "Seen", "Handled by"],
                    report.sourceChanges.map { change in
                        [
                            .init(change.source.description, .strong), .whole(change.detail),
                            .init(broken(change)), .init(report.zone.words(change.observedAt)),
                            change.handledBy.map { .init($0, .good) } ?? .init("nobody yet", .bad),
                        ]
                    },
                    empty: report.watchedSources == 0
                        ? "The columns of no source are watched, so changes would not have been seen."
                        : "No source changes were observed on \(watched).")
            ])
    }

    private static func broken(_ change: WeeklyReport.SourceChange) -> String {
        change.promises.isEmpty
            ? "no promise" : change.promises.map(\.rawValue).joined(separator: ", ")
    }
}
