import Engine
import SuretyCore

/// A conversation with a mail server, from its greeting to the last word.
struct SMTPSession: Sendable {
    let connection: SMTPConnection
    let place: MailPlace
    let server: MailServer
    /// What the server can do, as it said last.
    private(set) var offers = SMTPOffers.none
    /// Whether nobody on the way can read what is said.
    private(set) var isEncrypted = false

    /// Begins a conversation on a connection.
    init(connection: SMTPConnection, place: MailPlace, server: MailServer) {
        self.connection = connection
        self.place = place
        self.server = server
    }

    /// Waits for the greeting, encrypts as declared, and says who is there.
    mutating func begin() async throws(PortFailure) {
        isEncrypted = place.isEncryptedAtOnce
        let greeting = try await heard(
            "greeting",
            hint: isEncrypted ? "" : "Write `smtps://` if it encrypts from the first byte."
        ) { try await $0.greeting() }
        guard greeting.isDone else { throw place.failure(greeting, to: "the connection") }
        try await introduce()
        try await encrypt()
        if let user = server.user, let password = server.password {
            try await authenticate(user.reveal(), password.reveal())
        }
    }

    /// Sends a command and returns the reply to it; 421 ends all and is thrown.
    func ask(_ command: String, as name: String? = nil) async throws(PortFailure) -> SMTPReply {
        let name = name ?? command
        let reply = try await heard("answer to \(name)") { try await $0.ask(command) }
        guard !reply.isClosing else { throw place.failure(reply, to: name) }
        return reply
    }

    /// A reply, or why there is none.
    func heard(
        _ what: String, hint: String = "",
        _ body: (SMTPConnection) async throws -> SMTPReply
    ) async throws(PortFailure) -> SMTPReply {
        do {
            return try await body(connection)
        } catch {
            throw place.failure(error, doing: what, hint: hint)
        }
    }

    private mutating func introduce() async throws(PortFailure) {
        offers = .none
        let reply = try await ask("EHLO \(connection.ownName)", as: "EHLO")
        if reply.isDone {
            offers = SMTPOffers(reply)
            return
        }
        guard !reply.isTransient else { throw place.failure(reply, to: "EHLO") }
        let old = try await ask("HELO \(connection.ownName)", as: "HELO")
        guard old.isDone else { throw place.failure(old, to: "HELO") }
    }

    /// Encrypts where it is declared; by default everywhere but on loopback.
    private mutating func encrypt() async throws(PortFailure) {
        let wanted = server.tls ?? (connection.address.isLoopback ? .off : .required)
        guard !isEncrypted, wanted != .off else { return }
        guard offers.startTLS else {
            if wanted == .opportunistic { return }
            throw place.failure(
                .refused, "it does not offer to encrypt (STARTTLS)",
                hint:
                    "Write `smtps://` if it encrypts from the first byte, or `tls: off` if nobody else is on the way."
            )
        }
        let reply = try await ask("STARTTLS")
        guard reply.isDone else {
            if wanted == .opportunistic { return }
            throw place.failure(reply, to: "STARTTLS")
        }
        let encryption = try await place.encryption(of: server)
        do {
            try await connection.encrypt(encryption)
        } catch {
            throw place.failure(error, doing: "encryption")
        }
        isEncrypted = true
        // What was said in the clear does not count.
        try await introduce()
    }
}
