public import SuretyCore

/// The weekly report in Markdown, for a pull request, a wiki or the text part of a mail.
public enum ReportMarkdown {
    /// The whole report; its tables are GitHub's, of six columns at most.
    public static func text(_ report: WeeklyReport) -> String {
        let words = ReportWords(report)
        var parts = ["# \(escaped(words.title))", escaped(words.span), "**\(escaped(words.line))**"]
        parts.append(words.facts.map { "- \($0.name): \(escaped($0.value))" }.joined(separator: "\n"))
        parts.append("**Promise board**")
        parts += board(words)
        parts += table(words.actions)
        for answer in words.answers {
            parts.append("## \(answer.verdict): \(answer.question.words)")
            parts += answer.sentences.map(escaped)
            parts += answer.tables.flatMap(table)
        }
        parts.append("## Appendix")
        parts += words.notes.map(escaped) + words.appendix.flatMap(table)
        parts.append("## Definitions")
        parts.append(words.definitions.map { "- **\($0.term)**: \($0.meaning)" }.joined(separator: "\n"))
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func board(_ words: ReportWords) -> [String] {
        guard !words.board.entries.isEmpty else { return [ReportBoard.empty] }
        let lines = words.board.entries.map { entry in
            [
                "**\(escaped(entry.name))** (\(entry.rank)): \(escaped(entry.sentence))",
                escaped(entry.owner), "\(entry.strip.marks) \(escaped(entry.strip.words))",
                escaped(entry.kept), escaped(entry.budget), escaped(entry.margin),
            ]
        }
        let legend = words.legend.map { "\($0.mark) \($0.word)" }.joined(separator: " · ")
        return [grid(ReportBoard.headings, lines), legend]
    }

    private static func table(_ table: ReportTable) -> [String] {
        let heading = "**\(escaped(table.caption))**"
        guard !table.rows.isEmpty else { return [heading, escaped(table.empty)] }
        let lines = table.rows.map { cells in
            cells.map { $0.isCommand ? code($0.text) : escaped($0.text) }
        }
        return [heading, grid(table.headings, lines)] + (table.more.map { [$0] } ?? [])
    }

    private static func grid(_ headings: [String], _ lines: [[String]]) -> String {
        let all = [headings, headings.map { _ in "---" }] + lines
        return all.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    /// A text in which nothing is a mark of Markdown or HTML, and which calls nobody, not even where it is posted to
    /// Slack, which knows no backslash.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        var before: Unicode.Scalar?
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            let isMark =
                switch scalar {
                case "\\", "`", "*", "[", "]", "|", "~": true
                // Within a word it is no emphasis, and at the end of a sentence no entity.
                case "_": !(isWord(before) && isWord(after))
                case "&": isWord(after) || after == "#"
                case "#", ">", "+", "-": before == nil
                case _: false
                }
            if isMark { escaped += "\\" }
            if scalar == "<" { escaped += "&lt;" } else { escaped.unicodeScalars.append(scalar) }
            // Nobody is called whose name does not follow at once.
            if scalar == "@", !isWord(before) { escaped.unicodeScalars.append("\u{2060}") }
            before = scalar
        }
        return escaped
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
    }

    /// A text to be typed, in a cell of a table.
    private static func code(_ text: String) -> String {
        let fence = text.contains("`") ? "``" : "`"
        let space = fence == "``" ? " " : ""
        return fence + space + text.replacing("|", with: "\\|") + space + fence
    }
}
