/// Rows in columns as wide as their widest cell, two spaces apart; the last column is as long as it is.
public struct TextTable: Sendable {
    /// A cell and its tone.
    public struct Cell: Hashable, Sendable, ExpressibleByStringLiteral {
        let text: String
        let tone: Style.Tone

        /// A cell in a tone, on one line.
        public init(_ text: String, _ tone: Style.Tone = .neutral) {
            self.text = text.printable
            self.tone = tone
        }

        /// A plain cell.
        public init(stringLiteral value: String) { self.init(value) }
    }

    private let headings: [String]
    private var rows: [[Cell]] = []

    /// A table with headings.
    public init(_ headings: [String]) { self.headings = headings }

    /// Adds a row; it has a cell for each heading.
    public mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// Whether it has no rows.
    public var isEmpty: Bool { rows.isEmpty }

    /// The table's text, a line feed after each line.
    public func text(_ style: Style) -> String {
        let lines = [headings.map { Cell($0, .quiet) }] + rows
        let widths = headings.indices.map { column in
            lines.map { $0[column].text.unicodeScalars.count }.max() ?? 0
        }
        return lines.map { cells in
            var line = ""
            for (column, cell) in cells.enumerated() {
                line += style(cell.text, cell.tone)
                guard column < cells.count - 1 else { continue }
                let gap = widths[column] - cell.text.unicodeScalars.count + 2
                line += String(repeating: " ", count: gap)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
