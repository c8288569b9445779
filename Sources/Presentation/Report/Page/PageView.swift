import SuretyCore

/// What the template of a page shows: words, and drawings that are markup already.
///
/// The template reads its stored properties by their names.
struct PageView {
    let title: String
    let span: String
    let line: String
    let style = PageStyle.text
    let facts: [Fact]
    let headings = ReportBoard.headings
    let entries: [Entry]
    let isBoardEmpty: Bool
    let emptyBoard = ReportBoard.empty
    let legend: [Sign]
    let actions: TableView
    let answers: [Answer]
    let notes: [String]
    let appendix: [TableView]
    let definitions: [Fact]

    /// A name and what it stands for.
    struct Fact {
        let name: String
        let value: String
    }

    /// A sign and its word.
    struct Sign {
        let drawing: String
        let word: String
    }

    /// A promise on the board.
    struct Entry {
        let name: String
        let rank: String
        let sentence: String
        let owner: String
        let wordClass: String
        let strip: String
        let week: String
        let kept: String
        let keptTone: String
        let budget: String
        let budgetTone: String
        let sparkline: String
        let margin: String
    }

    /// A question, its verdict, and what that rests on.
    struct Answer {
        let id: String
        let verdict: String
        let tone: String
        let question: String
        let sentences: [String]
        let figures: [Figure]
        let tables: [TableView]
    }

    /// A drawing with its value in words.
    struct Figure {
        let drawing: String
        let caption: String
    }

    /// How many charts of margins are drawn.
    private static let mostCharts = 12

    /// A report as a page shows it.
    init(_ report: WeeklyReport) {
        let words = ReportWords(report)
        title = words.title
        span = words.span
        line = words.line
        facts = words.facts.map { Fact(name: $0.name, value: $0.value) }
        entries = words.board.entries.map(Entry.init)
        isBoardEmpty = words.board.entries.isEmpty
        legend = words.legend.map { Sign(drawing: $0.drawing, word: $0.word) }
        actions = TableView(words.actions)
        answers = words.answers.map { answer in
            Answer(
                id: answer.question.rawValue, verdict: answer.verdict, tone: answer.tone.name,
                question: answer.question.words, sentences: answer.sentences,
                figures: answer.question == .q1 ? PageView.figures(report) : [],
                tables: answer.tables.map { TableView($0) })
        }
        notes = words.notes
        appendix = words.appendix.map { TableView($0) }
        definitions = words.definitions.map { Fact(name: $0.term, value: $0.meaning) }
    }

    /// The margins of promises that were not kept or come closer to their deadline, then the incidents.
    private static func figures(_ report: WeeklyReport) -> [Figure] {
        let told = report.promises.filter { $0.isTold || ($0.trend?.slope ?? 0) < 0 }
        let charts = told.compactMap { promise -> Figure? in
            let name = promise.id.rawValue.flattened
            guard let margin = promise.margin, let drawing = MarginDrawing(of: name, margin.last) else {
                return nil
            }
            let trend = promise.trend?.words ?? "no clear trend"
            return Figure(drawing: drawing.chart, caption: "\(name): margin \(margin.words), \(trend)")
        }
        var figures = Array(charts.prefix(mostCharts))
        if let timeline = IncidentTimeline.drawing(report) {
            let number = ReportAmounts.count(report.incidents.count, "incident")
            let rest =
                report.incidents.count > IncidentTimeline.most
                ? ", the first \(IncidentTimeline.most) drawn" : ""
            figures.append(Figure(drawing: timeline, caption: "\(number) over the week\(rest); listed below"))
        }
        return figures
    }
}

extension PageView.Entry {
    /// A promise of the board.
    init(_ entry: ReportBoard.Entry) {
        name = entry.name
        rank = entry.rank
        sentence = entry.sentence
        owner = entry.owner
        wordClass = [name, sentence, owner].contains { $0.hasLongWord(over: 20) } ? "long" : ""
        strip = entry.strip.drawing(of: entry.name)
        week = entry.strip.words
        kept = entry.kept
        keptTone = entry.isBroken ? "bad" : ""
        budget = entry.budget
        budgetTone = entry.isExhausted ? "bad" : ""
        sparkline = MarginDrawing(of: entry.name, entry.margins)?.sparkline ?? ""
        margin = entry.margin
    }
}
