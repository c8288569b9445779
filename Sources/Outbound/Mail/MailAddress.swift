/// A mail address that can stand in a command and in a header without ending either.
struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The name for people; empty where there is none.
    let name: String
    /// The part before the `@`.
    let local: String
    /// The part behind it: a name, or an address in brackets.
    let domain: String

    /// Reads `ana@acme.example` or `Ana Ruiz <ana@acme.example>`; nil if it is neither. A `name` wins over the text's.
    init?(_ text: String, name: String? = nil) {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return nil
        }
        var mailbox = text[...]
        var shown = name
        if text.last == ">", let start = text.lastIndex(of: "<") {
            mailbox = text[text.index(after: start)...].dropLast()
            shown = shown ?? Self.unquoted(text[..<start])
        }
        guard let at = mailbox.lastIndex(of: "@") else { return nil }
        local = String(mailbox[..<at])
        domain = String(mailbox[mailbox.index(after: at)...])
        self.name = shown ?? ""
        guard Self.isLocal(local), Self.isDomain(domain), mailbox.utf8.count <= 254 else { return nil }
    }

    /// `ana@acme.example`.
    var mailbox: String { "\(local)@\(domain)" }

    /// Whether a server must know `SMTPUTF8` to take it.
    var isInternational: Bool { !mailbox.utf8.allSatisfy { $0 < 0x80 } }

    /// `<ana@acme.example>`.
    var description: String { "<\(mailbox)>" }

    private static func unquoted(_ text: Substring) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count > 1, words.first == "\"", words.last == "\"" else { return words }
        return String(words.dropFirst().dropLast()).replacing("\\\"", with: "\"")
    }

    /// The characters of an atom (RFC 5322, 3.2.3), dots, and letters beyond ASCII; quoted parts are not taken.
    private static func isLocal(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy {
                isWord($0) || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains($0)
            }
    }

    private static func isDomain(_ text: String) -> Bool {
        if text.first == "[", text.last == "]" {
            return NetworkAddress(String(text.dropFirst().dropLast()).replacing("IPv6:", with: "")) != nil
        }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.unicodeScalars.allSatisfy { isWord($0) || $0 == "-" || $0 == "_" }
        }
    }

    /// Letters and digits, and marks, which complete letters of some scripts.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .nonspacingMark, .spacingMark:
            true
        case _: false
        }
    }
}
