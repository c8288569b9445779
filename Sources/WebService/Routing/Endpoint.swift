import Hummingbird

/// One thing that can be asked or told.
struct Endpoint: Sendable {
    /// Answers a call; `Problem` and `PortFailure` become answers too.
    typealias Handler = @Sendable (Call) async throws -> Response

    /// `GET` or `POST`.
    let method: HTTPRequest.Method
    /// The path; a segment `:id` stands for any.
    let path: String
    /// What answers.
    let handler: Handler

    /// What is asked.
    static func get(_ path: String, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .get, path: path, handler: handler)
    }

    /// What is told.
    static func post(_ path: String, _ handler: @escaping Handler) -> Endpoint {
        Endpoint(method: .post, path: path, handler: handler)
    }

    /// Everything there is.
    static let all =
        HealthEndpoints.all + PromiseEndpoints.all + BackfillEndpoints.all + AssetEndpoints.all
        + RunEndpoints.all
        + IncidentEndpoints.all + SilenceEndpoints.all + GateEndpoints.all + PeopleEndpoints.all
        + EventEndpoints.all

    /// Whether a path is one of this endpoint.
    func matches(_ other: some StringProtocol) -> Bool {
        let mine = path.split(separator: "/")
        let theirs = other.split(separator: "/")
        return mine.count == theirs.count
            && zip(mine, theirs).allSatisfy { $0.first == ":" || $0 == $1 }
    }
}
