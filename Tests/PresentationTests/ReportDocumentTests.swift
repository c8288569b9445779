import Presentation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `The document of the weekly report` {
    @Test func `has the keys of its schema`() {
        guard case .object(let members) = ReportDocument.json(SampleReport.rich) else {
            Issue.record("no object")
            return
        }
        #expect(
            members.keys.sorted() == [
                "actions", "alerts", "answers", "backfills", "config_hash", "consumers", "coverage", "from",
                "generated_at", "incidents", "manual_steps", "ownership", "project", "promises", "report_id",
                "restated", "schema", "source_changes", "summary", "timezone", "to", "week",
            ])
        #expect(members["schema"] == .string("surety.weekly-report/1"))
        #expect(members["from"] == .string("2026-11-15T23:00:00Z"))
    }

    @Test func `counts what it lists`() {
        let report = SampleReport.rich
        guard case .object(let members) = ReportDocument.json(report),
            case .object(let summary)? = members["summary"], case .array(let promises)? = members["promises"]
        else {
            Issue.record("no document")
            return
        }
        var counts: [String: Int64] = [:]
        for case .object(let promise) in promises where promise["experiment"] == .bool(false) {
            guard case .array(let occurrences)? = promise["occurrences"] else { continue }
            for case .object(let occurrence) in occurrences {
                guard case .string(let outcome)? = occurrence["outcome"] else { continue }
                counts[outcome, default: 0] += 1
                counts["occurrences", default: 0] += 1
            }
        }
        for (name, number) in summary { #expect(number == .integer(counts[name] ?? 0), "\(name)") }
    }

    @Test func `answers whether alerts were worth sending`() {
        var report = SampleReport.rich
        #expect(answer("q2", report) == .string("mostly_actionable"))
        report.alerts.noise = 9
        #expect(answer("q2", report) == .string("mostly_noise"))
        report.alerts.actionable = 0
        #expect(answer("q2", report) == .string("mostly_noise"))
        report.alerts.noise = 0
        #expect(answer("q2", report) == .string("not_measured"))
        #expect(answer("q2", SampleReport.empty) == .string("no"))
        #expect(answer("q3", SampleReport.empty) == .string("not_measured"))
    }

    @Test func `has the same id whenever it is made`() {
        var later = SampleReport.rich
        later.generatedAt = later.generatedAt.adding(seconds: 3600)
        #expect(id(later) == id(SampleReport.rich))
        later.project = "other"
        #expect(id(later) != id(SampleReport.rich))
    }

    private func answer(_ question: String, _ report: WeeklyReport) -> JSONValue? {
        guard case .object(let members) = ReportDocument.json(report),
            case .object(let answers)? = members["answers"]
        else { return nil }
        return answers[question]
    }

    private func id(_ report: WeeklyReport) -> JSONValue? {
        guard case .object(let members) = ReportDocument.json(report) else { return nil }
        return members["report_id"]
    }
}
