import Engine
import Hummingbird
import ServiceLifecycle
import SuretyCore

/// Whether a consumer may refresh now.
enum GateEndpoints {
    /// The longest that an answer is waited for, in seconds.
    static let longestWait = 300

    /// The most intervals of an asset that one question may be about.
    static let mostSlices = 1000

    static let all: [Endpoint] = [.get("/api/v1/gate/:id", ask)]

    /// 200 when it is open, 409 when it is closed, also after a wait; the document is the same as the command line's.
    private static func ask(_ call: Call) async throws -> Response {
        let query = try call.query(["for", "wait"])
        let catalog = call.front.surroundings.catalog
        let finder = Finder(catalog)
        let consumer = try finder.consumer(call.id)
        let label = query["for"]
        let assets = label == nil ? [] : catalog.assets(concerning: consumer)
        let slices = try finder.slices(label, of: assets)
        guard slices?.values.allSatisfy({ $0.count <= mostSlices }) ?? true else {
            throw Problem.misuse(
                "for=\(label ?? "") is more than \(mostSlices) intervals", hint: "Ask for fewer.")
        }
        let wait = try period(query["wait"])
        let answer = try await answer(of: call.front, consumer, slices, wait)
        return Response(
            status: answer.isOpen ? .ok : .conflict, headers: Response.documentHeaders,
            body: ResponseBody(byteBuffer: call.house.gates.document(of: answer, for: label)))
    }

    /// Nothing is held while it waits; a service that is shutting down waits no longer.
    private static func answer(
        of front: any ServiceFront, _ consumer: Consumer, _ slices: [AssetName: [Slice]]?, _ wait: Period
    ) async throws -> GateAnswer {
        guard wait.seconds > 0 else {
            return try await front.gate(consumer, slices: slices, waiting: wait)
        }
        return try await cancelWhenGracefulShutdown {
            try await front.gate(consumer, slices: slices, waiting: wait)
        }
    }

    /// Seconds, or a length of time as on the command line; at most five minutes.
    private static func period(_ text: String?) throws(Problem) -> Period {
        guard let text else { return Period(0, .second) }
        guard let period = Period(text) ?? Period(text + "s") else {
            throw Problem.misuse("wait=\(text) is no length of time", hint: "Write seconds, like wait=300.")
        }
        return period.seconds > Int64(longestWait) ? Period(longestWait, .second) : period
    }
}
