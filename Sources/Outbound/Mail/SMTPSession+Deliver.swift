import Engine

extension SMTPSession {
    /// Hands a mail over and returns what became of it for each recipient; one that is refused stops no other.
    func deliver(_ mail: Mail) async throws(PortFailure) -> [SMTPClient.Delivery] {
        let refused = mail.to.filter { $0.isInternational && !offers.smtpUTF8 }
        var speakable = mail
        speakable.to.removeAll(where: refused.contains)
        let taken = speakable.to.isEmpty ? [:] : try await hand(over: speakable)
        return mail.to.map { recipient in
            guard refused.contains(recipient) else {
                return SMTPClient.Delivery(recipient: recipient, failure: taken[recipient])
            }
            return SMTPClient.Delivery(recipient: recipient, failure: unspeakable(recipient))
        }
    }

    /// Why each recipient who was refused was.
    private func hand(over mail: Mail) async throws(PortFailure) -> [MailAddress: PortFailure] {
        let data = mail.composed
        if let largest = offers.largest, data.utf8.count > largest {
            throw place.failure(
                .refused, "the mail has \(data.utf8.count) bytes and it takes \(largest) at most")
        }
        try await name(mail, size: data.utf8.count)
        var failures: [MailAddress: PortFailure] = [:]
        for recipient in mail.to {
            let reply = try await ask("RCPT TO:\(recipient)")
            if !reply.isDone {
                failures[recipient] = place.failure(
                    reply, to: "RCPT TO:\(recipient)", hint: "Is the address right?")
            }
        }
        guard failures.count < Set(mail.to).count else { return failures }
        let reply = try await send(data)
        guard !reply.isDone else { return failures }
        for recipient in mail.to where failures[recipient] == nil {
            failures[recipient] = place.failure(reply, to: "the mail")
        }
        return failures
    }

    private func name(_ mail: Mail, size: Int) async throws(PortFailure) {
        guard offers.smtpUTF8 || !mail.from.isInternational else { throw unspeakable(mail.from) }
        let needsUTF8 = ([mail.from] + mail.to).contains(where: \.isInternational)
        let command =
            "MAIL FROM:\(mail.from)" + (offers.size ? " SIZE=\(size)" : "") + (needsUTF8 ? " SMTPUTF8" : "")
        let reply = try await ask(command, as: "MAIL FROM:\(mail.from)")
        guard reply.isDone else {
            throw place.failure(
                reply, to: "MAIL FROM:\(mail.from)", hint: "May mail be sent from that address there?")
        }
    }

    private func send(_ data: String) async throws(PortFailure) -> SMTPReply {
        let ready = try await ask("DATA")
        guard ready.asksForMore else {
            guard !ready.isDone else { throw place.failure(.refused, "it answered \(ready.code) to DATA") }
            return ready
        }
        let reply = try await heard("answer to the mail") { try await $0.send(data) }
        guard !reply.isClosing else { throw place.failure(reply, to: "the mail") }
        return reply
    }

    private func unspeakable(_ address: MailAddress) -> PortFailure {
        place.failure(
            .refused, "it does not take addresses beyond ASCII (SMTPUTF8): \(address)",
            hint: "Declare an address in ASCII.")
    }
}
