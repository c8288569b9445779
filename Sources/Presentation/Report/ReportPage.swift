public import SuretyCore

/// The weekly report as a page: one file that needs nothing else.
public enum ReportPage {
    /// The HTML, without scripts and without anything that is fetched.
    public static func html(_ report: WeeklyReport) -> String { MarkupTemplates.page(PageView(report)) }

    /// `surety-2026-W47.html`, the name under which it is kept or sent.
    public static func fileName(_ report: WeeklyReport) -> String {
        "surety-\(report.week.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }).html"
    }
}
