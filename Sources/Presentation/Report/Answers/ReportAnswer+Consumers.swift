import SuretyCore

extension ReportAnswer {
    /// Which consumers showed older data than owed, and whether anybody looked at it.
    static func consumers(_ report: WeeklyReport) -> ReportAnswer {
        let overrides = report.consumers.flatMap { consumer in consumer.overrides.map { (consumer, $0) } }
        return ReportAnswer(
            .q4, of: report, sentences(report),
            [
                ReportTable(
                    "What consumers showed",
                    ["Consumer", "Stale data shown", "Views then", "Gate held back", "Taken as it was"],
                    report.consumers.map(cells), empty: "No promise serves a consumer."),
                ReportTable(
                    "Failing checks that people took as they were",
                    ["Consumer", "By", "At", "Place", "Reason"],
                    overrides.map { consumer, override in
                        [
                            .init(consumer.id.rawValue, .strong), .init(override.by),
                            .init(report.zone.words(override.at)), .init(override.place),
                            .init(override.reason),
                        ]
                    }, empty: "Nobody took a failing check as it was."),
            ])
    }

    private static func sentences(_ report: WeeklyReport) -> [String] {
        guard !report.consumers.isEmpty else { return [] }
        let exposed = report.consumers.filter { $0.exposureMinutes > 0 }
        let held = report.consumers.reduce(0) { $0 + $1.heldBack }
        let gate = "Gates held back stale data \(held == 0 ? "never" : ReportAmounts.times(held))."
        guard !exposed.isEmpty else { return ["No consumer showed stale data.", gate] }
        let unseen = exposed.count { $0.staleViews == nil }
        return [
            "\(ReportAmounts.share(exposed.count, of: report.consumers.count, "consumers")) showed stale data"
                + (unseen == 0
                    ? "."
                    : "; whether \(unseen) of them \(unseen == 1 ? "was" : "were") looked at then is not measured."),
            gate,
        ]
    }

    private static func cells(_ consumer: WeeklyReport.ConsumerLine) -> [ReportTable.Cell] {
        let name = consumer.name == consumer.id.rawValue ? "" : " (\(consumer.name))"
        let views: ReportTable.Cell =
            switch (consumer.staleViews, consumer.views) {
            case (nil, _): .init("not measured", .quiet)
            case (let stale?, nil): .init(String(stale))
            case (let stale?, let all?):
                .init(ReportAmounts.share(stale, of: all), stale > 0 ? .bad : .neutral)
            }
        return [
            .init("\(consumer.id)\(name)", .strong),
            .init(
                consumer.exposureMinutes == 0
                    ? "none" : ReportAmounts.duration(Double(consumer.exposureMinutes) * 60),
                consumer.exposureMinutes > 0 ? .warning : .neutral),
            views, .init(consumer.heldBack == 0 ? "never" : ReportAmounts.times(consumer.heldBack)),
            .init(consumer.overrides.isEmpty ? "never" : ReportAmounts.times(consumer.overrides.count)),
        ]
    }
}
