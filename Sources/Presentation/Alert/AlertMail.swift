public import SuretyCore

/// An alert as a mail says it.
public enum AlertMail {
    /// What it is about, the same as long as the incident lives, so that mail programs keep its mails together.
    public static func subject(_ message: AlertMessage) -> String {
        if message.isTest { return "[Surety] Test of the channel \(message.channel)" }
        let incident = message.alert.incident
        return "[Surety] \(incident.root.asset): \(words(incident.root.causeClass)) (\(incident.id))"
    }

    /// Where the incident stands, and then everything, a fact on each line.
    public static func text(_ message: AlertMessage) -> String {
        "\(state(message))\n\n\(AlertText.text(message))"
    }

    /// Where the incident stands: what a mail says first.
    static func state(_ message: AlertMessage) -> String {
        if message.isTest { return "TEST" }
        let alert = message.alert
        let incident = alert.incident
        let zone = alert.promises.first?.zone ?? .utc
        let opened = zone.words(incident.openedAt)
        let urgent = message.isEscalation ? "NOT ACKNOWLEDGED, " : ""
        switch incident.status {
        case .firing where alert.event == .reopened: return "\(urgent)OPEN AGAIN, first opened \(opened)"
        case .firing: return "\(urgent)OPEN since \(opened)"
        case .acknowledged:
            let by = incident.acknowledgement.map { " by \($0.by)" } ?? ""
            return "ACKNOWLEDGED\(by), open since \(opened)"
        case .recovering: return "\(urgent)RECOVERING, open since \(opened)"
        case .resolved:
            let ended = incident.resolvedAt.map { " at \(zone.words($0))" } ?? ""
            return "RESOLVED\(ended), opened \(opened)"
        }
    }

    private static func words(_ causeClass: CauseClass) -> String {
        switch causeClass {
        case .late: "not there yet"
        case .failed: "a step failed"
        case .check: "a check failed"
        case .schema: "other columns than declared"
        case .permission: "a right is missing"
        case .infra: "a database or server is not there"
        case .config: "the declarations ask for what cannot be"
        }
    }
}
