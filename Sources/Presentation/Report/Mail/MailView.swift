import SuretyCore

/// What the template of a mail shows: the page's words, short enough for a mail.
///
/// The template reads its stored properties by their names.
struct MailView {
    let title: String
    let span: String
    let line: String
    let entries: [Entry]
    let isBoardEmpty: Bool
    let emptyBoard = ReportBoard.empty
    let hasMore: Bool
    let more: String
    let legend: String
    let actions: TableView
    let answers: [Answer]
    let notes: [String]
    let appendix: [TableView]
    let facts: [PageView.Fact]
    let definitions: [PageView.Fact]
    let command: String

    /// How much of everything is shown.
    struct Limits {
        /// How many promises.
        let promises: Int
        /// How many rows of every other table.
        let rows: Int
        /// How many characters of a text.
        let characters: Int
    }

    /// A promise on the board.
    struct Entry {
        let name: String
        let rank: String
        let sentence: String
        let owner: String
        let wordStyle: String
        let cells: [Cell]
        let week: String
        let kept: String
        let keptStyle: String
        let budget: String
        let budgetStyle: String
        let margin: String
    }

    /// A sign of a week: its colour, its glyph, and both in words.
    struct Cell {
        let label: String
        let glyph: String
        let word: String
        let colour: String
    }

    /// A question, its verdict, and what that rests on.
    struct Answer {
        let verdict: String
        let style: String
        let question: String
        let sentences: [String]
        let tables: [TableView]
    }

    /// A report as a mail shows it.
    init(_ report: WeeklyReport, _ limits: Limits) {
        // Seven cells are as many as a telephone has room for.
        let words = ReportWords(report, mostCells: 7)
        let board = words.board.prefix(limits.promises)
        func cut(_ text: String) -> String { Alert.cut(text, to: limits.characters) }
        func view(_ table: ReportTable) -> TableView {
            TableView(table.prefix(limits.rows), longest: limits.characters)
        }
        title = Alert.cut(words.title, to: 150)
        span = words.span
        line = Alert.cut(words.line, to: 1000)
        entries = board.entries.map { Entry($0, cut) }
        isBoardEmpty = board.entries.isEmpty
        hasMore = board.more != nil
        more = board.more ?? ""
        legend = words.legend.map { "\($0.glyph) \($0.word)" }.joined(separator: " · ")
        actions = view(words.actions)
        answers = words.answers.map { answer in
            Answer(
                verdict: answer.verdict, style: answer.tone.mailBadge, question: answer.question.words,
                sentences: answer.sentences, tables: answer.tables.map(view))
        }
        notes = words.notes
        appendix = words.appendix.map(view)
        facts = words.facts.map { .init(name: $0.name, value: cut($0.value)) }
        definitions = words.definitions.map { .init(name: $0.term, value: $0.meaning) }
        command = report.command
    }
}

extension MailView.Entry {
    /// A promise of the board, its texts cut.
    init(_ entry: ReportBoard.Entry, _ cut: (String) -> String) {
        name = cut(entry.name)
        rank = entry.rank
        sentence = cut(entry.sentence)
        owner = cut(entry.owner)
        wordStyle =
            [name, sentence, owner].contains { $0.hasLongWord(over: 60) } ? "word-break:break-all;" : ""
        cells = entry.strip.cells.map {
            .init(label: $0.label, glyph: $0.sign.glyph, word: $0.sign.word, colour: $0.sign.mailColour)
        }
        week = entry.strip.words
        kept = entry.kept
        keptStyle = entry.isBroken ? Style.Tone.bad.mailStyle : ""
        budget = entry.budget
        budgetStyle = entry.isExhausted ? Style.Tone.bad.mailStyle : ""
        margin = entry.margin
    }
}
