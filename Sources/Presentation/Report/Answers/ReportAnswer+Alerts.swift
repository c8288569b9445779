import SuretyCore

extension ReportAnswer {
    /// Whether alerts were worth sending, and how many were spared.
    static func alerts(_ report: WeeklyReport) -> ReportAnswer {
        let figures = report.alerts
        return ReportAnswer(
            .q2, of: report, sentences(report),
            [
                ReportTable(
                    "Incidents and their alerts", ["Incident", "Messages", "Worth sending", "Who says so"],
                    report.incidents.filter { $0.notifications > 0 }.map(cells),
                    empty: "No incident was told of in this week."),
                ReportTable(
                    "Messages that were not sent", ["Why", "Messages"],
                    WeeklyReport.AlertFigures.Spared.allCases.compactMap { reason in
                        guard let number = figures.suppressed[reason], number > 0 else { return nil }
                        return [.init(reason.words), .init(String(number))]
                    }, empty: "No message was held back."),
                ReportTable(
                    "What made most noise in four weeks", ["Asset", "Check", "Noise", "Suggestion"],
                    figures.noisiest.map {
                        [
                            .init($0.asset.description, .strong), .init($0.check ?? "the step or its data"),
                            .init(ReportAmounts.times($0.count)), .init($0.suggestion),
                        ]
                    }, empty: "Nothing made noise in four weeks."),
            ])
    }

    private static func sentences(_ report: WeeklyReport) -> [String] {
        let figures = report.alerts
        var sentences: [String] = []
        if figures.incidents > 0 {
            sentences.append(
                "\(ReportAmounts.count(figures.delivered, "message")) about "
                    + "\(ReportAmounts.count(figures.incidents, "incident")) reached somebody"
                    + perIncident(report) + ".")
            sentences.append(rated(figures))
        }
        let spared = figures.suppressed.values.reduce(0, +)
        if spared > 0 {
            sentences.append(
                ReportAmounts.share(spared, of: spared + figures.delivered, "messages")
                    + " were not sent, for the reasons below.")
        }
        sentences.append(
            figures.failures == 0
                ? "Every message that was sent arrived."
                : "\(ReportAmounts.count(figures.failures, "message")) could not be delivered by any try.")
        return figures.incidents + spared + figures.failures == 0 ? [] : sentences
    }

    private static func perIncident(_ report: WeeklyReport) -> String {
        let numbers = report.incidents.map(\.notifications).filter { $0 > 0 }
        guard numbers.count > 1, let most = numbers.max(),
            let median = ReportAmounts.median(numbers.map(Double.init))
        else { return "" }
        return ", median \(ReportAmounts.decimal(median)) and at most \(most) for each (n \(numbers.count))"
    }

    private static func rated(_ figures: WeeklyReport.AlertFigures) -> String {
        let unrated = figures.unrated == 0 ? "" : "; of \(figures.unrated) nobody knows"
        guard figures.rated > 0 else { return "Nobody knows whether they were worth sending\(unrated)." }
        return "On \(ReportAmounts.share(figures.actionable, of: figures.rated, "rated incidents")) "
            + "somebody acted, \(figures.noise) \(figures.noise == 1 ? "was" : "were") noise\(unrated)."
    }

    private static func cells(_ line: WeeklyReport.IncidentLine) -> [ReportTable.Cell] {
        let word: ReportTable.Cell =
            switch line.rating {
            case .acted: .init("yes, somebody acted", .good)
            case .noise: .init("no, it was noise", .warning)
            case nil: .init("unknown", .quiet)
            }
        let source = line.rating == nil ? "nobody" : line.isRatedByPerson ? "a person" : "what was done"
        return [
            .init(line.incident.id.rawValue, .strong), .init(String(line.notifications)), word,
            .init(source),
        ]
    }
}

extension WeeklyReport.AlertFigures.Spared {
    /// Why, in words.
    var words: String {
        switch self {
        case .rootCause: "told under its root cause already"
        case .silenced: "silenced by a person"
        case .quietHours: "quiet hours of the receiver"
        case .superseded: "a newer message said more"
        }
    }
}
