public import SuretyCore

/// An explanation in words.
public enum ExplanationText {
    /// Why a target is in its state, back to the root, and what to do next.
    public static func text(_ explanation: Explanation, _ style: Style) -> String {
        var text: String
        if let view = explanation.promise {
            text =
                style(view.id.rawValue, .strong) + " is "
                + style(view.state.rawValue, BoardText.tone(view.state))
            text += "\n  \(view.promise)\n"
        } else {
            text = style(explanation.target, .strong) + "\n"
        }
        text += BoardText.chain(explanation.links, style)
        if let root = explanation.root {
            text += style("root cause", .strong) + "\n  \(BoardText.why(root))\n"
            if explanation.path.count > 1 {
                text += "  by way of \(explanation.path.joined(separator: " ← "))\n"
            }
            if let owner = root.owner { text += "  owner \(owner)\n" }
            for line in root.recovery { text += "  recover: \(line)\n" }
        } else {
            text += "All of it is certified.\n"
        }
        for firing in explanation.nextFirings {
            text +=
                "starts \(firing.what)"
                + (firing.at.map { ": next \((explanation.promise?.zone ?? .utc).words($0))" } ?? "") + "\n"
        }
        return text + "next: \(explanation.next)\n"
    }
}
