public import SuretyCore

/// A gate's answer in words.
public enum GateText {
    /// `open`, or `closed:` and each reason back to its root.
    public static func text(_ answer: GateAnswer, _ style: Style) -> String {
        var text: String
        if answer.isOpen {
            text = style("open", .good) + "\n"
        } else if answer.reasons.count == 1, let reason = answer.reasons.first {
            text = style("closed", .bad) + ": \(place(reason)) is not certified: \(reason.why.printable)\n"
        } else {
            text = style("closed", .bad) + ": \(answer.reasons.count) intervals are not certified\n"
            for reason in answer.reasons { text += "  \(place(reason)): \(reason.why.printable)\n" }
        }
        for (asset, through) in answer.certifiedThrough.sorted(by: { $0.key < $1.key }) {
            text +=
                "  \(asset) is certified "
                + (through.map { "through \($0)" } ?? "up to no interval without a gap") + "\n"
        }
        return text
    }

    /// The first reason, with the interval that is not certified.
    public static func reason(_ answer: GateAnswer) -> String {
        answer.reasons.first.map { "\(place($0)) is not certified: \($0.why)" } ?? ""
    }

    private static func place(_ reason: GateAnswer.Reason) -> String {
        reason.interval.map { "\(reason.asset) \($0)" } ?? reason.asset.description
    }
}
