public import SuretyCore

/// An alert in words, the same facts in the same order on every channel.
public enum AlertText {
    /// The line that stands above all others: how bad, what, until when.
    public static func line(_ message: AlertMessage) -> String {
        let alert = message.alert
        let word =
            alert.event == .resolved ? "RESOLVED" : alert.incident.severity.rawValue.uppercased()
        let prefix = message.isEscalation ? "NOT ACKNOWLEDGED, \(word)" : word
        let due = alert.promises.first.flatMap { deadline($0, at: message.toldAt) }
        return "\(prefix) \(alert.headline.printable)" + (due.map { " (deadline \($0))" } ?? "")
    }

    /// Everything, a fact on each line.
    public static func text(_ message: AlertMessage) -> String {
        let alert = message.alert
        var lines = [line(message)]
        for (name, value) in facts(message) { lines.append("  \(name.padded(to: 10))\(value)") }
        for (number, step) in alert.recovery.enumerated() {
            lines.append("  \((number == 0 ? "recover" : "").padded(to: 10))\(number + 1). \(step)")
        }
        for (number, deed) in alert.done.enumerated() {
            lines.append("  \((number == 0 ? "surety" : "").padded(to: 10))\(deed)")
        }
        return lines.map { "\($0)\n" }.joined()
    }

    /// How many promises, and how many of their readers, are told of in full.
    private static let mostPromises = 3

    /// The facts that have a name, in order.
    static func facts(_ message: AlertMessage) -> [(name: String, value: String)] {
        let alert = message.alert
        var facts: [(String, String)] = []
        for promise in alert.promises.prefix(mostPromises) {
            let due = deadline(promise, at: message.toldAt).map { ", due \($0)" } ?? ""
            facts.append(
                ("promise", "\(promise.id) (tier \(promise.tier.rawValue)\(due)): \(promise.sentence)"))
        }
        if alert.promises.count > mostPromises {
            let others = alert.promises.dropFirst(mostPromises).map(\.id.rawValue)
            facts.append(("and", others.joined(separator: ", ")))
        }
        let cause = alert.incident.cause
        let seen = alert.observed.map {
            ", observed \($0)" + (alert.expected.map { ", expected \($0)" } ?? "")
        }
        // All columns that there are would hide what is wrong with them.
        let isTold = cause.message.contains("observed") || CauseClass(cause) == .schema
        let detail = isTold ? "" : seen ?? ""
        facts.append(
            (
                "cause",
                "\(cause.step.map { "\($0) " } ?? "")\(cause.place): \(cause.message)\(detail)".printable
            ))
        facts.append(("affected", affected(alert.incident.affects)))
        for reader in alert.readers.prefix(mostPromises) {
            facts.append(
                (
                    "reader",
                    "\(reader.name) "
                        + (reader.shows.map { "\(alert.event == .resolved ? "" : "still ")shows \($0)" }
                            ?? "was never refreshed")
                ))
        }
        if let owner = alert.owner {
            facts.append(("owner", owner.name + (owner.email.map { " <\($0)>" } ?? "")))
        }
        facts.append(
            (
                "history",
                alert.earlier.isEmpty
                    ? "the first time in 30 days"
                    : "the \(alert.earlier.count + 1). time in 30 days"
                        + (alert.earlier.max().map { ", last \(zone(alert).words($0))" } ?? "")
            ))
        facts.append(("incident", "\(alert.incident.id), \(alert.incident.status.rawValue)"))
        return facts
    }

    /// How many assets are named, each with its intervals.
    private static let mostAssets = 12

    /// `mart.revenue_daily 2026-11-18, 2026-11-19`; many intervals of an asset as the first, the last and how many, and of
    /// very many assets only the first.
    static func affected(_ slices: [String]) -> String {
        var intervals: [String: [String]] = [:]
        var assets: [String] = []
        for slice in slices {
            let parts = slice.split(separator: " ", maxSplits: 1).map(String.init)
            if intervals[parts[0]] == nil { assets.append(parts[0]) }
            intervals[parts[0], default: []] += parts.dropFirst()
        }
        let words = assets.prefix(mostAssets).map { asset in
            let own = intervals[asset] ?? []
            if own.count > 3, let first = own.first, let last = own.last {
                return "\(asset) \(first) … \(last) (\(own.count))"
            }
            return own.isEmpty ? asset : own.map { "\(asset) \($0)" }.joined(separator: ", ")
        }
        let more = assets.count > mostAssets ? ", and \(assets.count - mostAssets) more assets" : ""
        return words.joined(separator: ", ") + more
    }

    private static func zone(_ alert: Alert) -> Zone { alert.promises.first?.zone ?? .utc }

    /// `2026-04-01 08:00 +01:00, 30 min left`.
    static func deadline(_ promise: Alert.PromiseAtStake, at now: Instant) -> String? {
        guard let deadline = promise.deadline else { return nil }
        let seconds = Double(deadline.milliseconds(since: now)) / 1000
        let left = RunText.duration(seconds: abs(seconds))
        return "\(promise.zone.words(deadline)), \(left) \(seconds >= 0 ? "left" : "over")"
    }
}

extension String {
    /// With spaces behind it up to a width.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
