import Engine
import Hummingbird
import Presentation
import SuretyCore

/// What people decide, and what they look at.
enum PeopleEndpoints {
    /// The most views that are told at once.
    static let mostViews: Int64 = 1_000_000
    /// How far ahead of ours another clock may be, in milliseconds.
    static let skew: Int64 = 60_000

    static let all: [Endpoint] = [
        .post("/api/v1/approvals/:id", approve), .post("/api/v1/promises/:id/waivers", waive),
        .post("/api/v1/consumers/:id/views", view),
    ]

    private static func approve(_ call: Call) async throws -> Response {
        let fields = try await call.fields(["approve", "reason"])
        guard let approved = try fields.flag("approve") else {
            throw Problem.misuse("`approve` is missing", hint: "Write `\"approve\": true` or `false`.")
        }
        let request = try await People(try call.acting()).answer(
            call.id, approved: approved, reason: try fields.text("reason"))
        return .document(
            .object([
                (approved ? "approve" : "reject"): .object([
                    "id": .string(request.id), "asset": .string(request.asset.description),
                    "interval": .optional(request.interval),
                    "answer": .string(approved ? "approved" : "rejected"),
                ])
            ]))
    }

    private static func waive(_ call: Call) async throws -> Response {
        let promise = try call.finder.promise(call.id)
        let fields = try await call.fields(["for", "reason"])
        let intervals = try fields.required("for", such: "2026-11-19")
        let reason = try fields.required("reason", such: "a holiday that no calendar knows")
        let slices = try call.finder.slices(intervals, of: promise.needs) ?? [:]
        let waived = try await People(try call.acting()).waive(promise, slices: slices, reason: reason)
        return .document(
            .object([
                "waive": .object([
                    "promise": .string(promise.id.rawValue), "intervals": .strings(waived.intervals),
                    "too_late": .strings(waived.tooLate),
                ])
            ]))
    }

    /// A consumer was looked at, once or so often, now or at an instant that has passed.
    private static func view(_ call: Call) async throws -> Response {
        let consumer = try call.finder.consumer(call.id)
        let fields = try await call.fields(["at", "count"])
        let surroundings = call.front.surroundings
        let now = surroundings.clock.now()
        var at = now
        if let text = try fields.text("at") {
            guard let instant = Instant(rfc3339: text) else {
                throw Problem.misuse("`at` is `\(text)`", hint: "Write it like 2026-11-20T08:00:00Z.")
            }
            guard instant.milliseconds(since: now) <= skew else {
                throw Problem.misuse("`at` is \(instant), which is still to come")
            }
            at = min(instant, now)
        }
        let count = try fields.number("count") ?? 1
        guard (1...mostViews).contains(count) else {
            throw Problem.misuse("`count` is \(count)", hint: "Write a number from 1 to \(mostViews).")
        }
        try await surroundings.state.record(
            [.consumerViewed(consumer.id, at: at, count: Int(count))], at: now)
        return .document(
            .object([
                "view": .object([
                    "consumer": .string(consumer.id.rawValue), "at": .string(at.description),
                    "count": .integer(count),
                ])
            ]), .created)
    }
}
