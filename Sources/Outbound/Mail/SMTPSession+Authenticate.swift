import Engine

extension SMTPSession {
    /// Tells a user and a password, unless somebody on the way could read them.
    func authenticate(_ user: String, _ password: String) async throws(PortFailure) {
        guard isEncrypted || connection.address.isLoopback else {
            throw place.failure(
                .refused, "the password would be sent in the clear",
                hint: "Leave `tls` out or write `tls: required`, or leave out `user` and `password`.")
        }
        guard !user.utf8.contains(0), !password.utf8.contains(0) else {
            throw place.failure(.refused, "`user` or `password` holds a zero byte")
        }
        let reply: SMTPReply
        if offers.authentication.contains("PLAIN") {
            reply = try await ask("AUTH PLAIN \(SMTPSecret.plain(user, password))", as: "AUTH")
        } else if offers.authentication.contains("LOGIN") {
            reply = try await login(user, password)
        } else {
            throw place.failure(
                .permission, "it takes no password in a way that is known here (PLAIN, LOGIN)",
                hint: isEncrypted
                    ? "Leave out `user` and `password` if it needs none."
                    : "It may take one once encrypted: write `tls: required`.")
        }
        try accepted(reply)
        guard reply.isDone else { throw place.failure(.permission, "it wants more than a password") }
    }

    private func login(_ user: String, _ password: String) async throws(PortFailure) -> SMTPReply {
        var reply = try await ask("AUTH LOGIN", as: "AUTH")
        for word in [user, password] where reply.asksForMore {
            reply = try await ask(SMTPSecret.encoded(word), as: "AUTH")
        }
        return reply
    }

    private func accepted(_ reply: SMTPReply) throws(PortFailure) {
        guard !reply.isDone, !reply.asksForMore else { return }
        let said = place.failure(reply, to: "AUTH")
        guard !said.isRetryable else { throw said }
        throw PortFailure(.permission, said.message, hint: "Are `user` and `password` right?")
    }
}
