import Engine
import Foundation
import SuretyCore

/// Slack by a bot token: what was said first is edited in place, and what changed is said below it.
struct SlackAPI {
    let token: Secret
    /// The channel's id.
    let room: String
    /// Another address than Slack's own.
    let api: Secret?
    let allowPrivate: Bool
    let sender: HTTPSender

    /// Sends words, and returns `channel/ts` of the message that later ones change.
    func send(
        _ words: SlackWords, event: IncidentBook.Event, after receipt: String?
    ) async throws(PortFailure) -> String {
        let parts = receipt?.split(separator: "/", maxSplits: 1).map(String.init) ?? []
        guard parts.count == 2, event != .opened else { return try await post(words, in: room, below: nil) }
        do throws(PortFailure) {
            _ = try await call("chat.update", words, [("channel", parts[0]), ("ts", parts[1])])
        } catch  where error.isGone {
            return try await post(words, in: room, below: nil)
        }
        if event != .updated && event != .acknowledged {
            _ = try await post(words.withoutBlocks, in: parts[0], below: parts[1])
        }
        return parts.joined(separator: "/")
    }

    private func post(_ words: SlackWords, in room: String, below ts: String?) async throws(PortFailure)
        -> String
    {
        let answer = try await call(
            "chat.postMessage", words, [("channel", room)] + (ts.map { [("thread_ts", $0)] } ?? []))
        return "\(answer.channel ?? room)/\(answer.ts ?? "")"
    }

    private struct Answer: Decodable {
        let ok: Bool
        let error: String?
        let channel: String?
        let ts: String?
    }

    private func call(
        _ method: String, _ words: SlackWords, _ fields: [(String, String)]
    ) async throws(PortFailure) -> Answer {
        let members =
            fields.map { "\"\($0.0)\":\(Self.json($0.1))" }
            + ["\"text\":\(Self.json(words.text))", "\"blocks\":\(words.blocks)", "\"unfurl_links\":false"]
        let base = api?.reveal() ?? "https://slack.com/api"
        let request = HTTPRefresh(
            method: "POST", url: Secret("\(base.hasSuffix("/") ? String(base.dropLast()) : base)/\(method)"),
            headers: [
                "authorization": Secret("Bearer \(token.reveal())", isSecret: true),
                "content-type": Secret("application/json; charset=utf-8"),
            ], body: Secret("{\(members.joined(separator: ","))}"), allowPrivate: allowPrivate)
        let text = try await sender.send(request, key: nil, noun: "alert").body
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)) else {
            throw PortFailure(.refused, "Slack's answer to \(method) is not one")
        }
        guard answer.ok else {
            let why = answer.error ?? "no reason"
            let passes = ["ratelimited", "internal_error", "service_unavailable", "request_timeout"].contains(
                why)
            throw PortFailure(
                passes ? .unreachable : .refused, "Slack refuses \(method): \(why)", isRetryable: passes)
        }
        return answer
    }

    /// A text as JSON.
    static func json(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}

extension SlackWords {
    /// Only the line of text.
    fileprivate var withoutBlocks: SlackWords { SlackWords(text: text, blocks: "[]") }
}

extension PortFailure {
    /// Whether Slack says that a message cannot be edited any more.
    fileprivate var isGone: Bool {
        ["message_not_found", "cant_update_message", "edit_window_closed"].contains { message.hasSuffix($0) }
    }
}
