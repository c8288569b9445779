import SuretyCore

/// An outcome as it is shown: a sign and a word, so that a colour is never alone.
struct OutcomeSign: Hashable {
    /// The outcome.
    let outcome: PromiseView.Outcome
    /// Whether it may still change.
    let isOpen: Bool

    /// The sign of an outcome.
    init(_ outcome: PromiseView.Outcome, isOpen: Bool = false) {
        self.outcome = outcome
        self.isOpen = isOpen
    }

    /// The sign of an occurrence.
    init(_ record: OccurrenceRecord) { self.init(record.outcome, isOpen: !record.isFinal) }

    /// Every sign, for a legend.
    static let all: [OutcomeSign] = [
        OutcomeSign(.kept), OutcomeSign(.keptWithWarnings), OutcomeSign(.late),
        OutcomeSign(.late, isOpen: true),
        OutcomeSign(.missed), OutcomeSign(.waived), OutcomeSign(.unknown),
    ]

    /// Its glyph on a terminal, a page and in a mail.
    var glyph: String {
        switch outcome {
        case .kept: "●"
        case .keptWithWarnings: "◉"
        case .late: isOpen ? "△" : "▲"
        case .missed: "✕"
        case .waived: "◇"
        case .unknown: "?"
        }
    }

    /// Its mark in Markdown.
    var mark: String {
        switch outcome {
        case .kept: "✓"
        case .keptWithWarnings: "✓!"
        case .late, .missed, .waived, .unknown: glyph
        }
    }

    /// Its word: `late, still open`.
    var word: String { name + (isOpen ? ", still open" : "") }

    /// The outcome's word.
    var name: String {
        switch outcome {
        case .kept: "kept"
        case .keptWithWarnings: "kept with warnings"
        case .late: "late"
        case .missed: "missed"
        case .waived: "waived"
        case .unknown: "unknown"
        }
    }

    /// What it says about the world.
    var tone: Style.Tone {
        switch outcome {
        case .kept: .good
        case .keptWithWarnings, .late: .warning
        case .missed: .bad
        case .waived, .unknown: .quiet
        }
    }

    /// How bad it is, the worst first.
    var rank: Int {
        switch outcome {
        case .missed: 0
        case .unknown: 1
        case .late: 2
        case .keptWithWarnings: 3
        case .waived: 4
        case .kept: 5
        }
    }

    /// Whether it is among what counts as not kept.
    var isFailure: Bool {
        switch outcome {
        case .late, .missed, .unknown: true
        case .kept, .keptWithWarnings, .waived: false
        }
    }
}
