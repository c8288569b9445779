public import SuretyCore

/// The JSON document of the weekly report.
public enum ReportDocument {
    /// `surety.weekly-report/1`; instants in UTC, what nobody measured null.
    public static func json(_ report: WeeklyReport) -> JSONValue {
        .object([
            "schema": .string(WeeklyReport.schema), "report_id": .string(report.id),
            "project": .string(report.project), "week": .string(report.week),
            "timezone": .string(report.zone.identifier), "from": .string(report.from.description),
            "to": .string(report.to.description), "generated_at": .string(report.generatedAt.description),
            "config_hash": .string(report.definition), "summary": json(report.summary),
            "promises": .array(report.promises.map(json)),
            "restated": .array(
                report.restated.map { record in
                    json(record, incident: nil, ["promise": .string(record.promise.rawValue)])
                }),
            "incidents": .array(report.incidents.map(json)), "alerts": json(report.alerts),
            "source_changes": .array(report.sourceChanges.map(json)),
            "consumers": .array(report.consumers.map(json)),
            "ownership": .array(report.ownership.map(json)),
            "backfills": .array(report.backfills.map(json)),
            "manual_steps": .array(report.manualSteps.map(json)),
            "coverage": .object([
                "assets": integer(report.coverage.assets), "checked": integer(report.coverage.checked),
            ]),
            "answers": answers(report), "actions": .array(report.actions.map(json)),
        ])
    }

    static func integer(_ number: Int) -> JSONValue { .integer(Int64(number)) }

    private static func json(_ counts: WeeklyReport.Counts) -> JSONValue {
        var members: [String: JSONValue] = ["occurrences": integer(counts.all)]
        for outcome in PromiseView.Outcome.allCases { members[outcome.rawValue] = integer(counts[outcome]) }
        return .object(members)
    }

    private static func json(_ promise: WeeklyReport.PromiseLine) -> JSONValue {
        .object([
            "id": .string(promise.id.rawValue), "tier": integer(promise.tier.rawValue),
            "owner": .string(promise.owner.rawValue), "experiment": .bool(promise.isExperiment),
            "occurrences": .array(
                promise.occurrences.map { json($0, incident: promise.incidents[$0.deadline]) }),
            "kept": integer(promise.counts.kept), "total": integer(promise.counts.counted),
            "target": .number(WeeklyReport.Budget.target),
            "window_weeks": integer(WeeklyReport.Budget.weeks),
            "budget_allowed": integer(promise.budget.allowed), "budget_used": integer(promise.budget.used),
            "margin_seconds": .object([
                "median": .optional(promise.margin?.median), "min": .optional(promise.margin?.worst),
                "p10": .optional(promise.margin?.tenth),
            ]),
            "trend": promise.trend.map { trend in
                .object([
                    "slope_seconds_per_occurrence": .number(trend.slope), "p_value": .number(trend.chance),
                    "runway_occurrences": .optional(trend.runway),
                ])
            } ?? .null,
        ])
    }

    private static func json(
        _ record: OccurrenceRecord, incident: IncidentID?, _ more: [String: JSONValue] = [:]
    ) -> JSONValue {
        .object(
            [
                "due": .string(record.deadline.description), "interval": .optional(record.through),
                "outcome": .string(record.outcome.rawValue),
                "published_at": .optional(record.shownAt?.description),
                "complete_at": .optional(record.completeAt?.description),
                "landed_at": .optional(record.landedAt?.description),
                "detected_at": .string(record.detectedAt.description),
                "restated_at": .optional(record.restatedAt?.description),
                "reason": .optional(record.reason), "margin_seconds": .optional(record.marginSeconds),
                "incident": .optional(incident?.rawValue), "open": .bool(!record.isFinal),
            ].merging(more) { own, _ in own })
    }

    private static func json(_ line: WeeklyReport.IncidentLine) -> JSONValue {
        .object([
            "id": .string(line.incident.id.rawValue),
            "cause_class": .string(line.incident.root.causeClass.rawValue),
            "root": .string(line.incident.root.asset.description), "human_detected": .null,
            "ttd_seconds": .optional(line.timeToDetect), "ttn_seconds": .optional(line.timeToNotify),
            "tta_seconds": .optional(line.timeToAcknowledge), "ttr_seconds": .optional(line.timeToRecover),
            "open": .bool(line.incident.status.isOpen), "notifications": integer(line.notifications),
            "rating": .optional(line.rating?.reportWord),
        ])
    }
}

extension Incident.Rating {
    /// Its word in the document.
    fileprivate var reportWord: String {
        switch self {
        case .acted: "actionable"
        case .noise: "noise"
        }
    }
}
