import SuretyCore

extension Mail {
    /// The mail as it is sent: lines ended by CRLF, ASCII but for addresses that are not, every time the same.
    var composed: String {
        let parts = [part("text/plain", text), part("text/html", html)]
        // The line end before a boundary belongs to the boundary.
        return headers(all: allHeaders) + "\r\n"
            + parts.map { "--\(Self.boundary)\r\n\($0)\r\n" }.joined() + "--\(Self.boundary)--\r\n"
    }

    /// `<name@domain>`, in characters that a message id may have.
    func identifier(_ name: String) -> String { "<\(Self.atom(name))@\(Self.atom(from.domain))>" }

    /// What separates the parts. `=_` stands in no quoted-printable text.
    private static let boundary = "=_surety_part"

    private var allHeaders: [MailHeader] {
        var all = [
            MailHeader("Date", words: [Self.words(date)]), MailHeader("From", addresses: [from]),
            MailHeader("To", addresses: to), MailHeader("Message-ID", words: [identifier(messageID)]),
        ]
        if let thread {
            // No mail has this id: those that name it are shown together (and none hangs on one that was lost).
            all += ["In-Reply-To", "References"].map { MailHeader($0, words: [identifier(thread)]) }
        }
        all.append(MailHeader("Subject", text: subject))
        all += headers
        return all + [
            MailHeader("Auto-Submitted", text: "auto-generated"), MailHeader("MIME-Version", text: "1.0"),
            MailHeader(
                "Content-Type", words: ["multipart/alternative;", "boundary=\"\(Self.boundary)\""]),
        ]
    }

    private func headers(all: [MailHeader]) -> String { all.map(\.lines).joined() }

    private func part(_ type: String, _ text: String) -> String {
        headers(all: [
            MailHeader("Content-Type", text: "\(type); charset=utf-8"),
            MailHeader("Content-Transfer-Encoding", text: "quoted-printable"),
        ]) + "\r\n" + QuotedPrintable.encode(text)
    }

    /// A name with all that no message id may hold replaced, different names differently.
    private static func atom(_ name: String) -> String {
        name.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                String(UnicodeScalar(byte))
            case _: QuotedPrintable.escaped(byte)
            }
        }.joined()
    }

    /// `Wed, 01 Apr 2026 06:30:00 +0000`.
    private static func words(_ date: Instant) -> String {
        let civil = Zone.utc.civil(of: date)
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let parts = civil.date.parts
        let time = [civil.time.hour, civil.time.minute, civil.time.second].map(twoDigits)
        return "\(days[civil.date.weekday.daysAfterMonday]), \(twoDigits(parts.day)) "
            + "\(months[parts.month - 1]) \(parts.year) \(time.joined(separator: ":")) +0000"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
