import Engine
import SuretyCore
import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(2))) struct `mail through a server` {
    @Test func `a mail arrives as it was written, also dots, long lines and letters beyond ASCII`()
        async throws
    {
        let text =
            ".\n..two\nZoë zahlt 5 € = \"viel\" \n\nFrom here\n" + String(repeating: "lang ", count: 60)
            + "\n"
        let html = "<p style=\"color:#333333\">Zoë &amp; Söhne.</p>\n.\n"
        let mail = try MailFixture.mail(
            to: "Ana Ruiz <ana@acme.example>", "Zoë Ruß <zoe@acme.example>",
            subject: "Umsätze, die fehlen: " + String(repeating: "März ", count: 12), text: text, html: html)
        let received = try await LocalMailServer().receive { port in
            let deliveries = try await MailFixture.client(port).send(mail)
            #expect(deliveries == mail.to.map { SMTPClient.Delivery(recipient: $0, failure: nil) })
        }
        let got = try #require(received.first)
        #expect(received.count == 1)
        #expect(got.from == "surety@acme.example")
        #expect(got.to == ["ana@acme.example", "zoe@acme.example"])
        #expect(got.options == ["SIZE=\(mail.composed.utf8.count)"])
        #expect(got.text == text)
        #expect(got.html == html)
        #expect(got.values("Subject") == [mail.subject.split(separator: " ").joined(separator: " ")])
        #expect(got.addresses == [["Ana Ruiz", "ana@acme.example"], ["Zoë Ruß", "zoe@acme.example"]])
        #expect(got.values("Message-ID") == ["<m1@acme.example>"])
        #expect(got.values("Date") == ["Wed, 01 Apr 2026 06:30:00 +0000"])
        #expect(got.values("Auto-Submitted") == ["auto-generated"])
        #expect(got.type == "multipart/alternative")
        #expect(got.parts == ["text/plain", "text/html"])
        #expect(got.defects.isEmpty)
        let lines = got.raw.replacing("\r\n", with: "\n").split(separator: "\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(!got.isEncrypted)
    }

    @Test func `STARTTLS encrypts before anything is said of the mail`() async throws {
        let certificate = try await MailCertificate()
        var server = certificate.server(.starttls)
        server.users = ["ana": "s3cret, ü"]
        server.authenticated = true
        let received = try await server.receive { port in
            let client = try MailFixture.client(
                port, tls: .required, trusting: certificate.file, user: "ana", password: "s3cret, ü")
            _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(received.map(\.isEncrypted) == [true])
        #expect(received.map(\.user) == ["ana by PLAIN"])
    }

    @Test func `smtps encrypts from the first byte, also to an address without a name`() async throws {
        let certificate = try await MailCertificate()
        let received = try await certificate.server(.implicit).receive { port in
            for host in ["mail.example", "127.0.0.1"] {
                let client = try MailFixture.client(
                    port, scheme: "smtps", host: host, trusting: certificate.file)
                _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
            }
        }
        #expect(received.map(\.isEncrypted) == [true, true])
    }

    @Test(arguments: [("PLAIN", "LOGIN"), ("LOGIN", "PLAIN")])
    func `a password is told as the server takes it`(_ way: String, _ other: String) async throws {
        let server = LocalMailServer(users: ["ana": "s3cret"], without: [other], authenticated: true)
        let received = try await server.receive { port in
            let client = try MailFixture.client(port, user: "ana", password: "s3cret")
            _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(received.map(\.user) == ["ana by \(way)"])
    }

    @Test(arguments: ["PLAIN", "LOGIN"])
    func `a wrong password is no use trying again`(_ way: String) async throws {
        let server = LocalMailServer(
            users: ["ana": "right"], without: [way == "PLAIN" ? "LOGIN" : "PLAIN"], authenticated: true)
        let received = try await server.receive { port in
            let failure = try await MailFixture.failure {
                _ = try await MailFixture.client(port, user: "ana", password: "hush").send(
                    MailFixture.mail(to: "ben@acme.example"))
            }
            #expect(failure.kind == .permission)
            #expect(!failure.isRetryable)
            #expect(failure.message.contains("smtp://mail.example:\(port)"), "\(failure)")
            #expect(failure.message.contains("535"), "\(failure)")
            #expect(!failure.description.contains("hush"))
        }
        #expect(received.isEmpty)
    }

    @Test func `a mail without the password that the server wants is refused`() async throws {
        let server = LocalMailServer(users: ["ana": "right"], authenticated: true)
        _ = try await server.receive { port in
            let failure = try await MailFixture.failure {
                _ = try await MailFixture.client(port).send(MailFixture.mail(to: "ben@acme.example"))
            }
            #expect(failure.kind == .permission)
            #expect(failure.hint.contains("`user`"), "\(failure)")
        }
    }

    @Test(arguments: [LocalMailServer.TLS.starttls, .implicit])
    func `a certificate that nobody vouches for is refused`(_ tls: LocalMailServer.TLS) async throws {
        let certificate = try await MailCertificate()
        let received = try await certificate.server(tls).receive { port in
            let failure = try await MailFixture.failure {
                let client = try MailFixture.client(
                    port, scheme: tls == .implicit ? "smtps" : "smtp", tls: .required)
                _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
            }
            #expect(failure.kind == .refused && !failure.isRetryable, "\(failure)")
            #expect(failure.message.contains("not trusted"), "\(failure)")
            #expect(failure.hint.contains("ca_file"))
        }
        #expect(received.isEmpty)
    }

    @Test(arguments: ["other.example", "127.0.0.1"])
    func `a certificate for another name is refused`(_ host: String) async throws {
        let certificate = try await MailCertificate(for: "DNS:mail.example,IP:127.0.0.2")
        let received = try await certificate.server(.implicit).receive { port in
            let failure = try await MailFixture.failure {
                let client = try MailFixture.client(
                    port, scheme: "smtps", host: host, trusting: certificate.file)
                _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
            }
            #expect(failure.kind == .refused && !failure.isRetryable, "\(failure)")
            #expect(failure.message.contains("another name"), "\(failure)")
        }
        #expect(received.isEmpty)
    }

    @Test func `a refused recipient stops no other`() async throws {
        let server = LocalMailServer(recipients: [
            "gone@acme.example": "550 5.1.1 no such user", "busy@acme.example": "450 4.2.1 mailbox busy",
        ])
        let received = try await server.receive { port in
            let deliveries = try await MailFixture.client(port).send(
                MailFixture.mail(to: "gone@acme.example", "busy@acme.example", "ben@acme.example"))
            #expect(deliveries.map(\.recipient.local) == ["gone", "busy", "ben"])
            let failures = deliveries.map(\.failure)
            #expect(failures[0]?.kind == .refused && failures[0]?.isRetryable == false)
            #expect(failures[0]?.message.contains("550 5.1.1 no such user") == true)
            #expect(failures[1]?.isRetryable == true)
            #expect(failures[2] == nil)
        }
        #expect(received.map(\.to) == [["ben@acme.example"]])
    }

    @Test func `when all recipients are refused no mail is sent`() async throws {
        let server = LocalMailServer(recipients: ["gone@acme.example": "550 no"])
        let received = try await server.receive { port in
            let deliveries = try await MailFixture.client(port).send(
                MailFixture.mail(to: "gone@acme.example"))
            #expect(deliveries.count == 1 && deliveries.allSatisfy { $0.failure != nil })
        }
        #expect(received.isEmpty)
    }

    @Test(arguments: [("451 4.3.0 try later", true), ("550 5.7.1 looks like spam", false)])
    func `a mail that is not taken says whether to try again`(_ reply: String, _ isRetryable: Bool)
        async throws
    {
        _ = try await LocalMailServer(data: reply).receive { port in
            let deliveries = try await MailFixture.client(port).send(MailFixture.mail(to: "ben@acme.example"))
            let failure = try #require(deliveries.first?.failure)
            #expect(failure.isRetryable == isRetryable)
            #expect(failure.message.contains(reply), "\(failure)")
        }
    }

    @Test func `a mail that is too large is not sent at all`() async throws {
        let received = try await LocalMailServer(largest: 1000).receive { port in
            let failure = try await MailFixture.failure {
                _ = try await MailFixture.client(port).send(
                    MailFixture.mail(to: "ben@acme.example", text: String(repeating: "x", count: 2000)))
            }
            #expect(failure.kind == .refused && failure.message.contains("1000 at most"), "\(failure)")
        }
        #expect(received.isEmpty)
    }

    @Test(arguments: [true, false])
    func `an address beyond ASCII is sent where the server takes it`(_ takesIt: Bool) async throws {
        let received = try await LocalMailServer(utf8: takesIt).receive { port in
            let deliveries = try await MailFixture.client(port).send(
                MailFixture.mail(to: "zoë@acme.example", "ben@acme.example"))
            #expect(deliveries.map { $0.failure == nil } == [takesIt, true])
        }
        let got = try #require(received.first)
        #expect(got.to == (takesIt ? ["zoë@acme.example", "ben@acme.example"] : ["ben@acme.example"]))
        #expect(got.options.contains("SMTPUTF8") == takesIt)
    }

    @Test func `a text that would add headers or commands is only text`() async throws {
        var mail = try MailFixture.mail(
            to: "ben@acme.example", subject: "Hi\r\nBcc: eve@evil.example\r\n\r\nBody",
            text: "x\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n")
        mail.headers = [MailHeader("X-Surety-Incident", text: "i\nX-Evil: 1")]
        let received = try await LocalMailServer().receive { port in
            _ = try await MailFixture.client(port).send(mail)
        }
        let got = try #require(received.first)
        #expect(received.count == 1)
        #expect(got.to == ["ben@acme.example"])
        #expect(got.values("Bcc").isEmpty && got.values("X-Evil").isEmpty)
        #expect(got.values("Subject") == ["Hi Bcc: eve@evil.example Body"])
        #expect(got.text == "x\n.\nMAIL FROM:<eve@evil.example>\n")
    }
}
