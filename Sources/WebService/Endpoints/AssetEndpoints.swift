import Engine
import Hummingbird
import Presentation
import SuretyCore

/// How assets stand, and the certificates that say so.
enum AssetEndpoints {
    static let all: [Endpoint] = [
        .get("/api/v1/assets", list), .get("/api/v1/assets/:id", one),
        .get("/api/v1/certificates/:id", certificate),
    ]

    private static func list(_ call: Call) async throws -> Response {
        _ = try call.query()
        return .document(AssetDocument.json(try await AssetBoard(call.front.surroundings).assets()))
    }

    private static func one(_ call: Call) async throws -> Response {
        _ = try call.query()
        let asset = try call.finder.asset(call.id)
        return .document(AssetDocument.json([try await AssetBoard(call.front.surroundings).asset(asset)]))
    }

    /// The certificate, with the results of the checks that are remembered of the run that it was given in.
    private static func certificate(_ call: Call) async throws -> Response {
        _ = try call.query()
        let surroundings = call.front.surroundings
        let names = surroundings.catalog.assets.keys.sorted()
        let id = CertificateID(rawValue: call.id)
        guard
            let certificate = try await surroundings.warehouse.certificates(of: names).first(where: {
                $0.id == id
            })
        else { throw PortFailure(.refused, "there is no certificate \(id)") }
        let run = try await surroundings.state.run(certificate.run)
        let step = run?.steps.first {
            $0.asset == certificate.asset && $0.interval == certificate.interval
        }
        return .document(CertificateDocument.json(certificate, checks: step?.checks ?? []))
    }
}
