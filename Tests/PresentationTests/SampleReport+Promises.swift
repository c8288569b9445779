import SuretyTestKit

@testable import SuretyCore

extension SampleReport {
    /// Late once and warned once in five days; its margin shrinks.
    static var revenue: WeeklyReport.PromiseLine {
        var days = [16, 17, 18, 19, 20].map { day in
            occurrence("revenue-by-8", "2026-11-\(day)T07:00:00Z", "2026-11-\(day - 1)", early: 1140)
        }
        days[1].outcome = .late
        days[1].completeAt = at("2026-11-17T07:38:11Z")
        days[1].shownAt = at("2026-11-17T07:38:11Z")
        days[3].outcome = .keptWithWarnings
        return line(
            "revenue-by-8", .one, "ana",
            "By 08:00 every business day, leadership sees complete recognised revenue through the prior day.",
            days, budget: .init(occurrences: 65, allowed: 3, used: 2, failedOfLastFive: 1),
            margin: .init(
                median: 1140, worst: -2291, count: 14, tenth: 300,
                last: [1900, 1850, 1800, 1700, 1750, 1500, 1400, 1300, 1250, 1140, -2291, 1140, 900, 700]),
            trend: .init(slope: -41.5, chance: 0.03, runway: 27.4),
            incidents: [days[1].deadline: billing.incident.id])
    }

    /// Kept every day.
    static var payroll: WeeklyReport.PromiseLine {
        let days = [16, 17, 18, 19, 20].map { day in
            occurrence("payroll-by-noon", "2026-11-\(day)T11:00:00Z", "2026-11-\(day - 1)", early: 7500)
        }
        return line(
            "payroll-by-noon", .one, "finance", "Payroll is complete by noon.", days,
            budget: .init(occurrences: 12, allowed: 0, used: 0, failedOfLastFive: 0),
            margin: .init(
                median: 7500, worst: 7500, count: 5, tenth: nil, last: [7500, 7500, 7500, 7500, 7500]))
    }

    /// Due every hour; two days of it went badly.
    static var orders: WeeklyReport.PromiseLine {
        var hours = (0..<168).map { hour in
            let due = at("2026-11-15T23:00:00Z").adding(seconds: Int64(hour) * 3600)
            return occurrence("orders-hourly", due.description, nil, early: 600)
        }
        for hour in [30, 31, 32] { fail(&hours[hour], .missed) }
        for hour in [50, 51] {
            hours[hour].outcome = .late
            hours[hour].shownAt = hours[hour].deadline.adding(seconds: 900)
        }
        return line(
            "orders-hourly", .two, "ben", "Operations sees every order within the hour.", hours,
            budget: .init(occurrences: 2184, allowed: 109, used: 12, failedOfLastFive: 0),
            margin: .init(
                median: 600, worst: 540, count: 20, tenth: 560, last: Array(repeating: 600, count: 20)),
            trend: .init(slope: 4, chance: 0.001, runway: nil),
            incidents: [
                hours[30].deadline: gateway.incident.id, hours[31].deadline: gateway.incident.id,
                hours[50].deadline: gateway.incident.id,
            ])
    }

    /// Missed, unknown, waived, and late while the week ends.
    static var rates: WeeklyReport.PromiseLine {
        var days = [16, 17, 18, 19, 20].map { day in
            occurrence("fx-rates", "2026-11-\(day)T15:30:00Z", "2026-11-\(day)", early: 60)
        }
        fail(&days[1], .unknown)
        fail(&days[2], .waived)
        days[2].reason = "The bank was closed | as announced"
        fail(&days[3], .missed)
        fail(&days[4], .late)
        days[4].isFinal = false
        return line(
            "fx-rates", .two, "carla", "Exchange rates of the day are there by 16:30.", days,
            budget: .init(occurrences: 25, allowed: 1, used: 4, failedOfLastFive: 3),
            margin: .init(median: 60, worst: 60, count: 1, tenth: nil, last: [60]))
    }

    /// An experiment whose names try to be markup.
    static var hostile: WeeklyReport.PromiseLine {
        var days = [occurrence("try-1", "2026-11-18T09:00:00Z", nil, early: 0)]
        fail(&days[0], .missed)
        days[0].reason = "<img src=x onerror=alert(1)>"
        return line(
            "try-\"1\"", .three, "<b>dan</b> & co", "<script>alert('x')</script> *all* of | `it` [now](x)",
            days,
            budget: .init(occurrences: 1, allowed: 0, used: 1, failedOfLastFive: 1), isExperiment: true)
    }

    /// A day of an earlier week whose certificate was withdrawn in this one.
    static var restated: OccurrenceRecord {
        var record = occurrence("revenue-by-8", "2026-11-13T07:00:00Z", "2026-11-12", early: 900)
        record.restatedAt = at("2026-11-18T09:00:00Z")
        return record
    }

    /// A late source, over by now.
    static var billing: WeeklyReport.IncidentLine {
        var incident = Incident(
            id: "inc_2il4rgybjk5g",
            trouble: Trouble(
                cause: Cause(
                    .notReady, asset: billingExport, interval: "2026-11-16",
                    message: "expected by 07:00, it was not there"),
                intervals: ["2026-11-16"], affects: ["mart.revenue_daily 2026-11-16"],
                promises: ["revenue-by-8"], consumers: ["leadership-revenue"], severity: .critical),
            at: at("2026-11-17T06:01:00Z"))
        incident.status = .resolved
        incident.resolvedAt = at("2026-11-17T07:38:11Z")
        incident.acknowledgement = .init(by: "ana", at: at("2026-11-17T06:10:04Z"), rating: .acted)
        return .init(
            incident: incident, timeToDetect: 60, timeToNotify: 4, timeToAcknowledge: 540,
            timeToRecover: 5891, notifications: 3, rating: .acted, isRatedByPerson: true)
    }

    /// A server that is away and that nobody has in hand.
    static var gateway: WeeklyReport.IncidentLine {
        let incident = Incident(
            id: "inc_7qk2mzt0w4xa",
            trouble: Trouble(
                cause: Cause(
                    .unreachable, asset: Make.name("raw.orders"), interval: nil,
                    message: "connection refused <10.0.0.7>"),
                intervals: [], affects: ["mart.orders"], promises: ["orders-hourly"], consumers: [],
                severity: .warning),
            at: at("2026-11-17T04:10:00Z"))
        return .init(
            incident: incident, timeToDetect: nil, timeToNotify: 12, timeToAcknowledge: nil,
            timeToRecover: nil, notifications: 5, rating: nil, isRatedByPerson: false)
    }

    private static func occurrence(
        _ promise: PromiseID, _ due: String, _ through: String?, early seconds: Int64
    ) -> OccurrenceRecord {
        let deadline = at(due)
        var record = OccurrenceRecord(
            promise: promise, deadline: deadline, through: through, outcome: .kept, isFinal: true,
            detectedAt: deadline.adding(seconds: 5))
        record.landedAt = deadline.adding(seconds: -seconds - 3600)
        record.completeAt = deadline.adding(seconds: -seconds)
        record.shownAt = record.completeAt
        return record
    }

    private static func fail(_ record: inout OccurrenceRecord, _ outcome: PromiseView.Outcome) {
        record.outcome = outcome
        record.landedAt = nil
        record.completeAt = nil
        record.shownAt = nil
    }

    private static func line(
        _ id: PromiseID, _ tier: Tier, _ owner: OwnerID, _ sentence: String,
        _ occurrences: [OccurrenceRecord], budget: WeeklyReport.Budget, margin: WeeklyReport.Margin? = nil,
        trend: WeeklyReport.Trend? = nil, incidents: [Instant: IncidentID] = [:], isExperiment: Bool = false
    ) -> WeeklyReport.PromiseLine {
        WeeklyReport.PromiseLine(
            id: id, sentence: sentence, owner: owner, tier: tier, isExperiment: isExperiment, zone: madrid,
            occurrences: occurrences, incidents: incidents, budget: budget, margin: margin, trend: trend)
    }
}
