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
                id: message.id, sentAt: sentAt, body: writer.document(message), secret: secret)
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
        case .email:
            throw PortFailure(
                .refused, "mail is not in this version, so nothing was sent over \(channel.id)",
                hint: "Route alerts to a file, a webhook or Slack.")
        }
    }
}
