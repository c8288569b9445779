import Engine
import SuretyCore

/// Finds what the words of a command line mean; what means nothing is a misuse that names what there is.
struct Lookup {
    private let catalog: Catalog

    init(_ catalog: Catalog) { self.catalog = catalog }

    func target(_ name: String) throws(CommandFailure) -> RunTarget {
        guard let target = SliceFinder(catalog).target(name) else {
            let known = catalog.promises.keys.map(\.rawValue) + catalog.assets.keys.map(\.description)
            throw unknown("promise or asset", name, known)
        }
        return target
    }

    func promise(_ name: String) throws(CommandFailure) -> Promise {
        guard let promise = catalog.promises[PromiseID(rawValue: name)] else {
            throw unknown("promise", name, catalog.promises.keys.map(\.rawValue))
        }
        return promise
    }

    func asset(_ name: String) throws(CommandFailure) -> Asset {
        guard let asset = AssetName(name).flatMap({ catalog.assets[$0] }) else {
            throw unknown("asset", name, catalog.assets.keys.map(\.description))
        }
        return asset
    }

    func consumer(_ name: String) throws(CommandFailure) -> Consumer {
        guard let consumer = catalog.consumers[ConsumerID(rawValue: name)] else {
            throw unknown("consumer", name, catalog.consumers.keys.map(\.rawValue))
        }
        return consumer
    }

    /// The slices that `--for` means; nil when it is not given.
    func slices(_ text: String?, of assets: [AssetName]) throws(CommandFailure) -> [AssetName: [Slice]]? {
        guard let text else { return nil }
        do {
            return try SliceFinder(catalog).slices(text, of: assets)
        } catch {
            throw CommandFailure(.usage, kind: "usage", error.message, hint: error.hint)
        }
    }

    func period(_ text: String?, _ option: String) throws(CommandFailure) -> Period? {
        guard let text else { return nil }
        guard let period = Period(text) else {
            throw CommandFailure(
                .usage, kind: "usage", "\(option) \(text) is no length of time",
                hint: "Write it like 30s, 45m or 2h.")
        }
        return period
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> CommandFailure {
        let some = known.sorted().prefix(10).joined(separator: ", ")
        return CommandFailure(
            .usage, kind: "usage", "there is no \(kind) \(name)",
            hint: known.isEmpty ? "None is declared." : "There is: \(some)\(known.count > 10 ? ", …" : "").")
    }
}
