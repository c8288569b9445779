/// Texts as scalars of a YAML file that means exactly them.
enum YamlText {
    /// The text, in quotes where it needs them; one line.
    static func scalar(_ text: String) -> String {
        let literal = text.replacing("${", with: "$${")
        let isPlain =
            (literal.unicodeScalars.first?.properties.isAlphabetic ?? false)
            && literal.unicodeScalars.allSatisfy { isHarmless($0) } && !literal.hasSuffix(" ")
        return isPlain ? literal : quoted(literal)
    }

    /// The texts as a list on one line.
    static func list(_ texts: [String]) -> String {
        "[" + texts.map(item).joined(separator: ", ") + "]"
    }

    /// The text as an item of a list on one line, or as a key.
    static func item(_ text: String) -> String {
        isWord(text) ? text : quoted(text.replacing("${", with: "$${"))
    }

    /// A line of the check grammar: alone on its line it needs no quotes, unless YAML would read it otherwise.
    static func check(_ line: String) -> String {
        let literal = line.replacing("${", with: "$${")
        let isPlain =
            (literal.unicodeScalars.first?.properties.isAlphabetic ?? false) && !literal.contains(": ")
            && !literal.hasSuffix(":") && !literal.contains(" #")
            && literal.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return isPlain ? literal : quoted(literal)
    }

    /// Whether the text is letters, digits, `_` and `.`, and begins with a letter or `_`.
    static func isWord(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first,
            first == "_" || first.isASCII && first.properties.isAlphabetic
        else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789_.".unicodeScalars.contains(scalar))
        }
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || "0123456789 _.-/".unicodeScalars.contains(scalar)
    }

    /// Double quotes, because only they can hold every character.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                quoted += "\\x" + (hex.count < 2 ? "0" : "") + hex
            case _: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
