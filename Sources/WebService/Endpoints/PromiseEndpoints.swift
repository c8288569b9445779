import Engine
import Hummingbird
import Presentation
import SuretyCore

/// How promises stand, their weeks, and runs of them.
enum PromiseEndpoints {
    static let all: [Endpoint] = [
        .get("/api/v1/promises", list), .get("/api/v1/promises/:id", one),
        .post("/api/v1/promises/:id/runs", run), .get("/api/v1/reports/:id", report),
    ]

    private static func list(_ call: Call) async throws -> Response {
        _ = try call.query()
        return .document(StatusDocument.json(try await Board(call.front.surroundings).promises()))
    }

    private static func one(_ call: Call) async throws -> Response {
        _ = try call.query()
        let promise = try call.finder.promise(call.id)
        return .document(StatusDocument.json([try await Board(call.front.surroundings).promise(promise)]))
    }

    private static func run(_ call: Call) async throws -> Response {
        let promise = try call.finder.promise(call.id)
        let fields = try await call.fields(["for", "again"])
        var request = RunRequest(promise.id.rawValue, intervals: try fields.text("for"))
        request.again = try fields.flag("again") ?? false
        _ = try call.finder.slices(request.intervals, of: promise.needs)
        return .begun(try await call.front.begin(request))
    }

    private static func report(_ call: Call) async throws -> Response {
        _ = try call.query()
        guard case .week = IntervalLabel(call.id) else {
            throw Problem.misuse("`\(call.id)` is no week", hint: "Write it like 2026-W47.")
        }
        let text = try await call.house.report(call.id)
        return Response(
            status: .ok, headers: Response.documentHeaders,
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}

extension Response {
    /// A run that was taken on.
    static func begun(_ run: RunID) -> Response {
        .document(
            .object(["run": .object(["id": .string(run.rawValue)])]), .accepted,
            location: "/api/v1/runs/\(run)")
    }
}
