import Presentation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `The week in one line` {
    @Test func `names what was not kept, why, and how much is to be decided`() {
        var report = SampleReport.rich
        report.promises = [SampleReport.revenue, SampleReport.payroll]
        #expect(
            line(report)
                == "1 of 2 promises kept; revenue-by-8 was late once (Tue 17 Nov, by 38 min, "
                + "raw.billing_export was late, shown 08:38). 2 decisions needed.")
    }

    @Test func `is short when all went well`() {
        var report = SampleReport.empty
        report.promises = [SampleReport.payroll]
        #expect(line(report) == "1 of 1 promise kept. Nothing to decide.")
    }

    @Test func `says that nothing was due`() {
        #expect(line(SampleReport.empty) == "No promise was due. Nothing to decide.")
    }

    @Test func `leaves experiments out`() {
        var report = SampleReport.empty
        report.promises = [SampleReport.payroll, SampleReport.hostile]
        #expect(line(report) == "1 of 1 promise kept. Nothing to decide.")
    }

    @Test func `says that everything was waived`() {
        var report = SampleReport.empty
        report.promises = [SampleReport.rates]
        report.promises[0].occurrences = [SampleReport.rates.occurrences[2]]
        #expect(line(report) == "Every occurrence was waived. Nothing to decide.")
    }

    @Test func `tells of three broken promises and counts the others`() {
        #expect(line(SampleReport.large).contains("; and 197 more not kept. 200 decisions needed."))
        #expect(line(SampleReport.large).hasPrefix("0 of 200 promises kept (0%); promise-1-"))
    }

    private func line(_ report: WeeklyReport) -> String {
        let lines = ReportText.text(report, .plain).split(separator: "\n")
        return lines.count > 2 ? String(lines[2]) : ""
    }
}
