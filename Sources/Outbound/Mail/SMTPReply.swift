/// What a mail server answers to a command.
struct SMTPReply: Hashable, Sendable {
    /// Three digits.
    let code: Int
    /// The words of each line, without controls.
    let lines: [String]

    /// Whether the command was done.
    var isDone: Bool { (200..<300).contains(code) }
    /// Whether the server waits for more.
    var asksForMore: Bool { (300..<400).contains(code) }
    /// Whether the same may be taken later.
    var isTransient: Bool { (400..<500).contains(code) }
    /// Whether the server ends the connection with it.
    var isClosing: Bool { code == 421 }

    /// `550 5.1.1 no such user`, without the texts that are to be hidden, cut where it is long.
    func words(hiding secrets: [String]) -> String {
        var text = lines.joined(separator: " ")
        for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "***") }
        return text.isEmpty ? "\(code)" : "\(code) " + (text.count <= 300 ? text : text.prefix(299) + "…")
    }
}
