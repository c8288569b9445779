/// A table of a report, the same rows in every form; it says in words why it is empty.
struct ReportTable: Hashable {
    /// One cell, on one line.
    struct Cell: Hashable, ExpressibleByStringLiteral {
        /// Its text.
        let text: String
        /// What it says about the world.
        let tone: Style.Tone
        /// Whether it is to be typed as it is.
        let isCommand: Bool
        /// Whether none of it may be cut off, however narrow the form is.
        private(set) var isWhole = false

        /// A text in a tone.
        init(_ text: String, _ tone: Style.Tone = .neutral) {
            self.init(text: text, tone: tone, isCommand: false)
        }

        /// A plain text.
        init(stringLiteral value: String) { self.init(value) }

        /// A text that is nothing without its end.
        static func whole(_ text: String) -> Cell {
            var cell = Cell(text)
            cell.isWhole = true
            return cell
        }

        /// What is to be typed.
        static func command(_ text: String) -> Cell { Cell(text: text, tone: .neutral, isCommand: true) }

        private init(text: String, tone: Style.Tone, isCommand: Bool) {
            self.text = text.flattened
            self.tone = tone
            self.isCommand = isCommand
        }
    }

    /// What it shows.
    let caption: String
    /// A heading for each column, six at most.
    let headings: [String]
    /// Its rows, a cell for each heading.
    private(set) var rows: [[Cell]]
    /// What is said where there are no rows.
    let empty: String
    /// How many rows were left out.
    private(set) var omitted = 0

    /// A table of rows.
    init(_ caption: String, _ headings: [String], _ rows: [[Cell]], empty: String) {
        self.caption = caption
        self.headings = headings
        self.rows = rows
        self.empty = empty
    }

    /// The same with at most so many rows.
    func prefix(_ most: Int) -> ReportTable {
        var table = self
        table.rows = Array(rows.prefix(most))
        table.omitted = rows.count - table.rows.count
        return table
    }

    /// `and 180 more`; nil where nothing was left out.
    var more: String? { omitted == 0 ? nil : "and \(omitted) more" }
}
