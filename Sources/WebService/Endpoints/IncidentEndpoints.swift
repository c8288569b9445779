import Engine
import Hummingbird
import Presentation
import SuretyCore

/// What is wrong, and who has it in hand.
enum IncidentEndpoints {
    static let all: [Endpoint] = [
        .get("/api/v1/incidents", list), .get("/api/v1/incidents/:id", one),
        .post("/api/v1/incidents/:id/ack", acknowledge),
    ]

    /// Those that are open; with `all=1` also those that ended in the last 30 days.
    private static func list(_ call: Call) async throws -> Response {
        let all: Bool
        switch try call.query(["all"])["all"] {
        case nil, "0": all = false
        case "1": all = true
        case let text?: throw Problem.misuse("all=\(text) is neither 0 nor 1")
        }
        let incidents = try await IncidentDesk(call.front.surroundings).recent()
        return .document(IncidentText.json(incidents.filter { all || $0.status.isOpen }))
    }

    private static func one(_ call: Call) async throws -> Response {
        _ = try call.query()
        let id = IncidentID(rawValue: call.id)
        guard let incident = try await call.front.surroundings.state.incident(id) else {
            throw PortFailure(
                .refused, "there is no incident \(id)", hint: "/api/v1/incidents lists those that are open.")
        }
        return .document(.object(["incident": IncidentText.json(incident)]))
    }

    private static func acknowledge(_ call: Call) async throws -> Response {
        let fields = try await call.fields(["rating"])
        let rating = try fields.text("rating").map { text throws(Problem) in
            guard let rating = Incident.Rating(rawValue: text) else {
                throw Problem.misuse("`rating` is `\(text)`", hint: "Write `noise` or `acted`.")
            }
            return rating
        }
        let incident = try await IncidentDesk(try call.acting()).acknowledge(
            IncidentID(rawValue: call.id), rating: rating)
        return .document(.object(["ack": IncidentText.json(incident)]))
    }
}
