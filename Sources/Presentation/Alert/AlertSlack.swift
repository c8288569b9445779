public import SuretyCore

/// An alert as Slack shows it.
public enum AlertSlack {
    /// The line that stands above all others, as Slack shows it in notifications and threads.
    public static func line(_ message: AlertMessage) -> String { escaped(AlertText.line(message)) }

    /// The blocks, within Slack's limits: a header of 150 characters, sections of 3,000, all of it below 10,000.
    public static func blocks(_ message: AlertMessage) -> JSONValue {
        let alert = message.alert
        let promise = alert.promises.first
        var blocks: [JSONValue] = [
            .object([
                "type": .string("header"),
                "text": plain(Alert.cut(header(message), to: 150)),
            ]),
            section(escaped(alert.headline)),
        ]
        let facts = AlertText.facts(message).filter { $0.name != "incident" }
        let fields = facts.prefix(10).map { fact in
            markdown("*\(fact.name)*\n" + Alert.cut(escaped(fact.value), to: 600))
        }
        if !fields.isEmpty { blocks.append(.object(["type": .string("section"), "fields": .array(fields)])) }
        if !alert.recovery.isEmpty {
            let steps = alert.recovery.enumerated().map { "\($0.offset + 1). \(escaped($0.element))" }
            blocks.append(section(Alert.cut("*recover*\n" + steps.joined(separator: "\n"), to: 2000)))
        }
        if !alert.done.isEmpty {
            blocks.append(
                section(Alert.cut(escaped("Surety " + alert.done.joined(separator: "; ")), to: 1000)))
        }
        let opened = (promise?.zone ?? .utc).words(alert.incident.openedAt)
        blocks.append(
            .object([
                "type": .string("context"),
                "elements": .array([
                    markdown("\(alert.incident.id) · \(alert.incident.status.rawValue) · opened \(opened)")
                ]),
            ]))
        return .array(blocks)
    }

    private static func header(_ message: AlertMessage) -> String {
        let alert = message.alert
        let word = alert.event == .resolved ? "RESOLVED" : alert.incident.severity.rawValue.uppercased()
        return "\(word) · \(alert.promises.first?.id.rawValue ?? alert.incident.root.asset.description)"
    }

    private static func plain(_ text: String) -> JSONValue {
        .object(["type": .string("plain_text"), "text": .string(text)])
    }

    private static func markdown(_ text: String) -> JSONValue {
        .object(["type": .string("mrkdwn"), "text": .string(text)])
    }

    private static func section(_ text: String) -> JSONValue {
        .object(["type": .string("section"), "text": markdown(text)])
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
