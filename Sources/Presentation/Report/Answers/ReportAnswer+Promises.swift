import SuretyCore

extension ReportAnswer {
    /// Which promises failed, ran late or had warnings, and the incidents behind it.
    static func promises(_ report: WeeklyReport) -> ReportAnswer {
        let told = report.promises.filter(\.isTold).enumerated().sorted {
            ($0.element.badness, $0.offset) < ($1.element.badness, $1.offset)
        }.map(\.element)
        return ReportAnswer(
            .q1, of: report, sentences(report, told.count { !$0.isExperiment }),
            [
                ReportTable(
                    "Promises that failed, ran late or had warnings",
                    ["Promise", "Tier", "Owner", "Worst", "Cause", "What happened"],
                    told.map { cells($0, report) },
                    empty: report.promises.isEmpty
                        ? ReportBoard.empty : "Every promise was kept without warnings."),
                ReportTable(
                    "Incidents that were open in the week",
                    ["Incident", "Opened", "Detected, told", "Acknowledged", "Recovered", "Cause"],
                    report.incidents.map { cells($0, report) },
                    empty: "No incident was open in this week."),
            ])
    }

    private static func sentences(_ report: WeeklyReport, _ told: Int) -> [String] {
        var sentences: [String] = []
        let counts = report.summary
        if told > 0 {
            sentences.append(
                ReportAmounts.share(told, of: report.promises.count { !$0.isExperiment }, "promises")
                    + " failed, ran late or had warnings.")
        }
        if counts.all > 0 {
            let occurrences = ReportAmounts.count(counts.all, "occurrence")
            sentences.append("Of \(occurrences), experiments left out: \(counts.parts).")
        }
        if counts[.unknown] > 0 {
            sentences.append(
                "Nothing was recorded of \(ReportAmounts.count(counts[.unknown], "occurrence")): "
                    + "unknown, and counted as not kept.")
        }
        guard !report.incidents.isEmpty else { return sentences }
        let figures: [(String, [Double])] = [
            ("to detect", report.incidents.compactMap(\.timeToDetect)),
            ("to notify", report.incidents.compactMap(\.timeToNotify)),
            ("to acknowledge", report.incidents.compactMap(\.timeToAcknowledge)),
            ("to recover", report.incidents.compactMap(\.timeToRecover)),
        ]
        let texts = figures.map { "\($0.0) \(ReportAmounts.spread($0.1) ?? "not measured")" }
        let open = report.incidents.count { $0.incident.status.isOpen }
        let rest = open == 0 ? "" : "; \(open) still open, not in the time to recover"
        sentences.append("Time \(texts.joined(separator: "; "))\(rest).")
        sentences.append("Whether a person noticed before Surety did is not recorded.")
        return sentences
    }

    private static func cells(
        _ promise: WeeklyReport.PromiseLine, _ report: WeeklyReport
    ) -> [ReportTable.Cell] {
        let worst = promise.occurrences.map { OutcomeSign($0) }.min { $0.rank < $1.rank }
        let incidents = promise.occurrences.compactMap { promise.incidents[$0.deadline] }.unique()
        let causes = incidents.map { id in
            id.rawValue + (report.incident(id).map { ": \($0.incident.root.words)" } ?? "")
        }
        return [
            .init(promise.id.rawValue + (promise.isExperiment ? " (experiment)" : ""), .strong),
            .init(String(promise.tier.rawValue)), .init(promise.owner.rawValue),
            .init(worst.map { "\($0.glyph) \($0.word)" } ?? "-", worst?.tone ?? .quiet),
            .init(causes.isEmpty ? "no incident" : causes.joined(separator: "; ")),
            .init(happenings(promise)),
        ]
    }

    /// Each of a few occurrences, or how many of each kind and the worst.
    private static func happenings(_ promise: WeeklyReport.PromiseLine) -> String {
        let told = promise.occurrences.filter { $0.outcome != .kept && $0.outcome != .waived }
        func words(_ record: OccurrenceRecord) -> String {
            "\(promise.zone.words(record.deadline)) \(record.outcomeWords)"
                + (record.reason.map { " (\($0))" } ?? "")
        }
        guard told.count > 3 else { return told.map(words).joined(separator: "; ") }
        let worst = told.min {
            (OutcomeSign($0).rank, $0.marginSeconds ?? -.infinity)
                < (OutcomeSign($1).rank, $1.marginSeconds ?? -.infinity)
        }
        return WeeklyReport.Counts(told).parts + (worst.map { "; worst \(words($0))" } ?? "")
    }

    private static func cells(
        _ line: WeeklyReport.IncidentLine, _ report: WeeklyReport
    ) -> [ReportTable.Cell] {
        let incident = line.incident
        let zone = report.zone
        let detected = line.timeToDetect.map { "after \(ReportAmounts.duration($0))" } ?? "not measured"
        let told = line.timeToNotify.map { "told \(ReportAmounts.duration($0)) later" } ?? "nobody was told"
        let intervals = incident.intervals.isEmpty ? "" : " \(RunText.spell(incident.intervals))"
        return [
            .init("\(incident.id) (\(incident.severity.rawValue))", .strong),
            .init(zone.words(incident.openedAt)), .init("\(detected), \(told)"),
            .init(acknowledged(line, at: report.generatedAt)),
            recovered(line, at: report.generatedAt),
            .init("\(incident.root.asset)\(intervals): \(incident.cause.message)"),
        ]
    }

    private static func acknowledged(_ line: WeeklyReport.IncidentLine, at now: Instant) -> String {
        let incident = line.incident
        if let seconds = line.timeToAcknowledge {
            let who = incident.acknowledgement.map { " by \($0.by)" } ?? ""
            return "after \(ReportAmounts.duration(seconds))\(who)"
        }
        guard incident.status.isOpen, let told = line.timeToNotify else { return "by nobody" }
        let waited = Double(now.milliseconds(since: incident.openedAt)) / 1000 - told
        return "≥ \(ReportAmounts.duration(max(0, waited))), still open"
    }

    private static func recovered(_ line: WeeklyReport.IncidentLine, at now: Instant) -> ReportTable.Cell {
        if let seconds = line.timeToRecover { return .init("after \(ReportAmounts.duration(seconds))") }
        guard line.incident.status.isOpen else { return .init("not measured", .quiet) }
        let open = Double(now.milliseconds(since: line.incident.openedAt)) / 1000 + (line.timeToDetect ?? 0)
        return .init("≥ \(ReportAmounts.duration(max(0, open))), still open", .bad)
    }
}

extension WeeklyReport.PromiseLine {
    /// Whether the first question is about it.
    var isTold: Bool {
        switch worst {
        case .missed, .unknown, .late, .keptWithWarnings: true
        case .waived, .kept, nil: false
        }
    }

    /// How bad its week was, the worst first.
    var badness: Int { worst.map { OutcomeSign($0).rank } ?? 6 }
}

extension WeeklyReport.Counts {
    /// `60: 57 kept, 1 kept with warnings, 1 late, 1 waived; 1 of them still open`.
    var words: String { "\(all): \(parts)" }

    /// How often each outcome came; what did not come is left out.
    var parts: String {
        let outcomes: [PromiseView.Outcome] = [.kept, .keptWithWarnings, .late, .missed, .waived, .unknown]
        let texts = outcomes.filter { self[$0] > 0 }.map { "\(self[$0]) \(OutcomeSign($0).name)" }
        return texts.joined(separator: ", ") + (open > 0 ? "; \(open) of them still open" : "")
    }
}
