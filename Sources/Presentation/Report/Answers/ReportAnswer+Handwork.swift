import SuretyCore

extension ReportAnswer {
    /// What people do by hand, and what might be done about it.
    static func handwork(_ report: WeeklyReport) -> ReportAnswer {
        ReportAnswer(
            .q7, of: report, [],
            [
                ReportTable(
                    "Done by hand in the last four weeks",
                    ["Subject", "What", "How often", "Suggestion"],
                    report.manualSteps.map { line in
                        [
                            .init(line.subject, .strong), .init(line.kind.words),
                            .init(line.count == 0 ? "never" : ReportAmounts.times(line.count)),
                            line.suggestion.map { .init($0, .warning) } ?? .init("none yet", .quiet),
                        ]
                    }, empty: "Nobody did anything by hand in the last four weeks.")
            ])
    }
}

extension WeeklyReport.ManualLine.Kind {
    /// What was done, in words.
    var words: String {
        switch self {
        case .manualRun: "run by hand"
        case .backfill: "backfill"
        case .acceptedCheck: "failing check taken as it was"
        case .waiver: "waiver"
        case .approval: "approval"
        case .manualStep: "manual step"
        case .undo: "undo"
        case .undocumentedStep: "manual step without instructions"
        }
    }
}
