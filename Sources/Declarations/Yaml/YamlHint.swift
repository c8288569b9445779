/// What a person probably meant where YAML could not be read.
enum YamlHint {
    /// The lines about a problem.
    struct Lines {
        /// The line on which it was met.
        let at: String
        /// The line before that.
        let before: String
        /// The line on which what could not be read begins.
        let began: String
    }

    /// A hint about a problem met at a column.
    static func about(_ problem: String, _ lines: Lines, column: Int) -> String {
        let line = lines.at
        if line.unicodeScalars.dropFirst(column - 1).first == "\t" {
            return "Indent with spaces, not with tabs."
        }
        if hasBareVariable(line) || hasBareVariable(lines.began) {
            return "Inside {…} and […] put `${NAME}` in quotes: \"${NAME}\"."
        }
        if problem.contains("expected key"), lines.before.contains(" #") {
            return "If the text of the line above goes on here, it is cut at ` #`: put it in quotes."
        }
        if problem.contains("mapping values are not allowed"), let fixed = quoted(line) {
            return "A text with `: ` in it needs quotes: \(fixed)"
        }
        let text = line.drop { $0 == " " || $0 == "-" }
        if let first = text.first, "'\"".contains(first) { return "A quote inside a quoted text is doubled." }
        if text.contains("{{") { return "A text that begins with `{{` needs quotes." }
        if text.contains("`") || text.contains("@") || text.contains("%") {
            return "A text that begins with a symbol needs quotes."
        }
        return ""
    }

    /// Whether `${` stands outside quotes after an opening bracket.
    private static func hasBareVariable(_ line: String) -> Bool {
        var quote: Character?
        var depth = 0
        var previous: Character = " "
        for character in line {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "{", previous == "$" {
                if depth > 0 { return true }
            } else if character == "{" || character == "[" {
                depth += 1
            } else if character == "}" || character == "]" {
                depth -= 1
            }
            previous = character
        }
        return false
    }

    /// A line `- text: more: and more` or `key: text: more` with its text in quotes.
    private static func quoted(_ line: String) -> String? {
        let body = line.drop { $0 == " " }
        guard body.utf8.count <= 300 else { return nil }
        let isItem = body.hasPrefix("- ")
        let text = isItem ? body.dropFirst(2).drop { $0 == " " } : body[...]
        guard let colon = text.firstRange(of: ": ") else { return nil }
        if isItem {
            let key = text[..<colon.lowerBound]
            guard BlockForm.keys.contains(String(key)) else { return "- " + quotedText(text) }
        }
        let prefix = text[..<colon.upperBound]
        return (isItem ? "- " : "") + prefix + quotedText(text[colon.upperBound...])
    }

    /// A text in single quotes as YAML reads them.
    static func quotedText(_ text: some StringProtocol) -> String {
        let trimmed = text.reversed().drop { $0.isWhitespace }.reversed()
        return "'" + String(trimmed).replacing("'", with: "''") + "'"
    }
}
