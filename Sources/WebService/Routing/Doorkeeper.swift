import Engine
import Hummingbird
import Logging

/// Lets requests in, hands them on, and turns whatever went wrong into an answer.
///
/// Without tokens every page in the user's browser could ask; so only requests that were meant for this machine come
/// in, and those that change something only from our own pages or from no page at all.
struct Doorkeeper: HTTPResponder {
    typealias Context = BasicRequestContext

    private let router: RouterResponder<BasicRequestContext>

    init(_ house: House) {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        for endpoint in Endpoint.all {
            router.on(
                RouterPath(endpoint.path), method: endpoint.method,
                responder: CallbackResponder<BasicRequestContext> { request, context in
                    try await endpoint.handler(Call(house: house, request: request, context: context))
                })
        }
        self.router = router.buildResponder()
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let response = try await answer(to: request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(to request: Request, _ context: BasicRequestContext) async throws -> Response {
        do {
            try admit(request)
            let response = try await router.respond(to: request, context: context)
            // Endpoints throw what they do not find; this is a path or a method that nobody answers.
            return response.status == .notFound ? unanswered(request).response : response
        } catch let problem as Problem {
            return problem.response
        } catch let failure as PortFailure {
            return Problem(failure).response
        } catch let lost as LostBody {
            // The server closes a connection whose request cannot be read.
            throw lost.cause
        } catch is CancellationError {
            return Problem(PortFailure(.cancelled, "the service is shutting down")).response
        } catch {
            context.logger.error("a request failed", metadata: ["why": "\(error)"])
            return Problem(.internalServerError, "internal", "this should not happen: \(error)").response
        }
    }

    private func admit(_ request: Request) throws(Problem) {
        guard let text = request.head.authority, let authority = Authority(text), authority.isLoopback else {
            throw Problem(
                .forbidden, "foreign_host",
                "this is not \(request.head.authority ?? "a request without a host")",
                hint: "Ask for 127.0.0.1 or localhost.")
        }
        guard request.method != .get, request.method != .head else { return }
        if let origin = request.headers[.origin], origin.lowercased() != "http://\(text.lowercased())" {
            throw foreign("a page of \(origin) may not change anything here")
        }
        if let site = request.headers[.fetchSite], site != "same-origin", site != "none" {
            throw foreign("another page may not change anything here")
        }
    }

    private func foreign(_ detail: String) -> Problem {
        Problem(.forbidden, "foreign_origin", detail, hint: "Ask from our own pages, or from a program.")
    }

    private func unanswered(_ request: Request) -> Problem {
        let path = request.uri.path
        let methods = Endpoint.all.filter { $0.matches(path) }.map(\.method)
        guard !methods.isEmpty else { return Problem(.notFound, "not_found", "there is no \(path)") }
        let allowed = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
        var problem = Problem(
            .methodNotAllowed, "method", "\(path) does not answer \(request.method.rawValue)",
            hint: "It answers \(allowed).")
        problem.headers[.allow] = allowed
        return problem
    }
}
