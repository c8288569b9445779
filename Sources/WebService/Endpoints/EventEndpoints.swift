import Engine
import Hummingbird

/// What happens, as it happens.
enum EventEndpoints {
    static let all: [Endpoint] = [.get("/api/v1/events", events)]

    /// Server-sent events, from now on or from after `Last-Event-ID`.
    private static func events(_ call: Call) async throws -> Response {
        _ = try call.query()
        // A browser sends back what it was sent; what is no number of ours is from another service.
        let seen = call.request.headers[.lastEventID].flatMap { Int64($0) }
        let stream = EventStream(front: call.front, seen: seen)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody { writer in try await stream.write(to: &writer) })
    }
}
