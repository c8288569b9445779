import SuretyCore
import SuretyTestKit
import Testing

@testable import Outbound

@Suite struct `a mail as it is sent` {
    private func lines(_ text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test(arguments: [
        ("", "\r\n"), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\r\nb\rc\n\n", "a\r\nb\r\nc\r\n\r\n"),
        ("é = 1", "=C3=A9 =3D 1\r\n"), ("tail \nx\t", "tail=20\r\nx=09\r\n"), ("a\u{0}b", "a=00b\r\n"),
        (".", ".\r\n"), ("👩🏽‍💻", "=F0=9F=91=A9=F0=9F=8F=BD=E2=80=8D=F0=9F=92=BB\r\n"),
    ])
    func `quoted-printable text`(_ text: String, _ encoded: String) {
        #expect(QuotedPrintable.encode(text) == encoded)
    }

    @Test(arguments: [74, 75, 76, 77, 150, 1000])
    func `no line is longer than 76 characters and none is lost`(_ count: Int) {
        for letter in ["x", "=", "ü", " "] {
            let encoded = QuotedPrintable.encode(String(repeating: letter, count: count))
            #expect(lines(encoded).allSatisfy { $0.utf8.count <= 76 })
            let whole = encoded.replacing("=\r\n", with: "").replacing("\r\n", with: "")
            let pieces = ["x": "x", "=": "=3D", "ü": "=C3=BC", " ": " "]
            let expected = String(repeating: pieces[letter] ?? "", count: count)
            #expect(whole == (letter == " " ? expected.dropLast() + "=20" : expected))
        }
    }

    @Test(arguments: [
        ("Hello", "Subject: Hello\r\n"), ("", "Subject:\r\n"),
        ("a\r\nBcc: x@y.example", "Subject: a Bcc: x@y.example\r\n"),
        ("=?utf-8?Q?x?=", "Subject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=\r\n"),
        ("Grüße an alle", "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_an_alle?=\r\n"),
    ])
    func `a header is one field whatever its text`(_ text: String, _ line: String) {
        #expect(MailHeader("Subject", text: text).lines == line)
    }

    @Test func `long headers are folded between words`() {
        for text in [
            String(repeating: "word ", count: 60), String(repeating: "Umsätze für März ", count: 20),
            String(repeating: "x", count: 400), String(repeating: "👩🏽‍💻", count: 40),
        ] {
            let header = MailHeader("Subject", text: text).lines
            let folded = lines(header).dropLast()
            #expect(folded.count > 3)
            #expect(folded.allSatisfy { $0.utf8.count <= 76 })
            #expect(folded.dropFirst().allSatisfy { $0.hasPrefix(" ") && $0.count > 1 })
        }
    }

    @Test(arguments: [
        ("ana@acme.example", "ana@acme.example", ""),
        ("Ana Ruiz <ana@acme.example>", "ana@acme.example", "Ana Ruiz"),
        ("\"Ruiz, Ana\" <ana+x@acme.example>", "ana+x@acme.example", "Ruiz, Ana"),
        ("zoë@münchen.example", "zoë@münchen.example", ""), ("a@[127.0.0.1]", "a@[127.0.0.1]", ""),
        ("a@[IPv6:::1]", "a@[IPv6:::1]", ""),
    ])
    func `an address is read`(_ text: String, _ mailbox: String, _ name: String) throws {
        let address = try #require(MailAddress(text))
        #expect(address.mailbox == mailbox)
        #expect(address.name == name)
    }

    @Test(arguments: [
        "", "ana", "@acme.example", "ana@", "ana@acme.example\r\nRCPT TO:<x@y.example>", "a b@c.example",
        "a@b c.example", "a@b@c.example", "a>@b.example", "<a@b.example", "a@b.example> SIZE=1", "a@.example",
        "a@b..example", "\"a b\"@c.example", "a\u{0}@b.example", "a\u{2028}@b.example", "a@[nonsense]",
        "a@b.example,c@d.example", "a@b.example\u{200B}",
    ])
    func `what is no address is refused`(_ text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test(arguments: [
        ("Ana Ruiz", "To: Ana Ruiz <a@b.example>\r\n"), ("Ruiz, Ana", "To: \"Ruiz, Ana\" <a@b.example>\r\n"),
        ("Zoë", "To: =?utf-8?Q?Zo=C3=AB?= <a@b.example>\r\n"),
        (
            "x\" <evil@y.example>\r\nBcc: z",
            "To: =?utf-8?Q?x=22_=3Cevil=40y=2Eexample=3E_Bcc=3A_z?= <a@b.example>\r\n"
        ),
    ])
    func `a name stands before its address and ends nothing`(_ name: String, _ line: String) throws {
        let address = try #require(MailAddress("a@b.example", name: name))
        #expect(MailHeader("To", addresses: [address]).lines == line)
    }

    @Test func `ids hold no character that an id may not have`() throws {
        var mail = try MailFixture.mail(to: "a@b.example")
        mail.messageID = "inc_1-2-ops mail>\r\nX: ü"
        #expect(
            mail.identifier(mail.messageID) == "<inc_1-2-ops=20mail=3E=0D=0AX=3A=20=C3=BC@acme.example>")
    }

    @Test(arguments: [
        (".", "..\r\n.\r\n"), ("a\r\n.b\r\n", "a\r\n..b\r\n.\r\n"), ("..\r\n", "...\r\n.\r\n"),
        ("a.\r\n", "a.\r\n.\r\n"), ("", ".\r\n"),
    ])
    func `a dot at the start of a line is doubled`(_ mail: String, _ sent: String) {
        #expect(String(decoding: SMTPData.stuffed(mail), as: UTF8.self) == sent)
    }

    @Test func `a report that answers nothing stays as it was written down`() throws {
        var mail = try MailFixture.mail(
            to: "Ana Ruiz <ana@acme.example>", "zoe@acme.example", subject: "Zuverlässigkeit der Woche 14",
            text: "Kept 19 of 20.\n\nBroken: revenue-by-8, für 12 min = 0.6 %\n",
            html: "<h1 style=\"margin:0\">Kept 19 of 20 – fast alles</h1>\n")
        mail.headers = [MailHeader("List-ID", text: "Surety acme <acme.surety.acme.example>")]
        expectSnapshot(mail.composed.replacing("\r\n", with: "\n"), named: "report")
        #expect(mail.composed.utf8.allSatisfy { $0 < 0x80 })
    }
}
