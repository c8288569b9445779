import SuretyTestKit

@testable import SuretyCore

/// Weekly reports to look at: a rich one, an empty one, a large one.
enum SampleReport {
    /// One of the weekly reports.
    enum Kind: CaseIterable {
        case rich, empty, large

        /// The report.
        var report: WeeklyReport {
            switch self {
            case .rich: SampleReport.rich
            case .empty: SampleReport.empty
            case .large: SampleReport.large
            }
        }
    }

    /// A week in which everything happened: good and bad promises, incidents, changes, handwork.
    static var rich: WeeklyReport {
        var report = empty
        report.promises = [revenue, payroll, orders, rates, hostile]
        report.restated = [restated]
        report.incidents = [billing, gateway]
        report.alerts = alerts
        report.watchedSources = 14
        report.sourceChanges = [
            WeeklyReport.SourceChange(
                source: billingExport, kind: .columnTypeChanged, detail: "amount was integer and is numeric",
                promises: ["revenue-by-8", "payroll-by-noon"], observedAt: at("2026-11-18T04:02:00Z"),
                handledBy: nil),
            WeeklyReport.SourceChange(
                source: Make.name("raw.orders"), kind: .columnRenamed,
                detail: "coupon was renamed to voucher", promises: [], observedAt: at("2026-11-17T04:02:00Z"),
                handledBy: "a new definition on 18 November"),
        ]
        report.consumers = consumers
        report.ownership = [
            WeeklyReport.OwnershipLine(
                subject: "fx-rates", owner: "carla", tier: .two, flags: [.ownerUnreachable, .noRecoverySteps])
        ]
        report.backfills = [
            WeeklyReport.BackfillLine(
                asset: Make.name("mart.orders"), owner: "ben", missing: ["2026-11-12", "2026-11-13"],
                oldestDays: 10, command: "surety backfill mart.orders --for 2026-11-12..2026-11-13",
                affects: ["orders-hourly"])
        ]
        report.backfillsDone = 2
        report.manualSteps = [
            WeeklyReport.ManualLine(
                subject: "raw.fx_rates", kind: .manualRun, count: 4, suggestion: "Let a schedule run it."),
            WeeklyReport.ManualLine(subject: "revenue-by-8", kind: .waiver, count: 1, suggestion: nil),
        ]
        report.coverage = WeeklyReport.Coverage(assets: 24, checked: 17)
        report.actions = actions
        return report
    }

    /// A project in which nothing was promised and nothing happened.
    static var empty: WeeklyReport {
        WeeklyReport(
            project: "acme", week: "2026-W47", zone: madrid, from: at("2026-11-15T23:00:00Z"),
            to: at("2026-11-22T23:00:00Z"), generatedAt: at("2026-11-23T06:00:04Z"),
            definition: "sha256:9f0c21", promises: [], restated: [], incidents: [],
            alerts: WeeklyReport.AlertFigures(), watchedSources: 0, sourceChanges: [], consumers: [],
            ownership: [], backfills: [], backfillsDone: 0, manualSteps: [],
            coverage: WeeklyReport.Coverage(assets: 0, checked: 0), actions: [])
    }

    /// Two hundred promises, one in four of them broken, with names as long as names get.
    static var large: WeeklyReport {
        var report = rich
        report.promises = (1...200).map { number in
            var promise = number % 4 == 0 ? rates : revenue
            promise.id = PromiseID(rawValue: "promise-\(number)-" + long)
            promise.sentence = long + " <&\"'> " + long
            promise.owner = OwnerID(rawValue: long)
            return promise
        }
        report.incidents = (1...200).map { number in
            var line = number % 2 == 0 ? gateway : billing
            line.incident.cause.message = long
            return line
        }
        report.backfills = Array(repeating: report.backfills[0], count: 200)
        report.sourceChanges = Array(repeating: report.sourceChanges[0], count: 200)
        report.actions = Array(repeating: report.actions[0], count: 200)
        return report
    }

    /// 300 characters without a place to break.
    static let long = String(repeating: "abcdefghij", count: 30)

    static let madrid = Make.zone("Europe/Madrid")
    static let billingExport = Make.name("raw.billing_export")

    static func at(_ text: String) -> Instant { Make.instant(text) }

    static var alerts: WeeklyReport.AlertFigures {
        var alerts = WeeklyReport.AlertFigures()
        alerts.incidents = 6
        alerts.delivered = 14
        alerts.suppressed = [.rootCause: 31, .silenced: 2, .quietHours: 1]
        alerts.failures = 1
        alerts.actionable = 4
        alerts.noise = 1
        alerts.unrated = 1
        alerts.noisiest = [
            .init(
                asset: Make.name("raw.orders"), check: "rows >= 100", count: 3,
                suggestion: "Lower the bound or move it to warn.")
        ]
        return alerts
    }

    private static var consumers: [WeeklyReport.ConsumerLine] {
        [
            .init(
                id: "leadership-revenue", name: "Leadership revenue", exposureMinutes: 38, staleViews: nil,
                views: nil, heldBack: 2,
                overrides: [
                    .init(
                        by: "ana", reason: "Known gap, agreed with finance",
                        at: at("2026-11-19T07:30:00Z"), place: "mart.revenue_daily rows >= 1")
                ]),
            .init(
                id: "ops-board", name: "ops-board", exposureMinutes: 0, staleViews: 0, views: 41, heldBack: 0,
                overrides: []),
        ]
    }

    private static var actions: [WeeklyReport.ActionLine] {
        [
            .init(
                id: "act_1", owner: "carla", due: date("2026-11-20"),
                text: "Name who can be reached for fx-rates", from: .q5, status: .overdue),
            .init(
                id: "act_2", owner: "ana", due: date("2026-11-27"),
                text: "Handle amount: integer -> numeric in raw.billing_export", from: .q3, status: .open),
            .init(
                id: "act_3", owner: nil, due: date("2026-11-27"), text: "Raise the bound of rows >= 100",
                from: .q2, status: .closed),
        ]
    }

    static func date(_ text: String) -> CivilDate {
        guard let date = CivilDate(text) else { preconditionFailure("no date \(text)") }
        return date
    }
}
