import Engine
import Presentation
import SuretyCore

/// The words of alerts, as the presentation finds them.
struct PresentedAlerts: AlertWriter {
    func document(_ message: AlertMessage) -> String { AlertDocument.json(message).line }

    /// Receivers of webhooks take 20 kB.
    func body(_ message: AlertMessage) -> String { AlertDocument.line(message, within: 20_000) }

    func slack(_ message: AlertMessage) -> SlackWords {
        SlackWords(text: AlertSlack.line(message), blocks: AlertSlack.blocks(message).line)
    }

    func mail(_ message: AlertMessage) -> MailWords {
        MailWords(
            subject: AlertMail.subject(message), text: AlertMail.text(message),
            html: AlertMail.html(message))
    }

    func letter(_ report: WeeklyReport, id: String) -> Letter {
        let mail = ReportMail(report)
        let body = JSONValue.object([
            "type": .string("report.published"), "timestamp": .string(report.generatedAt.description),
            "data": ReportDocument.json(report),
        ])
        return Letter(
            subject: mail.subject, text: mail.text, html: mail.html, line: mail.subject, document: body.line)
    }
}
