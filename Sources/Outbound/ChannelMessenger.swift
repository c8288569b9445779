public import Engine
import Foundation
import NIOCore
public import SuretyCore

/// Sends alerts over the channels that a project declares.
public struct ChannelMessenger: Messenger {
    private let folder: String
    private let writer: any AlertWriter
    private let sender: HTTPSender

    /// A messenger of a project in a folder, whose words a writer finds.
    public init(folder: String, clock: any WallClock, writer: any AlertWriter) {
        self.init(folder: folder, writer: writer, sender: HTTPSender(clock: clock, timeout: .seconds(15)))
    }

    /// A messenger with its own way to send.
    init(folder: String, writer: any AlertWriter, sender: HTTPSender) {
        self.folder = folder
        self.writer = writer
        self.sender = sender
    }

    /// The time of this try by the real clock, which receivers compare with theirs.
    private var sentAt: Instant {
        sender.clock.now().adding(milliseconds: -(sender.clock.simulatedOffset ?? 0))
    }

    /// Sends a message and returns what the channel calls it.
    public func send(
        _ message: AlertMessage, over channel: AlertChannel, to person: Owner?, after earlier: MessageMemory?
    ) async throws(PortFailure) -> String? {
        switch channel.kind {
        case .file(let path):
            try AlertFile(path: path, in: folder).append(writer.document(message))
            return nil
        case .webhook(let url, let secret):
            let signed = try SignedWebhook(
                id: message.id, sentAt: sentAt, body: writer.body(message), secret: secret)
            _ = try await sender.send(
                HTTPRefresh(
                    method: "POST", url: url, headers: signed.headers, body: Secret(signed.body),
                    allowPrivate: channel.allowPrivate), key: nil, noun: "alert")
            return nil
        case .slackWebhook(let url):
            let words = writer.slack(message)
            let body = #"{"text":\#(SlackAPI.json(words.text)),"blocks":\#(words.blocks)}"#
            _ = try await sender.send(
                HTTPRefresh(
                    method: "POST", url: url, body: Secret(body), allowPrivate: channel.allowPrivate),
                key: nil,
                noun: "alert")
            return nil
        case .slackBot(let token, let room, let api):
            let slack = SlackAPI(
                token: token, room: room, api: api, allowPrivate: channel.allowPrivate, sender: sender)
            return try await slack.send(
                writer.slack(message), event: message.alert.event, after: earlier?.receipt)
        case .email(let server): return try await mail(message, through: server, to: person)
        }
    }

    /// Sends a message to a person's mail address and returns the mail's id.
    private func mail(
        _ message: AlertMessage, through server: MailServer, to person: Owner?
    ) async throws(PortFailure) -> String {
        let (from, to) = try addresses(server, message.channel, person)
        return try await post(
            Mail(message, writer.mail(message), from: from, to: to, at: sentAt), through: server)
    }

    private func addresses(
        _ server: MailServer, _ channel: ChannelID, _ person: Owner?
    ) throws(PortFailure) -> (from: MailAddress, to: MailAddress) {
        guard let person else {
            throw PortFailure(
                .refused, "the mail over \(channel) has nobody to go to",
                hint: "Route to an owner, `owner` or `deputy`, and list `\(channel)` under that owner's `to`."
            )
        }
        guard let email = person.email else {
            throw PortFailure(
                .refused, "the owner \(person.id) has no mail address for \(channel)",
                hint: "Declare `email` for \(person.id).")
        }
        guard let to = MailAddress(email, name: person.name) else {
            throw PortFailure(
                .refused, "the `email` of the owner \(person.id) is no address that mail can go to")
        }
        guard let from = MailAddress(server.from) else {
            throw PortFailure(.refused, "the `from` of the channel \(channel) is no mail address")
        }
        return (from, to)
    }

    private func post(_ mail: Mail, through server: MailServer) async throws(PortFailure) -> String {
        var server = server
        server.caFile = server.caFile.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" }
        let client = try SMTPClient(
            server, step: sender.timeout, whole: sender.timeout + sender.timeout, resolve: sender.resolve)
        if let failure = try await client.send(mail).lazy.compactMap(\.failure).first { throw failure }
        return mail.identifier(mail.messageID)
    }

    /// Sends the report of a week: whole by mail, as its document to files and webhooks, as one line to Slack.
    public func send(
        _ report: WeeklyReport, id: String, over channel: AlertChannel, to person: Owner?
    ) async throws(PortFailure) {
        let letter = writer.letter(report, id: id)
        switch channel.kind {
        case .file(let path): try AlertFile(path: path, in: folder).append(letter.document)
        case .webhook(let url, let secret):
            let signed = try SignedWebhook(id: id, sentAt: sentAt, body: letter.document, secret: secret)
            _ = try await sender.send(
                HTTPRefresh(
                    method: "POST", url: url, headers: signed.headers, body: Secret(signed.body),
                    allowPrivate: channel.allowPrivate), key: nil, noun: "report")
        case .slackWebhook(let url):
            _ = try await sender.send(
                HTTPRefresh(
                    method: "POST", url: url, body: Secret(#"{"text":\#(SlackAPI.json(letter.line))}"#),
                    allowPrivate: channel.allowPrivate), key: nil, noun: "report")
        case .slackBot(let token, let room, let api):
            let slack = SlackAPI(
                token: token, room: room, api: api, allowPrivate: channel.allowPrivate, sender: sender)
            _ = try await slack.send(
                SlackWords(text: letter.line, blocks: "[]"), event: .opened, after: nil)
        case .email(let server):
            let (from, to) = try addresses(server, channel.id, person)
            let mail = Mail(
                from: from, to: [to], subject: letter.subject, text: letter.text, html: letter.html,
                messageID: id, date: sentAt, thread: nil,
                headers: [MailHeader("List-ID", text: "Surety reports <reports.surety>")])
            _ = try await post(mail, through: server)
        }
    }
}
