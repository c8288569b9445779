import SuretyCore

/// The answer to one of the seven questions: the verdict first, then what it rests on.
struct ReportAnswer: Hashable {
    /// The question.
    let question: WeeklyReport.Question
    /// `No`, `Yes (2)` or `Not measured`.
    let verdict: String
    /// Whether the verdict asks for attention.
    let tone: Style.Tone
    /// What there is to say in sentences.
    let sentences: [String]
    /// What there is to list.
    let tables: [ReportTable]

    /// An answer with what it rests on.
    init(
        _ question: WeeklyReport.Question, of report: WeeklyReport, _ sentences: [String],
        _ tables: [ReportTable]
    ) {
        self.question = question
        let verdict = report.verdict(question)
        self.verdict = verdict.words
        // An alert that was acted on is good; every other yes is something to look at. Where nothing was due, a no is
        // no evidence of anything.
        self.tone =
            switch (verdict, question) {
            case (.notMeasured, _): .quiet
            case (.no, .q2): .neutral
            case (.no, _): report.promises.isEmpty ? .neutral : .good
            case (.yes, .q2): .good
            case (.yes, _): .warning
            }
        self.sentences = sentences.map(\.flattened)
        self.tables = tables
    }

    /// The answers to all questions, in order.
    static func all(_ report: WeeklyReport) -> [ReportAnswer] {
        WeeklyReport.Question.allCases.map { question in
            switch question {
            case .q1: promises(report)
            case .q2: alerts(report)
            case .q3: sources(report)
            case .q4: consumers(report)
            case .q5: owners(report)
            case .q6: backfills(report)
            case .q7: handwork(report)
            }
        }
    }
}

extension WeeklyReport.Verdict {
    /// `No`, `Yes (2)` or `Not measured`.
    var words: String {
        switch self {
        case .no: "No"
        case .yes(let number): "Yes (\(number))"
        case .notMeasured: "Not measured"
        }
    }
}
