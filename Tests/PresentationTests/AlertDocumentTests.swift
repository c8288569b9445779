import Foundation
import Presentation
import SuretyCore
import SuretyTestKit
import Testing

@Suite struct AlertDocumentTests {
    private let now = Make.instant("2026-11-20T06:12:02Z")

    private func message(affecting slices: [String], hold: AlertMessage.Hold? = nil) -> AlertMessage {
        var cause = Cause(.stepFailed, asset: Make.name("raw.billing"), interval: "2026-11-19", message: "no")
        cause.message = String(repeating: "41 rows. ", count: 200)
        let trouble = Trouble(
            cause: cause, intervals: ["2026-11-18", "2026-11-19"], affects: slices, promises: ["p"],
            consumers: [], severity: .high)
        let incident = Incident(id: "inc_1", trouble: trouble, at: now)
        var alert = Alert(event: .opened, at: now, incident: incident, headline: "p is blocked")
        alert.promises = [
            Alert.PromiseAtStake(
                id: "p", sentence: "By eight.", tier: .one, deadline: now.adding(seconds: 7200), zone: .utc)
        ]
        (alert.attempts, alert.mostAttempts, alert.grain) = (2, 4, "day")
        alert.certifiedThrough = "2026-11-17"
        alert.lastResolvedBy = "ben"
        let due = hold == nil ? now : now.adding(seconds: 3600)
        var message = AlertMessage(
            alert, to: AlertRecipient(channel: "hook", person: nil), dueAt: due, hold: hold)
        if message.isLate { message.asOf = due }
        return message
    }

    private func members(_ line: String, _ name: String) throws -> [String: Any] {
        let whole = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let data = try #require(whole?["data"] as? [String: Any])
        return try #require(data[name] as? [String: Any])
    }

    @Test func `it says what is affected, how often it was tried, and who mended it last`() throws {
        let line = AlertDocument.line(message(affecting: ["raw.billing 2026-11-19"]), within: 20_000)
        let affected = try members(line, "affected")
        #expect(affected["grain"] as? String == "day")
        #expect(affected["serving_certified_through"] as? String == "2026-11-17")
        #expect(affected["assets"] as? [String] == ["raw.billing 2026-11-19"])
        #expect(affected["more_assets"] == nil)
        let cause = try members(line, "cause")
        #expect(cause["attempt"] as? Int == 2)
        #expect(cause["max_attempts"] as? Int == 4)
        #expect(try members(line, "history")["last_resolved_by"] as? String == "ben")
        #expect(try members(line, "incident")["url"] is NSNull)
    }

    @Test func `what a receiver would not take is shortened and says how much is left out`() throws {
        let slices = (0..<3000).map { "mart.table_\($0) 2026-11-19" }
        let message = message(affecting: slices)
        let line = AlertDocument.line(message, within: 20_000)
        #expect(line.utf8.count < 20_000)
        let affected = try members(line, "affected")
        #expect((affected["assets"] as? [String])?.count == 5)
        #expect(affected["more_assets"] as? Int == 2995)
        #expect(affected["from"] as? String == "2026-11-18")
        #expect(affected["to"] as? String == "2026-11-19")
        #expect((try members(line, "cause")["message"] as? String)?.count == 1000)
        #expect(AlertDocument.json(message).line.utf8.count > 60_000)
    }

    @Test func `what was held tells the time that is left when it goes out`() throws {
        let at = try members(
            AlertDocument.line(message(affecting: []), within: 20_000), "promise")["seconds_to_deadline"]
        let held = try members(
            AlertDocument.line(message(affecting: [], hold: .quietHours), within: 20_000), "promise")
        #expect(at as? Int == 7200)
        #expect(held["seconds_to_deadline"] as? Int == 3600)
        #expect(
            AlertText.line(message(affecting: [], hold: .silenced)).hasSuffix(", 1 h 00 min left)"),
            "\(AlertText.line(message(affecting: [], hold: .silenced)))")
    }

    @Test func `a receiver takes the document however long the texts are`() throws {
        var message = message(affecting: ["raw.billing 2026-11-19"])
        var alert = message.alert
        alert.incident.cause.check = String(repeating: "a in [1, 2] ü ", count: 4000)
        alert.promises = alert.promises.map { promise in
            var promise = promise
            promise.sentence = String(repeating: "All of it. ", count: 3000)
            return promise
        }
        message = AlertMessage(alert, to: message.recipient, dueAt: now)
        let line = AlertDocument.line(message, within: 20_000)
        #expect(line.utf8.count <= 20_000)
        #expect((try members(line, "cause")["check"] as? String)?.hasPrefix("a in [1, 2]") == true)
    }

    @Test func `many affected intervals are told as the first, the last and how many`() {
        let days = (10...19).map { "mart.a 2026-11-\($0)" }
        let text = AlertText.text(message(affecting: days + ["mart.b 2026-11-19", "mart.c"]))
        #expect(
            text.contains("mart.a 2026-11-10 … 2026-11-19 (10), mart.b 2026-11-19, mart.c\n"), "\(text)")
        let many = AlertText.text(message(affecting: (10..<40).map { "mart.t\($0) 2026-11-19" }))
        #expect(many.contains("mart.t21 2026-11-19, and 18 more assets"), "\(many)")
    }
}
