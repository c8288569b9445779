import Engine
import Hummingbird

/// What happens, as it happens.
enum EventEndpoints {
    static let all: [Endpoint] = [.get("/api/v1/events", events)]

    /// Seconds after which somebody who listens may have left.
    private static let patience = 30

    /// Server-sent events, from now on or from after `Last-Event-ID`; 503 while as many listen as may.
    private static func events(_ call: Call) async throws -> Response {
        _ = try call.query()
        guard let seat = call.house.listeners.take() else { throw full }
        // A browser sends back what it was sent; what is no number of ours is from another service.
        let seen = call.request.headers[.lastEventID].flatMap { Int64($0) }
        let stream = EventStream(front: call.front, seen: seen, seat: seat)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody { writer in try await stream.write(to: &writer) })
    }

    private static var full: Problem {
        var problem = Problem(
            .serviceUnavailable, "exhausted", "\(EventStream.listeners) listen to events already",
            hint: "Ask again later, or let one of them tell the others.")
        problem.headers[.retryAfter] = String(patience)
        // A connection that is kept open would take the place of somebody else's.
        problem.headers[.connection] = "close"
        return problem
    }
}
