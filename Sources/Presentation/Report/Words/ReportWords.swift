import SuretyCore

/// A weekly report in words, put together once for every form: the renderers only lay it out.
struct ReportWords {
    /// `acme: weekly reliability report, 2026-W47`.
    let title: String
    /// `16–22 Nov 2026, Europe/Madrid`.
    let span: String
    /// The week in one line.
    let line: String
    /// What tells the report apart, each with its name.
    let facts: [(name: String, value: String)]
    /// The promise board.
    let board: ReportBoard
    /// Each sign and its word.
    let legend: [OutcomeSign] = OutcomeSign.all
    /// What was proposed, and what became of it.
    let actions: ReportTable
    /// The seven answers.
    let answers: [ReportAnswer]
    /// What follows them.
    let appendix: [ReportTable]
    /// How far the figures can be trusted.
    let notes: [String]
    /// What the words mean.
    let definitions = ReportDefinitions.all

    /// A report in words; the board's strips have at most so many cells.
    init(_ report: WeeklyReport, mostCells: Int = 14) {
        title = "\(report.project.flattened): weekly reliability report, \(report.week)"
        let first = report.zone.civil(of: report.from).date
        let last = report.zone.civil(of: report.to).date.adding(days: -1)
        span = "\(ReportDates.span(first, last)), \(report.zone)"
        line = ReportLine.text(report)
        let restated = report.restated.count
        facts = [
            ("Made at", report.zone.words(report.generatedAt)),
            ("Report", report.id), ("Declarations", report.definition.flattened),
            ("Occurrences", report.summary.all == 0 ? "none" : report.summary.words),
            ("Restated from earlier weeks", String(restated)),
        ]
        board = ReportBoard(report, mostCells: mostCells)
        actions = ReportWords.actions(report)
        answers = ReportAnswer.all(report)
        appendix = ReportAppendix.tables(report)
        notes = ReportAppendix.notes(report)
    }

    private static func actions(_ report: WeeklyReport) -> ReportTable {
        ReportTable(
            "Decisions and actions", ["Status", "Owner", "Due", "From", "What is to be done"],
            report.actions.map { action in
                [
                    .init(action.status.rawValue, action.status.tone),
                    action.owner.map { .init($0.rawValue) } ?? .init("nobody", .bad),
                    .init(action.due.description), .init(action.from.rawValue.uppercased()),
                    .init(action.text),
                ]
            }, empty: "Nothing is to be decided or done.")
    }
}

extension WeeklyReport {
    /// `rpt_2026W47_3f9a0c`, the same for the same project and week.
    var id: String {
        // FNV-1a in 64 bits: short, and the same on every machine.
        let hash = project.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let hex = String(hash, radix: 16)
        let digits = String(repeating: "0", count: 16 - hex.count) + hex
        return "rpt_\(week.replacing("-", with: ""))_\(digits.prefix(6))"
    }

    /// `surety report --week 2026-W47 --format html`.
    var command: String { "surety report --week \(week) --format html" }
}

extension WeeklyReport.ActionLine.Status {
    /// What it says about the world.
    var tone: Style.Tone {
        switch self {
        case .overdue: .bad
        case .open: .warning
        case .closed: .good
        }
    }
}
