public import SuretyCore

/// The weekly report as a mail: what leaders need first, in a form that mail programs show.
public struct ReportMail: Hashable, Sendable {
    /// `[Surety] acme: 11 of 12 promises kept, 2026-W47`, on one line.
    public let subject: String
    /// The HTML part, below `mostBytes`: tables with inline styles, long lists cut.
    public let html: String
    /// The text part: the report in Markdown, whole.
    public let text: String

    /// The size from which mail programs cut a message.
    public static let mostBytes = 90_000

    /// A report as a mail.
    public init(_ report: WeeklyReport) {
        let project = Alert.cut(report.project.flattened, to: 60)
        subject = "[Surety] \(project): \(ReportLine.opening(report)), \(report.week.flattened)"
        text = ReportMarkdown.text(report)
        html = ReportMail.html(report)
    }

    /// From what is comfortable to what always fits.
    private static let limits: [MailView.Limits] = [
        .init(promises: 20, rows: 15, characters: 300), .init(promises: 20, rows: 10, characters: 120),
        .init(promises: 12, rows: 6, characters: 80), .init(promises: 6, rows: 3, characters: 60),
        .init(promises: 3, rows: 1, characters: 40),
    ]

    private static func html(_ report: WeeklyReport) -> String {
        var html = ""
        for limits in limits {
            html = MarkupTemplates.mail(MailView(report, limits))
            if html.utf8.count < mostBytes { break }
        }
        return html
    }
}
