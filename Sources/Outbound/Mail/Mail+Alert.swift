import Engine
import SuretyCore

extension Mail {
    /// The mail of an alert: all of one incident are one thread.
    init(_ message: AlertMessage, _ words: MailWords, from: MailAddress, to: MailAddress, at date: Instant) {
        let incident = message.alert.incident
        self.init(
            from: from, to: [to], subject: words.subject, text: words.text, html: words.html,
            messageID: message.id, date: date, thread: "incident-\(incident.id)",
            headers: [
                MailHeader("X-Surety-Incident", text: incident.id.rawValue),
                MailHeader("X-Surety-Severity", text: incident.severity.rawValue),
            ])
        if incident.severity == .critical { headers.append(MailHeader("Importance", text: "high")) }
    }
}
