public import SuretyCore

extension AlertMail {
    /// The same as a page of tables with styles of their own and nothing from elsewhere, as mail programs show it.
    public static func html(_ message: AlertMessage) -> String {
        let alert = message.alert
        let facts = AlertText.facts(message).map { row($0.name, escaped(Alert.cut($0.value, to: longest))) }
        let lists = [("recover", list("ol", alert.recovery)), ("surety", list("ul", alert.done))]
        let rows = facts + lists.compactMap { name, list in list.map { row(name, $0) } }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light">
            <title>\(escaped(subject(message)))</title>
            </head>
            <body style="margin:0;padding:0;background:#ffffff;color:#1f2328;\(font)">
            <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:720px;">
            <tr><td style="padding:10px 16px;background:\(colour(alert));color:#ffffff;font-weight:bold;">\
            \(escaped(state(message)))</td></tr>
            <tr><td style="padding:16px;font-size:18px;font-weight:bold;">\
            \(escaped(AlertText.line(message)))</td></tr>
            <tr><td style="padding:0 16px 16px 16px;">
            <table width="100%" cellspacing="0" cellpadding="0">
            \(rows.joined(separator: "\n"))
            </table>
            </td></tr>
            </table>
            </body>
            </html>

            """
    }

    /// The longest fact or step, and the most steps: some mail programs cut pages of more than 100 KB.
    private static let longest = 1000
    private static let mostSteps = 20

    private static let font = "font-family:Helvetica,Arial,sans-serif;font-size:14px;line-height:1.5;"

    private static func row(_ name: String, _ html: String) -> String {
        let line = "padding:6px 0;border-top:1px solid #d8dee4;vertical-align:top;\(font)"
        return """
            <tr><th scope="row" align="left" width="90" style="\(line)color:#57606a;font-weight:normal;">\(name)</th>\
            <td style="\(line)color:#1f2328;">\(html)</td></tr>
            """
    }

    private static func list(_ tag: String, _ items: [String]) -> String? {
        guard !items.isEmpty else { return nil }
        let shown = items.prefix(mostSteps).map { "<li>\(escaped(Alert.cut($0, to: longest)))</li>" }
        let more = items.count > mostSteps ? ["<li>and \(items.count - mostSteps) more</li>"] : []
        return "<\(tag) style=\"margin:0;padding:0 0 0 20px;\">\((shown + more).joined())</\(tag)>"
    }

    /// Dark enough to read white on.
    private static func colour(_ alert: Alert) -> String {
        guard alert.incident.status.isOpen else { return "#1a7f37" }
        switch alert.incident.severity {
        case .critical: return "#a40e26"
        case .high: return "#bc4c00"
        case .warning: return "#7d4e00"
        case .info: return "#57606a"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
