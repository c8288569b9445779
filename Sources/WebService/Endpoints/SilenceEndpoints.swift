import Engine
import Hummingbird
import Presentation
import SuretyCore

/// What nobody wants to hear of for a while.
enum SilenceEndpoints {
    static let all: [Endpoint] = [
        .get("/api/v1/silences", list), .post("/api/v1/silences", silence),
    ]

    private static func list(_ call: Call) async throws -> Response {
        _ = try call.query()
        return .document(SilenceDocument.json(try await SilenceDesk(call.front.surroundings).all()))
    }

    private static func silence(_ call: Call) async throws -> Response {
        let fields = try await call.fields(["target", "for", "reason"])
        let target = try fields.required("target", such: "revenue-by-8")
        let length = try fields.required("for", such: "2h")
        let reason = try fields.required("reason", such: "the source is being moved")
        guard let period = Period(length) else {
            throw Problem.misuse("`for` is `\(length)`", hint: "Write a length of time like 45m, 2h or 3d.")
        }
        let surroundings = try call.acting()
        let silence = try await SilenceDesk(surroundings).silence(
            target, for: period, reason: reason, by: surroundings.person)
        return .document(SilenceDocument.json(silence), .created)
    }
}
