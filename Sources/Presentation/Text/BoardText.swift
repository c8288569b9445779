public import SuretyCore

/// The promise board in words.
public enum BoardText {
    /// A line for each promise.
    public static func text(_ views: [PromiseView], _ style: Style) -> String {
        guard !views.isEmpty else { return "No promise is declared.\n" }
        var table = TextTable([
            "PROMISE", "STATE", "TIER", "OWNER", "DEADLINE", "TIME LEFT", "THROUGH", "CERTIFIED THROUGH",
            "WHY",
        ])
        for view in views {
            table.add([
                .init(view.id.rawValue, .strong), .init(view.state.rawValue, tone(view.state)),
                .init(String(view.tier.rawValue)), .init(view.owner.rawValue),
                .init(view.deadline.map { view.zone.words($0) } ?? "-"), .init(timeLeft(view)),
                .init(view.through ?? "-"),
                .init(view.certifiedThrough ?? "-"), .init(view.cause.map(why) ?? ""),
            ])
        }
        return table.text(style)
    }

    /// One promise: what it promises, how it stands, and its chain.
    public static func text(_ view: PromiseView, _ style: Style) -> String {
        var text =
            style(view.id.rawValue, .strong) + "  " + style(view.state.rawValue, tone(view.state)) + "\n"
        text += "  \(view.promise)\n"
        text += "  owner \(view.owner), tier \(view.tier.rawValue)"
        if let deadline = view.deadline { text += ", deadline \(view.zone.words(deadline))" }
        if let through = view.through { text += ", through \(through)" }
        text += "\n"
        if let outcome = view.outcome { text += "  outcome \(outcome.rawValue)\n" }
        if let cause = view.cause { text += "  why: \(why(cause))\n" }
        if let incident = view.incident { text += "  incident \(incident)\n" }
        return text + chain(view.chain, style)
    }

    /// A chain, the promise's own assets first, what they are made from below them.
    static func chain(_ links: [PromiseView.Link], _ style: Style) -> String {
        links.reversed().map { link in
            let place = link.interval.map { "\(link.asset) \($0)" } ?? link.asset.description
            let state = link.state.rawValue.split(separator: "_").joined(separator: " ")
            return "  " + String(repeating: "  ", count: link.depth) + place + "  "
                + style(state, RunText.tone(link.state)) + (link.why.isEmpty ? "" : "  \(link.why.printable)")
                + "\n"
        }.joined()
    }

    static func why(_ cause: Cause) -> String {
        "\(cause.place): \(cause.message.printable)"
    }

    static func tone(_ state: PromiseView.State) -> Style.Tone {
        switch state {
        case .kept: .good
        case .running, .waiting: .neutral
        case .atRisk: .warning
        case .blocked, .late, .missed, .unknown: .bad
        case .waived: .quiet
        }
    }

    private static func timeLeft(_ view: PromiseView) -> String {
        guard let seconds = view.timeLeftSeconds, view.state != .kept else { return "-" }
        let minutes = abs(seconds) / 60
        let text =
            minutes >= 1440
            ? "\(minutes / 1440)d \(minutes % 1440 / 60)h" : "\(minutes / 60)h \(minutes % 60)m"
        return seconds < 0 ? "\(text) over" : text
    }
}
