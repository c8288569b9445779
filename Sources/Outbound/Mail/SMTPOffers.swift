/// What a mail server says it can do, in its reply to `EHLO`.
struct SMTPOffers: Hashable, Sendable {
    /// Whether it can encrypt.
    let startTLS: Bool
    /// Whether it takes addresses beyond ASCII.
    let smtpUTF8: Bool
    /// Whether it wants to know a mail's size before.
    let size: Bool
    /// The largest mail that it takes, in bytes; nil where it does not say.
    let largest: Int?
    /// How it takes passwords, in upper case.
    let authentication: Set<String>

    /// Nothing, as before it was asked.
    static let none = SMTPOffers(SMTPReply(code: 250, lines: []))

    /// What a reply lists; the first line is a greeting. A reply to `HELO` lists nothing.
    init(_ reply: SMTPReply) {
        let words = reply.lines.dropFirst().map { line in
            // `AUTH=LOGIN` is how some old servers write it.
            line.uppercased().replacing("AUTH=", with: "AUTH ").split(separator: " ").map(String.init)
        }
        startTLS = words.contains { $0.first == "STARTTLS" }
        smtpUTF8 = words.contains { $0.first == "SMTPUTF8" }
        let sizes = words.first { $0.first == "SIZE" }
        size = sizes != nil
        largest = sizes?.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        authentication = Set(words.filter { $0.first == "AUTH" }.flatMap { $0.dropFirst() })
    }
}
