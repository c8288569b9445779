/// A header of a mail, which takes one field however its value is written.
struct MailHeader: Hashable, Sendable {
    /// The longest line.
    private static let width = 76
    /// The longest text inside `=?utf-8?Q?…?=`; the word fits on a line behind `Subject: `.
    private static let encodedWidth = 48

    /// The name, without the colon.
    let name: String
    /// What stands behind it, in words between which a line may end.
    private let words: [String]

    /// A header of free text.
    init(_ name: String, text: String) {
        self.init(name, words: Self.unstructured(text))
    }

    /// A header of addresses, with names where they have them.
    init(_ name: String, addresses: [MailAddress]) {
        let last = addresses.count - 1
        self.init(
            name,
            words: addresses.enumerated().flatMap { index, address in
                let end = index == last ? "" : ","
                return address.name.isEmpty
                    ? [address.mailbox + end] : Self.phrase(address.name) + ["\(address)\(end)"]
            })
    }

    /// A header of words that are fit to be sent.
    init(_ name: String, words: [String]) {
        self.name = name
        self.words = words
    }

    /// The header in lines of at most 76 characters where words allow, each ended by CRLF.
    var lines: String {
        var text = name + ":"
        var column = text.utf8.count
        for (index, word) in words.enumerated() {
            if index > 0, column + 1 + word.utf8.count > Self.width {
                text += "\r\n"
                column = 0
            }
            text += " " + word
            column += 1 + word.utf8.count
        }
        return text + "\r\n"
    }

    /// Words as they are where they are ASCII, else as encoded words (RFC 2047). Line ends and other controls are spaces.
    private static func unstructured(_ text: String) -> [String] {
        let words = plain(text)
        let isPlain = words.allSatisfy { word in
            word.utf8.count <= width - 2 && !word.contains("=?") && word.utf8.allSatisfy { $0 < 0x80 }
        }
        return isPlain ? words : encoded(words.joined(separator: " "))
    }

    /// A name before an address: atoms as they are, else quoted, else encoded.
    private static func phrase(_ text: String) -> [String] {
        let words = plain(text)
        if words.allSatisfy({ $0.utf8.allSatisfy(isSafe) }) { return words }
        let isQuotable = words.allSatisfy { word in
            !word.contains("=?") && word.utf8.allSatisfy { $0 < 0x80 && $0 != 0x22 && $0 != 0x5C }
        }
        let quoted = "\"\(words.joined(separator: " "))\""
        return isQuotable && quoted.utf8.count < width ? [quoted] : encoded(words.joined(separator: " "))
    }

    private static func plain(_ text: String) -> [String] {
        text.unicodeScalars.split { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
            .map(String.init)
    }

    private static func encoded(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let piece = scalar == " " ? "_" : String(scalar).utf8.map(escaped).joined()
            if word.utf8.count + piece.utf8.count > encodedWidth {
                words.append(word)
                word = ""
            }
            word += piece
        }
        return (words + [word]).map { "=?utf-8?Q?\($0)?=" }
    }

    private static func escaped(_ byte: UInt8) -> String {
        isSafe(byte) ? String(UnicodeScalar(byte)) : QuotedPrintable.escaped(byte)
    }

    /// Whether a byte may stand for itself wherever an encoded word may (RFC 2047, 5).
    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case _: "!*+-/".utf8.contains(byte)
        }
    }
}
