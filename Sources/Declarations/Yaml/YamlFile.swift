import SuretyCore

/// A YAML file: its path and its text, for places and for what stands on a line.
final class YamlFile {
    /// The path relative to the project folder.
    let path: String
    /// The text, without a byte order mark.
    let text: String
    private lazy var lines: [Substring] = text.split(
        omittingEmptySubsequences: false, whereSeparator: { $0.isNewline })

    /// A file with a text.
    init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// A place in the file.
    func place(line: Int, column: Int) -> SourceLocation {
        SourceLocation(file: path, line: line, column: column)
    }

    /// The text of a line, from 1; empty beyond the end.
    func line(_ number: Int) -> Substring {
        lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    /// What stands between two places of one line, or up to the end of the first line.
    func written(from node: YamlNode, through last: YamlNode) -> String {
        let line = self.line(node.line).unicodeScalars
        let end = last.endLine == node.line ? last.endColumn - 1 : line.count
        let text = line.dropFirst(node.column - 1).prefix(max(0, end - node.column + 1))
        return String(String.UnicodeScalarView(text))
    }

    /// Whether a comment follows an unquoted text on its last line, so that YAML cut it there.
    func isCutByComment(_ node: YamlNode) -> Bool {
        guard case .scalar(_, .plain) = node.content else { return false }
        let rest = line(node.endLine).unicodeScalars.dropFirst(node.endColumn - 1)
        let comment = rest.drop { $0 == " " || $0 == "\t" }
        return comment.count < rest.count && comment.first == "#"
    }
}
