import Engine
import Hummingbird
import Presentation

/// Why a request was not answered as asked: an `application/problem+json` document.
struct Problem: Error, Hashable {
    /// The status of the answer.
    let status: HTTPResponse.Status
    /// A word for its class, as in the errors of the command line.
    let kind: String
    /// What happened, for people.
    let detail: String
    /// What to do about it; empty when nothing more is known.
    let hint: String
    /// Further headers.
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ kind: String, _ detail: String, hint: String = "") {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.hint = hint
    }

    /// A request that cannot be understood.
    static func misuse(_ detail: String, hint: String = "") -> Problem {
        Problem(.badRequest, "usage", detail, hint: hint)
    }

    /// What a port or a use case could not do.
    init(_ failure: PortFailure) {
        let isMissing = failure.kind == .refused && failure.message.hasPrefix("there is no ")
        self.init(
            isMissing ? .notFound : failure.kind.status, isMissing ? "not_found" : failure.kind.rawValue,
            failure.message + (failure.sqlState.map { " (SQLSTATE \($0))" } ?? ""), hint: failure.hint)
        if let seconds = failure.waitSeconds ?? (status == .serviceUnavailable ? 1 : nil) {
            headers[.retryAfter] = String(Int(min(seconds.rounded(.up), 86_400)))
        }
    }

    /// The answer.
    var response: Response {
        let document = ProblemDocument.json(
            kind: kind, title: status.reasonPhrase, status: status.code, detail: detail, hint: hint)
        var headers = Response.documentHeaders
        headers[.contentType] = "application/problem+json"
        headers.append(contentsOf: self.headers)
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: document.document)))
    }
}

extension PortFailure.Kind {
    /// The status of an answer that tells it.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .refused: .badRequest
        case .conflict, .contention, .notYet: .conflict
        case .permission: .forbidden
        case .unreachable, .exhausted, .cancelled: .serviceUnavailable
        case .timeout: .gatewayTimeout
        case .storeUnusable, .unknownEnd: .internalServerError
        }
    }
}
