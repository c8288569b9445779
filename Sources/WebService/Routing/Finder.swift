import Engine
import Hummingbird
import SuretyCore

/// Finds what the words of a request mean; what means nothing is a problem that names what there is.
struct Finder {
    private let catalog: Catalog

    init(_ catalog: Catalog) { self.catalog = catalog }

    func target(_ name: String) throws(Problem) -> RunTarget {
        guard let target = SliceFinder(catalog).target(name) else {
            let known = catalog.promises.keys.map(\.rawValue) + catalog.assets.keys.map(\.description)
            throw unknown("promise or asset", name, known)
        }
        return target
    }

    func promise(_ name: String) throws(Problem) -> Promise {
        guard let promise = catalog.promises[PromiseID(rawValue: name)] else {
            throw unknown("promise", name, catalog.promises.keys.map(\.rawValue))
        }
        return promise
    }

    func asset(_ name: String) throws(Problem) -> Asset {
        guard let asset = AssetName(name).flatMap({ catalog.assets[$0] }) else {
            throw unknown("asset", name, catalog.assets.keys.map(\.description))
        }
        return asset
    }

    func consumer(_ name: String) throws(Problem) -> Consumer {
        guard let consumer = catalog.consumers[ConsumerID(rawValue: name)] else {
            throw unknown("consumer", name, catalog.consumers.keys.map(\.rawValue))
        }
        return consumer
    }

    /// The slices that `for` means; nil when it is not given.
    func slices(_ text: String?, of assets: [AssetName]) throws(Problem) -> [AssetName: [Slice]]? {
        guard let text else { return nil }
        do throws(TimeSyntaxError) {
            return try SliceFinder(catalog).slices(text, of: assets)
        } catch {
            throw Problem.misuse(error.message, hint: error.hint)
        }
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> Problem {
        let some = known.sorted().prefix(10).joined(separator: ", ")
        return Problem(
            .notFound, "not_found", "there is no \(kind) \(name)",
            hint: known.isEmpty ? "None is declared." : "There is: \(some)\(known.count > 10 ? ", …" : "").")
    }
}
