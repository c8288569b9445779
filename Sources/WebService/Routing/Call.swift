import Engine
import Foundation
import Hummingbird

/// A request on its way to the endpoint that answers it.
struct Call: Sendable {
    /// What everything that answers is handed.
    let house: House
    /// The request.
    let request: Request
    /// What the server knows of it.
    let context: BasicRequestContext

    /// The engine.
    var front: any ServiceFront { house.front }
    /// Finds what the words of the request mean.
    var finder: Finder { Finder(front.surroundings.catalog) }

    /// The segment `:id` of the path.
    var id: String {
        let raw = context.parameters.get("id") ?? ""
        return raw.removingPercentEncoding ?? raw
    }

    /// What stands after the question mark; what is not known is refused.
    func query(_ known: [String] = []) throws(Problem) -> [String: String] {
        guard request.uri.query != nil else { return [:] }
        var values: [String: String] = [:]
        for (key, value) in request.uri.queryParameters {
            guard known.contains(String(key)) else {
                throw Problem.misuse(
                    "there is no parameter `\(key)` here",
                    hint: known.isEmpty ? "There is none." : "There is: \(known.joined(separator: ", ")).")
            }
            values[String(key)] = String(value)
        }
        return values
    }

    /// The project, acted in by whoever asks: `X-Surety-User`, else whoever runs the service.
    func acting() throws(Problem) -> Surroundings {
        let surroundings = front.surroundings
        guard let name = request.headers[.suretyUser] else { return surroundings }
        let isName =
            (1...100).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        guard isName else {
            throw Problem.misuse(
                "X-Surety-User is no name", hint: "Write up to 100 characters without spaces.")
        }
        return surroundings.acting(as: name)
    }
}

extension Surroundings {
    /// The same project, with another person at the keyboard.
    func acting(as person: String) -> Surroundings {
        Surroundings(
            catalog: catalog, declarations: declarations, warehouse: warehouse, state: state, clock: clock,
            identities: identities, processes: processes, files: files, refresher: refresher,
            messenger: messenger, logger: logger, person: person)
    }
}
