import SuretyCore

/// A value in a YAML file, with its text as written and its place.
struct YamlNode {
    /// How a text is written.
    enum Style {
        /// Without quotes.
        case plain
        /// In single or double quotes.
        case quoted
        /// As a block after `|` or `>`.
        case block
    }

    /// What it is.
    indirect enum Content {
        /// A text as written, escapes and folding undone.
        case scalar(String, Style)
        /// A list.
        case sequence([YamlNode])
        /// Keys and values in their order.
        case mapping([YamlPair])
    }

    /// What it is.
    let content: Content
    /// The file it stands in.
    let file: YamlFile
    private let start: (line: Int32, column: Int32)
    private let end: (line: Int32, column: Int32)

    /// A value between two places, both counted from 1.
    init(_ content: Content, in file: YamlFile, from start: YamlMark, to end: YamlMark) {
        self.content = content
        self.file = file
        self.start = (Int32(clamping: start.line), Int32(clamping: start.column))
        self.end = (Int32(clamping: end.line), Int32(clamping: end.column))
    }

    /// The line of its first character, from 1.
    var line: Int { Int(start.line) }
    /// The column of its first character, from 1.
    var column: Int { Int(start.column) }
    /// The line on which it ends.
    var endLine: Int { Int(end.line) }
    /// The column after its last character.
    var endColumn: Int { Int(end.column) }
    /// Its place.
    var location: SourceLocation { file.place(line: line, column: column) }

    /// The text, if it is one.
    var scalar: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// Whether nothing is written, as after `key:`.
    var isBlank: Bool {
        guard case .scalar(let text, .plain) = content else { return false }
        return text.isEmpty
    }

    /// What it is, for messages.
    var kind: String {
        switch content {
        case .scalar: isBlank ? "nothing" : "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The same value with another content.
    func replacing(_ content: Content) -> YamlNode {
        YamlNode(
            content, in: file, from: YamlMark(line: line, column: column),
            to: YamlMark(line: endLine, column: endColumn))
    }
}

/// A key of a mapping and its value.
struct YamlPair {
    /// The key as written.
    let key: String
    /// The key as a value, for its place.
    let keyNode: YamlNode
    /// The value.
    let value: YamlNode
}

/// A place in a file, both counted from 1; the column in characters.
struct YamlMark {
    /// The line.
    let line: Int
    /// The column.
    let column: Int
}

/// Why a file is not YAML that this program reads, and where.
struct YamlProblem: Error {
    /// What is wrong.
    let message: String
    /// What to do about it.
    var hint = ""
    /// Where.
    let mark: YamlMark
}
