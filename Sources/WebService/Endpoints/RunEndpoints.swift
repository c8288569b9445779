import Engine
import Hummingbird
import Presentation
import SuretyCore

/// What ran and what runs.
enum RunEndpoints {
    /// The most runs in one answer.
    static let most = 1000

    static let all: [Endpoint] = [
        .get("/api/v1/runs", list), .get("/api/v1/runs/:id", one), .post("/api/v1/runs/:id/cancel", cancel),
    ]

    private static func list(_ call: Call) async throws -> Response {
        let query = try call.query(["limit", "target"])
        let target = try query["target"].map { name throws(Problem) in try call.finder.target(name).name }
        var limit = 20
        if let text = query["limit"] {
            guard let number = Int(text), (1...most).contains(number) else {
                throw Problem.misuse("limit=\(text) is no number from 1 to \(most)")
            }
            limit = number
        }
        let runs = try await call.front.surroundings.state.runs(of: target, limit: limit)
        return .document(HistoryDocument.json(runs))
    }

    private static func one(_ call: Call) async throws -> Response {
        _ = try call.query()
        if await isWaiting(call) {
            return .document(
                .object(["run": .object(["id": .string(call.id), "state": .string("pending")])]))
        }
        return .document(RunDocument.json(try await run(call)))
    }

    private static func cancel(_ call: Call) async throws -> Response {
        _ = try await call.fields()
        if await isWaiting(call), await call.front.cancel(RunID(rawValue: call.id)) {
            return .document(.object(["cancel": .object(["run": .string(call.id)])]), .accepted)
        }
        let run = try await run(call)
        guard await call.front.cancel(run.id) else {
            throw Problem(
                .conflict, "conflict",
                run.endedAt == nil ? "\(run.id) is not run by this service" : "\(run.id) has ended")
        }
        return .document(.object(["cancel": .object(["run": .string(run.id.rawValue)])]), .accepted)
    }

    /// Whether a run was promised and waits for its turn.
    private static func isWaiting(_ call: Call) async -> Bool {
        await call.front.health().waiting.contains(RunID(rawValue: call.id))
    }

    private static func run(_ call: Call) async throws -> RunRecord {
        guard let run = try await call.front.surroundings.state.run(RunID(rawValue: call.id)) else {
            throw PortFailure(
                .refused, "there is no run \(call.id)", hint: "/api/v1/runs lists the newest.")
        }
        return run
    }
}
