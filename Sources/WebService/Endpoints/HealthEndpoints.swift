import Engine
import Hummingbird
import Presentation
import SuretyCore

/// How the service is: alive, ready, in numbers; and an end to what it begins.
enum HealthEndpoints {
    /// The longest that a living service looks at nothing, in milliseconds.
    static let longestPause: Int64 = 90_000

    static let all: [Endpoint] = [
        .get("/healthz", alive), .get("/readyz", ready), .get("/metrics", metrics),
        .post("/api/v1/drain", drain),
    ]

    /// 503 when it has not looked at deadlines for too long: then it should be started anew.
    private static func alive(_ call: Call) async throws -> Response {
        let health = await call.front.health()
        let seen = health.tickedAt ?? health.startedAt
        let pause = call.front.surroundings.clock.now().milliseconds(since: seen)
        return .document(document(health), pause > longestPause ? .serviceUnavailable : .ok)
    }

    /// 503 when it takes no work.
    private static func ready(_ call: Call) async throws -> Response {
        let health = await call.front.health()
        let isReady = health.isReady && !health.isDraining
        return .document(document(health), isReady ? .ok : .serviceUnavailable)
    }

    private static func metrics(_ call: Call) async throws -> Response {
        let text = MetricsText.text(await MetricsReader(call.house).snapshot())
        var headers = Response.documentHeaders
        headers[.contentType] = MetricsText.mediaType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func drain(_ call: Call) async throws -> Response {
        _ = try await call.fields()
        await call.front.drain()
        return .document(document(await call.front.health()), .accepted)
    }

    private static func document(_ health: ServiceHealth) -> JSONValue {
        .object([
            "health": .object([
                "started_at": .string(health.startedAt.description),
                "ticked_at": .optional(health.tickedAt?.description),
                "ready": .bool(health.isReady),
                "draining": .bool(health.isDraining),
                "problem": .optional(health.problem),
                "runs": .strings(health.runs.map(\.rawValue)),
                "backlog": .integer(Int64(health.backlog)),
            ])
        ])
    }
}
