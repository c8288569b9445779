import Engine
import NIOCore
import SuretyCore
import Testing

@testable import Outbound

/// Mails and clients as the tests of this folder need them.
enum MailFixture {
    /// A mail to some addresses.
    static func mail(
        to addresses: String..., subject: String = "Hello", text: String = "Hello.\n",
        html: String = "<p>Hello.</p>\n"
    ) throws -> Mail {
        Mail(
            from: try #require(MailAddress("Surety <surety@acme.example>")),
            to: try addresses.map { try #require(MailAddress($0)) }, subject: subject, text: text, html: html,
            messageID: "m1", date: Instant(milliseconds: 1_775_025_000_000))
    }

    /// A client of a server on a port, for which every name is loopback.
    static func client(
        _ port: Int, scheme: String = "smtp", host: String = "mail.example", tls: MailServer.TLS? = nil,
        trusting file: String? = nil, user: String? = nil, password: String? = nil,
        step: TimeAmount = .seconds(300), whole: TimeAmount = .seconds(900)
    ) throws -> SMTPClient {
        let server = MailServer(
            server: Secret("\(scheme)://\(host):\(port)", isSecret: false), from: "surety@acme.example",
            tls: tls, caFile: file, user: user.map { Secret($0, isSecret: false) },
            password: password.map { Secret($0) })
        return try SMTPClient(server, step: step, whole: whole) { _ in
            [NetworkAddress("127.0.0.1")].compactMap { $0 }
        }
    }

    /// The failure of a body; the test fails without one.
    static func failure(_ body: () async throws -> Void) async throws -> PortFailure {
        try #require(await #expect(throws: PortFailure.self) { try await body() })
    }
}
