import Presentation
import SuretyTestKit
import Testing

@testable import SuretyCore

@Suite struct `The page of the weekly report` {
    @Test func `asks the seven questions in order, the verdict first`() {
        let html = ReportPage.html(SampleReport.rich)
        let headings = html.matches(of: /<h2 id="(q\d)"><span class="[a-z ]+">([^<]+)<\/span> ([^<]+)<\/h2>/)
        #expect(headings.map { String($0.1) } == ["q1", "q2", "q3", "q4", "q5", "q6", "q7"])
        #expect(
            headings.map { String($0.2) } == [
                "Yes (3)", "Yes (4)", "Yes (2)", "Not measured", "Yes (1)", "Yes (2)", "Yes (1)",
            ])
        #expect(headings.map { String($0.3) } == WeeklyReport.Question.allCases.map(\.words))
        #expect(html.matches(of: /<h2/).count == 7)
        #expect(html.matches(of: /<h1/).count == 1)
    }

    @Test(arguments: SampleReport.Kind.allCases)
    func `needs no script and nothing that is fetched`(kind: SampleReport.Kind) {
        let html = ReportPage.html(kind.report)
        for part in ["<script", "http", "<link", "<iframe", "<img", " src=", "url(", "@import", " on", "{{"] {
            // In text such a part is no part of the markup.
            let tags = html.matches(of: /<[^>]*>/).map { String($0.0) }
            if part.hasPrefix(" ") || part.hasPrefix("<") {
                #expect(!tags.contains { $0.contains(part) && !$0.hasPrefix("</") }, "\(part)")
            } else {
                #expect(!html.contains(part), "\(part)")
            }
        }
    }

    @Test func `says of each drawing in words what it shows`() {
        let html = ReportPage.html(SampleReport.rich)
        let drawings = html.matches(
            of: /<svg class="([a-z]+)" role="img"[^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/)
        #expect(drawings.count == html.matches(of: /<svg/).count)
        #expect(Set(drawings.map { String($0.1) }) == ["strip", "sparkline", "chart", "timeline", "sign"])
        #expect(
            html.contains(
                "<desc>Mon kept, Tue late by 38 min, Wed kept, Thu kept with warnings, Fri kept</desc>"))
        #expect(html.contains("<span class=\"value\">Tue late by 38 min; Thu kept with warnings</span>"))
    }

    @Test func `is readable in the light, in the dark, on a telephone and on paper`() {
        let html = ReportPage.html(SampleReport.empty)
        for part in [
            "prefers-color-scheme: dark", "max-width: 46rem", "@media print", "@page { margin: 14mm; }",
            "break-inside: avoid", "print-color-adjust: exact", "#1a7f37", "#4ac26b", "lang=\"en\"",
        ] { #expect(html.contains(part), "\(part)") }
    }

    @Test func `shows names as text whatever they hold`() {
        let html = ReportPage.html(SampleReport.rich)
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; *all* of | `it` [now](x)"))
        #expect(html.contains("&lt;b&gt;dan&lt;/b&gt; &amp; co"))
        #expect(html.contains("<title>Week of try-&quot;1&quot;</title>"))
        #expect(!html.contains("<b>dan"))
        #expect(!html.contains("<img"))
    }

    @Test func `is not fooled by a mark that carries an accent`() {
        var report = SampleReport.rich
        report.promises[0].sentence = "<\u{301}script>\"\u{301} onload=\"x"
        let bytes = String(decoding: Array(ReportPage.html(report).utf8), as: UTF8.self)
        #expect(bytes.unicodeScalars.count { $0 == "\u{301}" } == 2)
        #expect(bytes.contains("&lt;\u{301}script&gt;&quot;\u{301} onload=&quot;x"))
    }

    @Test func `says of each section that is empty why it is`() {
        let html = ReportPage.html(SampleReport.empty)
        for text in [
            "No promise had a deadline in this week.", "No incident was open in this week.",
            "No incident was told of in this week.",
            "The columns of no source are watched, so changes would not have been seen.",
            "No promise serves a consumer.",
            "Whatever is promised has an owner who can be reached and knows how to recover it.",
            "All that is owed is certified.", "Nobody did anything by hand in the last four weeks.",
            "Nothing is to be decided or done.", "Nothing was waived.", "Nothing was restated.",
        ] { #expect(html.contains("<p>\(text)</p>"), "\(text)") }
        #expect(!html.contains("<td"))
    }

    @Test func `draws few charts of many promises and lists them all`() {
        let html = ReportPage.html(SampleReport.large)
        #expect(html.matches(of: /<svg class="chart"/).count == 12)
        #expect(html.matches(of: /<svg class="strip"/).count == 200)
    }

    @Test func `is kept under the name of its week`() {
        #expect(ReportPage.fileName(SampleReport.empty) == "surety-2026-W47.html")
    }
}
