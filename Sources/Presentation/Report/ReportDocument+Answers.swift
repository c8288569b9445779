import SuretyCore

extension ReportDocument {
    static func json(_ figures: WeeklyReport.AlertFigures) -> JSONValue {
        var suppressed: [String: JSONValue] = [:]
        for reason in WeeklyReport.AlertFigures.Spared.allCases {
            suppressed[reason.rawValue] = integer(figures.suppressed[reason] ?? 0)
        }
        return .object([
            "incidents": integer(figures.incidents), "delivered": integer(figures.delivered),
            "suppressed": .object(suppressed), "actionable": integer(figures.actionable),
            "noise": integer(figures.noise), "unrated": integer(figures.unrated),
            "delivery_failures": integer(figures.failures),
            "noisiest": .array(
                figures.noisiest.map {
                    .object([
                        "asset": .string($0.asset.description), "check": .optional($0.check),
                        "count": integer($0.count), "suggestion": .string($0.suggestion),
                    ])
                }),
        ])
    }

    static func json(_ change: WeeklyReport.SourceChange) -> JSONValue {
        .object([
            "source": .string(change.source.description), "kind": .string(change.kind.rawValue),
            "detail": .string(change.detail), "promises": .strings(change.promises.map(\.rawValue)),
            "observed_at": .string(change.observedAt.description),
            "handled_by": .optional(change.handledBy),
        ])
    }

    static func json(_ consumer: WeeklyReport.ConsumerLine) -> JSONValue {
        .object([
            "id": .string(consumer.id.rawValue), "exposure_minutes": integer(consumer.exposureMinutes),
            "views_while_uncertified": .optional(consumer.staleViews.map(Int64.init)),
            "views_measured": .bool(consumer.staleViews != nil),
            "gate_held_back": integer(consumer.heldBack),
            "overrides": .array(
                consumer.overrides.map {
                    .object([
                        "by": .string($0.by), "reason": .string($0.reason), "at": .string($0.at.description),
                        "place": .string($0.place),
                    ])
                }),
        ])
    }

    static func json(_ line: WeeklyReport.OwnershipLine) -> JSONValue {
        .object(["subject": .string(line.subject), "flags": .strings(line.flags.map(\.rawValue))])
    }

    static func json(_ line: WeeklyReport.BackfillLine) -> JSONValue {
        .object([
            "asset": .string(line.asset.description), "missing": .strings(line.missing),
            "oldest_days": integer(line.oldestDays), "command": .string(line.command),
        ])
    }

    static func json(_ line: WeeklyReport.ManualLine) -> JSONValue {
        .object([
            "subject": .string(line.subject), "kind": .string(line.kind.rawValue),
            "count_4w": integer(line.count), "minutes_4w": .null, "suggestion": .optional(line.suggestion),
        ])
    }

    static func json(_ action: WeeklyReport.ActionLine) -> JSONValue {
        .object([
            "id": .string(action.id), "owner": .optional(action.owner?.rawValue),
            "due": .string(action.due.description), "text": .string(action.text),
            "from": .string(action.from.rawValue), "status": .string(action.status.rawValue),
        ])
    }

    static func answers(_ report: WeeklyReport) -> JSONValue {
        var answers: [String: JSONValue] = [:]
        for question in WeeklyReport.Question.allCases {
            answers[question.rawValue] = .string(answer(question, report))
        }
        return .object(answers)
    }

    private static func answer(_ question: WeeklyReport.Question, _ report: WeeklyReport) -> String {
        if question == .q2, report.alerts.incidents > 0, report.alerts.rated > 0 {
            return report.alerts.actionable >= report.alerts.noise ? "mostly_actionable" : "mostly_noise"
        }
        return switch report.verdict(question) {
        case .no: "no"
        case .yes: "yes"
        case .notMeasured: "not_measured"
        }
    }
}
