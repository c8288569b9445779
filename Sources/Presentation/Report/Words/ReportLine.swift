import SuretyCore

/// The week in one line: what was kept, what was not and why, how much is to be decided.
enum ReportLine {
    /// How many broken promises are told of in full.
    private static let most = 3

    /// `11 of 12 promises kept; revenue-by-8 was late once (…). 2 decisions needed.`
    static func text(_ report: WeeklyReport) -> String {
        "\(opening(report).capitalizedFirst)\(details(report)). \(decisions(report))."
    }

    /// `11 of 12 promises kept`, for a headline.
    static func opening(_ report: WeeklyReport) -> String {
        let counted = counted(report)
        guard !counted.isEmpty else {
            return report.promises.isEmpty || report.summary.all == 0
                ? "no promise was due" : "every occurrence was waived"
        }
        let kept = counted.count { $0.counts.kept == $0.counts.counted }
        return ReportAmounts.share(
            kept, of: counted.count, counted.count == 1 ? "promise kept" : "promises kept")
    }

    private static func counted(_ report: WeeklyReport) -> [WeeklyReport.PromiseLine] {
        report.promises.filter { !$0.isExperiment && $0.counts.counted > 0 }
    }

    private static func details(_ report: WeeklyReport) -> String {
        let broken = counted(report).filter { $0.counts.kept < $0.counts.counted }
        guard !broken.isEmpty else { return "" }
        let texts = broken.prefix(most).map { detail($0, report) }
        let rest = broken.count > most ? "; and \(broken.count - most) more not kept" : ""
        return "; " + texts.joined(separator: "; ") + rest
    }

    /// `revenue-by-8 was late once (Tue 17 Nov, by 38 min, raw.billing_export was late, shown 08:38)`.
    private static func detail(_ promise: WeeklyReport.PromiseLine, _ report: WeeklyReport) -> String {
        let failed = promise.occurrences.filter { OutcomeSign($0).isFailure }
        let name = Alert.cut(promise.id.rawValue.flattened, to: 60)
        let outcomes: [PromiseView.Outcome] = [.late, .missed, .unknown]
        let times = outcomes.compactMap { outcome -> String? in
            let count = failed.count { $0.outcome == outcome }
            guard count > 0 else { return nil }
            let open = failed.count { $0.outcome == outcome && !$0.isFinal }
            let rest =
                open == 0 || failed.count == 1
                ? "" : open == count ? " (still open)" : " (\(open) still open)"
            return "\(OutcomeSign(outcome).name) \(ReportAmounts.times(count))\(rest)"
        }
        let worst = failed.min { left, right in
            let ranks = (OutcomeSign(left).rank, OutcomeSign(right).rank)
            if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
            // What is not shown yet is later than anything that is.
            return (left.marginSeconds ?? -.infinity) < (right.marginSeconds ?? -.infinity)
        }
        guard let worst else { return name }
        let facts = facts(worst, of: promise, report)
        return "\(name) was \(ReportAmounts.list(times)) "
            + "(\(failed.count > 1 ? "worst " : "")\(facts.joined(separator: ", ")))"
    }

    private static func facts(
        _ record: OccurrenceRecord, of promise: WeeklyReport.PromiseLine, _ report: WeeklyReport
    ) -> [String] {
        let due = promise.zone.civil(of: record.deadline).date
        var when = ReportDates.day(due)
        if record.outcome == .late, let margin = record.marginSeconds {
            when += ", by \(ReportAmounts.duration(margin))"
        }
        if !record.isFinal { when += ", still open" }
        var facts = [when]
        if let line = report.incident(promise.incidents[record.deadline]) {
            facts.append(line.incident.root.words.flattened)
        }
        if let shown = record.shownAt {
            let civil = promise.zone.civil(of: shown)
            let day = civil.date == due ? "" : "\(ReportDates.day(civil.date)) "
            facts.append("shown \(day)\(ReportDates.clock(civil.time))")
        }
        return facts
    }

    private static func decisions(_ report: WeeklyReport) -> String {
        let pending = report.actions.count { $0.status != .closed }
        return pending == 0
            ? "Nothing to decide" : "\(ReportAmounts.count(pending, "decision")) needed"
    }
}
