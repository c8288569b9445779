public import SuretyCore

/// The weekly report on a terminal.
public enum ReportText {
    /// How wide a cell is at most, the last of each row left out.
    private static let widest = 44

    /// The whole report, the week in one line first.
    public static func text(_ report: WeeklyReport, _ style: Style) -> String {
        let words = ReportWords(report)
        var text = style(words.title, .strong) + "\n\(words.span)\n\n\(words.line)\n\n"
        for fact in words.facts {
            let gap = String(repeating: " ", count: max(2, 30 - fact.name.count))
            text += "  " + style(fact.name, .quiet) + gap + fact.value + "\n"
        }
        text += board(words, style) + table(words.actions, style)
        for answer in words.answers {
            text +=
                "\n" + style(answer.verdict, answer.tone) + "  "
                + style("\(answer.question.rawValue.uppercased())  \(answer.question.words)", .strong) + "\n"
            text += answer.sentences.map { "  \($0)\n" }.joined()
            text += answer.tables.map { table($0, style) }.joined()
        }
        text += "\n" + style("Appendix", .strong) + "\n" + words.notes.map { "  \($0)\n" }.joined()
        text += words.appendix.map { table($0, style) }.joined()
        text += "\n" + style("Definitions", .strong) + "\n"
        text += words.definitions.map { "  " + style($0.term, .strong) + "  \($0.meaning)\n" }.joined()
        return text
    }

    /// The week in one line, the promise board and the answers without their details.
    public static func summary(_ report: WeeklyReport, _ style: Style) -> String {
        let words = ReportWords(report)
        var text = style(words.title, .strong) + "\n\(words.line)\n" + board(words, style) + "\n"
        for answer in words.answers {
            text += "  " + style(answer.verdict, answer.tone)
            text +=
                String(repeating: " ", count: max(2, 14 - answer.verdict.count)) + answer.question.words
                + "\n"
        }
        return text
    }

    private static func board(_ words: ReportWords, _ style: Style) -> String {
        let heading = "\n" + style("Promise board", .strong) + "\n"
        guard !words.board.entries.isEmpty else { return heading + "  \(ReportBoard.empty)\n" }
        var table = TextTable(["PROMISE", "OWNER", "KEPT", "MISSES LEFT IN 13 WEEKS", "MARGIN", "WEEK"])
        for entry in words.board.entries {
            table.add([
                .init(Alert.cut(entry.name, to: widest), .strong), .init(Alert.cut(entry.owner, to: widest)),
                .init(entry.kept, entry.isBroken ? .bad : .good),
                .init(entry.budget, entry.isExhausted ? .bad : .neutral), .init(entry.margin),
                .init("\(entry.strip.glyphs)  \(entry.strip.words)", entry.strip.tone),
            ])
        }
        let sentences = words.board.entries.map {
            "  " + style($0.name, .strong) + style(" (\($0.rank))", .quiet) + "  \($0.sentence)\n"
        }
        return heading + indented(table.text(style)) + "  " + style(legend(words), .quiet) + "\n"
            + sentences.joined()
    }

    private static func legend(_ words: ReportWords) -> String {
        words.legend.map { "\($0.glyph) \($0.word)" }.joined(separator: "   ")
    }

    private static func table(_ table: ReportTable, _ style: Style) -> String {
        let heading = "\n  " + style(table.caption, .strong) + "\n"
        guard !table.rows.isEmpty else { return heading + "  \(table.empty)\n" }
        var text = TextTable(table.headings.map { $0.uppercased() })
        for cells in table.rows {
            let lines = cells.enumerated().map { index, cell in
                if index == cells.count - 1 { return [cell.text] }
                return cell.isWhole ? cell.text.wrapped(to: widest) : [Alert.cut(cell.text, to: widest)]
            }
            for number in 0..<(lines.map(\.count).max() ?? 0) {
                text.add(
                    zip(cells, lines).map { cell, lines in
                        .init(lines.indices.contains(number) ? lines[number] : "", cell.tone)
                    })
            }
        }
        return heading + indented(text.text(style)) + (table.more.map { "  \($0)\n" } ?? "")
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)\n" }.joined()
    }
}

extension String {
    /// The text on lines of at most so many characters, broken between words where it can be.
    fileprivate func wrapped(to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
            while line.count > width {
                lines.append(String(line.prefix(width)))
                line = String(line.dropFirst(width))
            }
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }
}
