extension String {
    /// The text on one line, in which what a terminal would obey, or what would turn the direction of writing, is spelled
    /// out: `\u{1b}`, a line feed as `\n`.
    ///
    /// Values of data are shown so, as whoever writes the data may have written anything.
    public var printable: String {
        guard unicodeScalars.contains(where: \.isObeyed) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.isObeyed: text += "\\u{\(String(scalar.value, radix: 16))}"
            case _: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The same with its lines left as they are.
    public var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
            .joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// Whether it is a control, a break of lines, or turns the direction of writing.
    fileprivate var isObeyed: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        case _: false
        }
    }
}
