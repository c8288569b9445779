import Mustache

/// Text in HTML: whatever it holds, it stays text, between tags and in quoted attributes.
struct Markup: MustacheContentType {
    /// The text with every mark of HTML spelled out.
    ///
    /// It looks at scalars: a quotation mark that carries an accent is one character and would pass as a letter.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            case _: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// What templates call for each value between two braces.
    func escapeText(_ text: String) -> String { Markup.escaped(text) }
}
