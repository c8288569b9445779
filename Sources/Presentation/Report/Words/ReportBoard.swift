import SuretyCore

/// The promise board of a report: how each promise did in the week, and how much may still go wrong.
struct ReportBoard: Hashable {
    /// One promise.
    struct Entry: Hashable {
        /// Its id.
        let name: String
        /// Its sentence.
        let sentence: String
        /// `tier 1`, and whether it is an experiment.
        let rank: String
        /// Who owns recovery.
        let owner: String
        /// Its week.
        let strip: ReportStrip
        /// `4 of 5`.
        let kept: String
        /// `1 of 3 left (n 65)`.
        let budget: String
        /// Whether nothing is left.
        let isExhausted: Bool
        /// `median 19 min early (n 20)`.
        let margin: String
        /// The margins of its last occurrences, in seconds, oldest first.
        let margins: [Double]
        /// How bad its week was, the worst first.
        let badness: Int
        /// Whether anything in it was not kept.
        let isBroken: Bool
    }

    /// Its promises, in the report's order.
    private(set) var entries: [Entry]
    /// How many were left out.
    private(set) var omitted = 0

    /// The board of a report, a strip of at most so many cells for each promise.
    init(_ report: WeeklyReport, mostCells: Int = 14) {
        entries = report.promises.map { Entry($0, mostCells: mostCells) }
    }

    /// The same with at most so many promises, those with the worst week first where some are left out.
    func prefix(_ most: Int) -> ReportBoard {
        guard entries.count > most else { return self }
        var board = self
        let sorted = entries.enumerated().sorted {
            ($0.element.badness, $0.offset) < ($1.element.badness, $1.offset)
        }
        board.entries = sorted.prefix(most).map(\.element)
        board.omitted = entries.count - most
        return board
    }

    /// What is said where there is no promise.
    static let empty = "No promise had a deadline in this week."

    /// Its headings.
    static let headings = ["Promise", "Owner", "Week", "Kept", "Misses left in 13 weeks", "Margin"]

    /// `and 180 more promises`; nil where none was left out.
    var more: String? {
        omitted == 0 ? nil : "and \(ReportAmounts.count(omitted, "more promise", "more promises"))"
    }
}

extension ReportBoard.Entry {
    /// A promise's week, in a strip of at most so many cells.
    init(_ promise: WeeklyReport.PromiseLine, mostCells: Int) {
        let counts = promise.counts
        name = promise.id.rawValue.flattened
        sentence = promise.sentence.flattened
        rank = "tier \(promise.tier.rawValue)" + (promise.isExperiment ? ", experiment" : "")
        owner = promise.owner.rawValue.flattened
        strip = ReportStrip(promise, most: mostCells)
        if counts.all == 0 {
            kept = "nothing was due"
        } else if counts.counted == 0 {
            kept = "all waived"
        } else {
            kept = ReportAmounts.share(counts.kept, of: counts.counted)
        }
        budget = promise.budget.words
        isExhausted = promise.budget.isExhausted
        margin = promise.margin?.words ?? "not measured"
        margins = promise.margin?.last ?? []
        badness = promise.worst.map { OutcomeSign($0).rank } ?? 6
        isBroken = counts.kept < counts.counted
    }
}

extension WeeklyReport.Budget {
    /// `1 of 3 left (n 65)`, and what is worse.
    var words: String {
        let size = "(n \(occurrences))"
        let text =
            switch (allowed, used) {
            case (0, 0): "none allowed, none used \(size)"
            case (_, let used) where used > allowed: "0 left: \(used) used, \(allowed) allowed \(size)"
            case _: "\(allowed - used) of \(allowed) left \(size)"
            }
        return text + (failedOfLastFive >= 2 ? "; \(failedOfLastFive) of the last 5 not kept" : "")
    }
}

extension WeeklyReport.Margin {
    /// `median 19 min early, worst 38 min late (n 20)`.
    var words: String {
        "median \(ReportAmounts.margin(median)), worst \(ReportAmounts.margin(worst)) (n \(count))"
    }
}
