import Engine
import NIOCore
import SuretyCore
import Testing

@testable import Outbound

@Suite(.timeLimit(.minutes(10))) struct `mail servers in trouble` {
    private typealias Act = ScriptedMailServer.Act

    private func failure(
        _ script: [String: ScriptedMailServer.Act], tls: MailServer.TLS? = nil, user: String? = nil,
        step: TimeAmount = .seconds(300)
    ) async throws -> PortFailure {
        let server = try await ScriptedMailServer(script)
        let failure = try await MailFixture.failure {
            let client = try MailFixture.client(
                server.port, tls: tls, user: user, password: user.map { _ in "hush" }, step: step)
            _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(failure.message.contains("smtp://mail.example:\(server.port)"), "\(failure)")
        #expect(!failure.description.contains("hush"))
        try await server.stop()
        return failure
    }

    @Test(arguments: ["", "EHLO", "MAIL", "RCPT", "DATA", "."])
    func `one that says nothing is not waited for without end`(_ word: String) async throws {
        let failure = try await failure([word: .hang], step: .milliseconds(200))
        #expect(failure.kind == .timeout && failure.isRetryable, "\(failure)")
        #expect(failure.message.contains("within 0.2 s"), "\(failure)")
    }

    @Test func `all of it is bounded too`() async throws {
        let server = try await ScriptedMailServer(["RCPT": .hang])
        let failure = try await MailFixture.failure {
            _ = try await MailFixture.client(server.port, whole: .milliseconds(200)).send(
                MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(failure.kind == .timeout && failure.isRetryable, "\(failure)")
        #expect(failure.message.contains("within 0.2 s for all of it"), "\(failure)")
        try await server.stop()
    }

    @Test(arguments: ["", "EHLO", "MAIL", "RCPT", "DATA", "."])
    func `one that hangs up may be there again later`(_ word: String) async throws {
        let failure = try await failure([word: .close])
        #expect(failure.kind == .unreachable && failure.isRetryable, "\(failure)")
    }

    @Test(arguments: ["", "EHLO", "MAIL", "RCPT", "DATA", "."])
    func `one that is shutting down says so at any word`(_ word: String) async throws {
        let failure = try await failure([word: .leave("421 4.3.2 shutting down")])
        #expect(failure.kind == .unreachable && failure.isRetryable, "\(failure)")
        #expect(failure.message.contains("421 4.3.2 shutting down"), "\(failure)")
    }

    @Test(arguments: ["", "EHLO", "MAIL"])
    func `one that refuses is not asked again`(_ word: String) async throws {
        let failure = try await failure([word: .say("554 5.7.1 not you"), "HELO": .say("554 5.7.1 not you")])
        #expect(failure.kind == .refused && !failure.isRetryable, "\(failure)")
        #expect(failure.message.contains("554 5.7.1 not you"), "\(failure)")
    }

    @Test(arguments: [
        String(repeating: "x", count: 100_000), "HTTP/1.1 400 Bad Request", "250", "99 bottles",
        String(repeating: "250-again\r\n", count: 200), "250-one\r\n251 other", "250 a\r\n250 b\r\n",
    ])
    func `one that talks nonsense harms nobody`(_ answer: String) async throws {
        let server = try await ScriptedMailServer(["EHLO": .say(answer), "MAIL": .say("550 no")])
        let failure = try await MailFixture.failure {
            _ = try await MailFixture.client(server.port).send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(failure.kind == .refused && !failure.isRetryable, "\(failure.kind)")
        #expect(failure.message.count < 500)
        try await server.stop()
    }

    @Test func `when one address does not answer the next is tried`() async throws {
        let server = try await ScriptedMailServer()
        let settings = MailServer(
            server: Secret("smtp://mail.example:\(server.port)"), from: "surety@acme.example")
        let client = try SMTPClient(settings, step: .seconds(300), whole: .seconds(900)) { _ in
            ["::1", "127.0.0.1"].compactMap { NetworkAddress($0) }
        }
        let deliveries = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        #expect(deliveries.map { $0.failure == nil } == [true])
        try await server.stop()
    }

    @Test func `one that is not there, or has no address, may be there later`() async throws {
        // Nothing listens on port 1; the port of a stopped server may be another test's by now.
        let refused = try await MailFixture.failure {
            _ = try await MailFixture.client(1).send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(refused.kind == .unreachable && refused.isRetryable, "\(refused)")
        struct Unresolved: Error {}
        let settings = MailServer(server: Secret("smtp://mail.example"), from: "surety@acme.example")
        let unknown = try await MailFixture.failure {
            let client = try SMTPClient(settings) { _ in throw Unresolved() }
            _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(unknown.message.contains("could not be resolved") && unknown.isRetryable)
        #expect(!unknown.message.contains("mail.example"), "the address came from the environment")
    }

    @Test func `who waits for one can be cancelled`() async throws {
        let server = try await ScriptedMailServer(["EHLO": .hang])
        let client = try MailFixture.client(server.port)
        let mail = try MailFixture.mail(to: "ben@acme.example")
        let sending = Task { _ = try await client.send(mail) }
        while server.lines.isEmpty { await Task.yield() }
        sending.cancel()
        let failure = try await MailFixture.failure { try await sending.value }
        #expect(failure.kind == .cancelled && !failure.isRetryable)
        try await server.stop()
    }

    @Test func `certificates that cannot be read are told before anything is said`() async throws {
        let failure = try await MailFixture.failure {
            let client = try MailFixture.client(1, scheme: "smtps", trusting: "/nonexistent/ca.pem")
            _ = try await client.send(MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(failure.kind == .refused && failure.message.contains("ca_file"), "\(failure)")
    }

    @Test func `one that encrypts otherwise than declared is told so`() async throws {
        let server = try await ScriptedMailServer()
        let failure = try await MailFixture.failure {
            _ = try await MailFixture.client(server.port, scheme: "smtps").send(
                MailFixture.mail(to: "ben@acme.example"))
        }
        #expect(failure.kind == .refused && failure.hint.contains("smtp://"), "\(failure)")
        try await server.stop()
    }

    @Test func `an old one is greeted the old way`() async throws {
        let server = try await ScriptedMailServer(["EHLO": .say("502 what?")])
        let deliveries = try await MailFixture.client(server.port).send(
            MailFixture.mail(to: "ben@acme.example"))
        #expect(deliveries.allSatisfy { $0.failure == nil })
        let words = server.lines.map { $0.split(separator: " ").first.map(String.init) ?? "" }
        #expect(words.prefix(6) == ["EHLO", "HELO", "MAIL", "RCPT", "DATA", "Date:"])
        #expect(server.lines.contains("MAIL FROM:<surety@acme.example>"))
        #expect(words.suffix(2) == [".", "QUIT"])
        try await server.stop()
    }

    @Test func `a goodbye that is not answered takes nothing back`() async throws {
        let server = try await ScriptedMailServer(["QUIT": .close])
        let deliveries = try await MailFixture.client(server.port).send(
            MailFixture.mail(to: "ben@acme.example"))
        #expect(deliveries.map { $0.failure == nil } == [true])
        try await server.stop()
    }

    @Test func `encryption that is required and not offered ends it, and nothing is sent`() async throws {
        let failure = try await failure([:], tls: .required)
        #expect(failure.kind == .refused && failure.message.contains("STARTTLS"), "\(failure)")
        #expect(failure.hint.contains("tls: off"))
    }

    @Test(arguments: [MailServer.TLS.opportunistic, .off])
    func `encryption that is not required is left out where it is not offered`(_ tls: MailServer.TLS)
        async throws
    {
        let server = try await ScriptedMailServer()
        let deliveries = try await MailFixture.client(server.port, tls: tls).send(
            MailFixture.mail(to: "ben@acme.example"))
        #expect(deliveries.allSatisfy { $0.failure == nil })
        try await server.stop()
    }

    @Test func `an answer in the clear in place of encryption is not believed`() async throws {
        let failure = try await failure(
            [
                "EHLO": .say("250-mail.example\r\n250 STARTTLS"),
                "STARTTLS": .say("220 go\r\n250-mail.example\r\n250 AUTH PLAIN"),
            ], tls: .required, user: "ana")
        #expect(failure.kind == .refused && !failure.isRetryable, "\(failure)")
    }

    @Test func `what a server quotes of a password is not told`() async throws {
        let failure = try await failure(
            [
                "EHLO": .say("250-mail.example\r\n250 AUTH PLAIN LOGIN"),
                "AUTH": .say("535 no: \(SMTPSecret.plain("ana", "hush")) \(SMTPSecret.encoded("hush")) hush"),
            ], user: "ana")
        #expect(failure.kind == .permission)
        #expect(failure.message.contains("535 no: *** *** ***"), "\(failure)")
    }

    @Test(arguments: [
        ("smtp://u:p@mail.example", nil as MailServer.TLS?), ("http://mail.example", nil), ("smtp://", nil),
        ("smtp://mail.example/x", nil), ("smtp://mail.example:0", nil), ("smtps://mail.example", .off),
        ("smtp://mail.example:99999", nil),
    ])
    func `an address that is no server's is refused`(_ server: String, _ tls: MailServer.TLS?) {
        let failure = #expect(throws: PortFailure.self) {
            _ = try SMTPClient(
                MailServer(server: Secret(server, isSecret: false), from: "a@b.example", tls: tls))
        }
        #expect(failure?.kind == .refused && failure?.isRetryable == false)
    }

    @Test func `a user and a password go together, and both are set`() {
        let hush = Secret("hush")
        for server in [
            MailServer(server: Secret("smtp://a.example"), from: "a@b.example", user: hush),
            MailServer(server: Secret("smtp://a.example"), from: "a@b.example", password: hush),
            MailServer(server: Secret("", unset: ["SMTP"]), from: "a@b.example"),
            MailServer(
                server: Secret("smtp://a.example"), from: "a@b.example", user: hush,
                password: Secret("", unset: ["PASS"])),
        ] {
            let failure = #expect(throws: PortFailure.self) { _ = try SMTPClient(server) }
            #expect(failure?.kind == .refused)
        }
    }

    @Test(arguments: [
        ("smtp://mail.example", 25), ("smtps://mail.example", 465), ("smtp://mail.example:587", 587),
        ("smtp://[::1]:2525", 2525),
    ])
    func `the port is the scheme's unless one is written`(_ server: String, _ port: Int) throws {
        let place = try MailPlace(MailServer(server: Secret(server, isSecret: false), from: "a@b.example"))
        #expect(place.port == port)
        let spelled = server.hasSuffix(":\(port)") ? server : "\(server):\(port)"
        #expect(place.shown == spelled)
    }
}
