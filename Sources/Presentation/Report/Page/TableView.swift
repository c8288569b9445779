import SuretyCore

/// A table as templates show it.
struct TableView {
    let caption: String
    let headings: [String]
    let rows: [[Cell]]
    let isEmpty: Bool
    let empty: String
    let more: String
    let hasMore: Bool

    /// A cell, with its heading for where there is no room for columns.
    struct Cell {
        let heading: String
        let text: String
        let tone: String
        let isCommand: Bool
        let isLong: Bool
        let isShort: Bool
        let style: String
    }

    /// The longest word that has a right to a line of its own.
    private static let longestWord = 20

    /// A table; its texts are cut to so many characters, what is to be typed never.
    init(_ table: ReportTable, longest: Int = .max) {
        caption = table.caption
        headings = table.headings
        rows = table.rows.map { cells in
            zip(table.headings, cells).map { heading, cell in
                let text = cell.isCommand ? cell.text : Alert.cut(cell.text, to: longest)
                let isLong = text.hasLongWord(over: TableView.longestWord)
                return Cell(
                    heading: heading, text: text, tone: cell.tone.name, isCommand: cell.isCommand,
                    isLong: isLong, isShort: text.count <= 11,
                    style: cell.tone.mailStyle + (isLong ? "word-break:break-all;" : ""))
            }
        }
        isEmpty = table.rows.isEmpty
        empty = table.empty
        more = table.more ?? ""
        hasMore = table.more != nil
    }
}

extension Style.Tone {
    /// Its class in the style sheet.
    var name: String {
        switch self {
        case .good: "good"
        case .bad: "bad"
        case .warning: "warning"
        case .quiet: "quiet"
        case .strong: "strong"
        case .neutral: "neutral"
        }
    }
}

extension String {
    /// Whether one of its words has more characters than that, so that it must be broken.
    func hasLongWord(over most: Int) -> Bool { split(separator: " ").contains { $0.count > most } }
}
