import Presentation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `The mail of the weekly report` {
    @Test func `says in its subject how the week went`() {
        var report = SampleReport.rich
        report.promises = [SampleReport.revenue, SampleReport.payroll]
        #expect(ReportMail(report).subject == "[Surety] acme: 1 of 2 promises kept, 2026-W47")
        #expect(ReportMail(SampleReport.empty).subject == "[Surety] acme: no promise was due, 2026-W47")
    }

    @Test func `has a subject of one line whatever the project is called`() {
        var report = SampleReport.empty
        report.project = "acme\r\nBcc: all@example.com " + SampleReport.long
        let subject = ReportMail(report).subject
        #expect(!subject.contains { $0.isNewline })
        #expect(subject.count < 120)
    }

    @Test(arguments: SampleReport.Kind.allCases)
    func `is made of what mail programs show`(kind: SampleReport.Kind) {
        let html = ReportMail(kind.report).html
        for part in ["<svg", "<style", "<script", "<img", "display:flex", "display:grid", "http", "{{"] {
            #expect(!html.contains(part), "\(part)")
        }
        #expect(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
        #expect(html.matches(of: /<h2/).count == 7)
        #expect(html.utf8.count < ReportMail.mostBytes)
    }

    @Test func `shows a week as coloured cells with a sign and a word`() {
        let html = ReportMail(SampleReport.rich).html
        #expect(html.contains("bgcolor=\"#9a6700\""))
        #expect(html.contains(">Tue<br>▲ late</td>"))
        #expect(html.contains(">Fri<br>△ late, still open</td>"))
    }

    @Test func `cuts long lists and says so, the worst promises first`() {
        let html = ReportMail(SampleReport.large).html
        #expect(html.contains(">and 180 more promises</p>"))
        #expect(html.contains(">and 190 more</p>"))
        let first = html.firstRange(of: "<b>promise-4-")
        #expect(first != nil)
        #expect(!html.contains("<b>promise-1-"))
    }

    @Test func `fits even where every name is the longest and all of it must be spelled out`() {
        var report = SampleReport.large
        let marks = String(repeating: "\"'<&>", count: 60)
        for index in report.promises.indices {
            report.promises[index].id = PromiseID(rawValue: marks + "\(index)")
            report.promises[index].sentence = marks
            report.promises[index].owner = OwnerID(rawValue: marks)
        }
        report.project = marks
        report.sourceChanges = report.sourceChanges.map { change in
            var change = change
            change.detail = marks
            return change
        }
        #expect(ReportMail(report).html.utf8.count < ReportMail.mostBytes)
    }

    @Test func `gives leaders the board and the actions before the questions`() throws {
        let html = ReportMail(SampleReport.rich).html
        let places = ["2 decisions needed.", "<b>revenue-by-8</b>", "Decisions and actions", "<h2"].map {
            html.firstRange(of: $0)?.lowerBound
        }
        let found = try places.map { try #require($0) }
        #expect(found == found.sorted())
    }

    @Test func `has the Markdown as its text`() {
        #expect(ReportMail(SampleReport.rich).text == ReportMarkdown.text(SampleReport.rich))
    }

    @Test func `shows names as text whatever they hold`() {
        let html = ReportMail(SampleReport.rich).html
        #expect(html.contains("owner &lt;b&gt;dan&lt;/b&gt; &amp; co"))
        #expect(!html.contains("<b>dan"))
    }
}
