import SuretyCore

extension OutcomeSign {
    /// Its background in a mail, on which white is read well.
    var mailColour: String {
        switch outcome {
        case .kept, .keptWithWarnings: "#1a7f37"
        case .late: "#9a6700"
        case .missed: "#b3261e"
        case .waived: "#6e4aa6"
        case .unknown: "#57606a"
        }
    }
}

extension Style.Tone {
    /// How a mail shows a text: no colour is read well both on white and in the dark, so what is bad is bold.
    var mailStyle: String {
        switch self {
        case .bad, .strong: "font-weight:bold;"
        case .good, .warning, .quiet, .neutral: ""
        }
    }

    /// How a mail shows a verdict: white on a colour of its own.
    var mailBadge: String {
        let colour =
            switch self {
            case .good: "#1a7f37"
            case .bad: "#b3261e"
            case .warning: "#9a6700"
            case .strong, .quiet, .neutral: "#57606a"
            }
        return "background:\(colour);color:#ffffff;"
    }
}
