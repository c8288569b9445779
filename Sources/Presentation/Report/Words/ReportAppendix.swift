import SuretyCore

/// What follows the seven answers: the figures of 13 weeks, what was waived and restated, what was not measured.
enum ReportAppendix {
    /// The tables, in order.
    static func tables(_ report: WeeklyReport) -> [ReportTable] {
        [figures(report), waived(report), restated(report)]
    }

    /// The notes on how far the figures can be trusted.
    static func notes(_ report: WeeklyReport) -> [String] {
        let coverage = report.coverage
        let checks =
            coverage.assets == 0
            ? "No asset is on the way to a promise."
            : "\(ReportAmounts.share(coverage.checked, of: coverage.assets, "assets")) on the way to a promise "
                + "are checked for their rows, their freshness and their keys."
        let unmeasured = report.consumers.count { $0.staleViews == nil }
        let views =
            unmeasured == 0
            ? []
            : [
                "Views are not measured for "
                    + "\(ReportAmounts.share(unmeasured, of: report.consumers.count, "consumers"))."
            ]
        return [checks] + views
    }

    private static func figures(_ report: WeeklyReport) -> ReportTable {
        ReportTable(
            "Over \(WeeklyReport.Budget.weeks) weeks",
            ["Promise", "Kept", "95% interval", "Worst tenth of margins", "Trend of the margin"],
            report.promises.map { promise in
                let budget = promise.budget
                let kept = max(0, budget.occurrences - budget.used)
                return [
                    .init(promise.id.rawValue, .strong),
                    .init(
                        budget.occurrences == 0
                            ? "nothing counted" : ReportAmounts.share(kept, of: budget.occurrences)),
                    .init(ReportAmounts.confidence(kept, of: budget.occurrences) ?? "too few to say"),
                    .init(promise.margin?.tenth.map(ReportAmounts.margin) ?? "too few to say"),
                    .init(promise.trend?.words ?? "no clear trend", promise.trend?.tone ?? .neutral),
                ]
            }, empty: ReportBoard.empty)
    }

    private static func waived(_ report: WeeklyReport) -> ReportTable {
        let lines = report.promises.flatMap { promise in
            promise.occurrences.filter { $0.outcome == .waived }.map { (promise, $0) }
        }
        return ReportTable(
            "Waived", ["Promise", "Due", "Reason"],
            lines.map { promise, record in
                [
                    .init(promise.id.rawValue, .strong), .init(promise.zone.words(record.deadline)),
                    .init(record.reason ?? "none given"),
                ]
            }, empty: "Nothing was waived.")
    }

    private static func restated(_ report: WeeklyReport) -> ReportTable {
        let own = report.promises.flatMap(\.occurrences).filter { $0.restatedAt != nil }
        return ReportTable(
            "Restated", ["Promise", "Due", "Judged", "Withdrawn at", "Reason"],
            (report.restated + own).map { record in
                let zone = report.promises.first { $0.id == record.promise }?.zone ?? report.zone
                return [
                    .init(record.promise.rawValue, .strong), .init(zone.words(record.deadline)),
                    .init(record.outcomeWords), .init(record.restatedAt.map { zone.words($0) } ?? "-"),
                    .init(record.reason ?? "a certificate was withdrawn"),
                ]
            }, empty: "Nothing was restated.")
    }
}

extension WeeklyReport.Trend {
    /// `shrinks by 42 s each time, used up after 27 occurrences (p 0.03)`.
    var words: String {
        let step = ReportAmounts.duration(slope)
        let hundredths = Int((chance * 100).rounded())
        let text = "\(slope < 0 ? "shrinks" : "grows") by \(step) each time"
        let end = runway.map { ", used up after \(ReportAmounts.count(max(0, Int($0)), "occurrence"))" } ?? ""
        return text + end
            + " (p \(hundredths == 0 ? "< 0.01" : "0.\(hundredths < 10 ? "0" : "")\(hundredths)"))"
    }

    /// What it says about the world.
    var tone: Style.Tone { slope < 0 ? .warning : .good }
}
