import Presentation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `The forms of the weekly report` {
    @Test func `say what was written down on a terminal`() {
        expectSnapshot(ReportText.text(SampleReport.rich, .plain), named: "report.text")
        expectSnapshot(ReportText.text(SampleReport.empty, .plain), named: "report-empty.text")
    }

    @Test func `say what was written down in Markdown`() {
        expectSnapshot(ReportMarkdown.text(SampleReport.rich), named: "report.markdown")
    }

    @Test func `say what was written down in JSON`() {
        var report = SampleReport.rich
        report.promises.removeAll { $0.id == "orders-hourly" }
        expectSnapshot(ReportDocument.json(report).document, named: "report.json")
        expectSnapshot(ReportDocument.json(SampleReport.empty).document, named: "report-empty.json")
    }

    @Test func `say what was written down in a mail`() {
        expectSnapshot(ReportMail(SampleReport.rich).html, named: "report.mail")
    }

    @Test(arguments: WeeklyReport.Question.allCases)
    func `give each question its verdict first`(question: WeeklyReport.Question) {
        let verdicts = [
            "Yes (3)", "Yes (4)", "Yes (2)", "Not measured", "Yes (1)", "Yes (2)", "Yes (1)",
        ]
        let index = WeeklyReport.Question.allCases.firstIndex(of: question) ?? 0
        let markdown = ReportMarkdown.text(SampleReport.rich)
        #expect(markdown.contains("\n## \(verdicts[index]): \(question.words)\n"))
        let text = ReportText.text(SampleReport.rich, .plain)
        #expect(text.contains("\n\(verdicts[index])  \(question.rawValue.uppercased())  \(question.words)\n"))
    }

    @Test func `say nothing in percent of fewer than twenty`() {
        for report in [SampleReport.rich, SampleReport.empty, SampleReport.large] {
            for text in [ReportText.text(report, .plain), ReportMarkdown.text(report)] {
                for match in text.matches(of: /of (\d+)[a-z ]* \([\d.]+%\)/) {
                    #expect((Int(match.1) ?? 0) >= 20, "\(match.0)")
                }
            }
        }
    }

    @Test func `have no table of more than six columns in Markdown`() {
        let lines = ReportMarkdown.text(SampleReport.rich).split(separator: "\n").filter {
            $0.hasPrefix("| ---")
        }
        #expect(lines.count > 8)
        for line in lines { #expect(line.split(separator: "|").count(where: { $0.contains("-") }) <= 6) }
    }

    @Test func `keep each row of Markdown on one line whatever names hold`() {
        var report = SampleReport.rich
        report.promises = [SampleReport.hostile]
        report.promises[0].sentence = "two\nlines | and a\u{1B}[31m colour \u{202E}backwards"
        let text = ReportMarkdown.text(report)
        #expect(text.contains("two lines \\| and a \\[31m colour backwards"))
        #expect(!ReportText.text(report, .plain).contains("\u{1B}"))
    }

    @Test func `call nobody where Markdown is posted to Slack`() {
        var report = SampleReport.rich
        report.promises = [SampleReport.hostile]
        report.promises[0].sentence = "<!channel> <@U024BE7LH> @here, @channel and ana@example.com"
        let text = ReportMarkdown.text(report)
        #expect(!text.contains("<!"))
        #expect(!text.contains("<@"))
        #expect(!text.contains("@here"))
        #expect(!text.contains("@channel"))
        #expect(text.contains("&lt;!channel>"))
        #expect(text.contains("ana@example.com"))
    }

    @Test func `tell all of a change on a terminal`() {
        var report = SampleReport.rich
        let definition = "CHECK ((status = ANY (ARRAY['open'::text, 'closed'::text, 'void'::text])))"
        report.sourceChanges[0].detail = "the constraint orders_status_check was dropped: \(definition)"
        let lines = ReportText.text(report, .plain).split(separator: "\n")
        for part in [
            "the constraint orders_status_check was", "dropped: CHECK ((status = ANY",
            "(ARRAY['open'::text, 'closed'::text,", "'void'::text])))",
        ] { #expect(lines.contains { $0.contains(part) }, "\(part)") }
    }

    @Test func `say of lateness that may still end that it is open`() {
        let text = ReportText.text(SampleReport.rich, .plain)
        #expect(text.contains("late, still open"))
        #expect(text.contains("△"))
    }

    @Test func `make a day one sign where a promise is due every hour`() {
        let text = ReportText.text(SampleReport.rich, .plain)
        #expect(text.contains("● ✕ ▲ ● ● ● ●  Tue 21 of 24 kept (87.5%); Wed 22 of 24 kept (91.7%)"))
    }

    @Test func `colour a terminal only when asked`() {
        #expect(ReportText.text(SampleReport.rich, Style(hasColour: true)).contains("\u{1B}[31m"))
        #expect(!ReportText.text(SampleReport.rich, .plain).contains("\u{1B}"))
    }
}
