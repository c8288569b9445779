import SuretyCore

/// Which assets stand behind which.
struct Chains {
    /// The assets behind each promise, those that it needs included.
    let ofPromise: [PromiseID: Set<AssetName>]
    private let needs: [AssetName: [AssetName]]

    /// The chains of a catalogue.
    init(catalog: Catalog) {
        let needs = catalog.assets.mapValues { $0.needs.map(\.asset) }
        self.needs = needs
        ofPromise = catalog.promises.mapValues { Chains.closure(of: $0.needs, needs) }
    }

    /// The assets that an asset is made from, directly or not.
    func upstream(of asset: AssetName) -> Set<AssetName> { Chains.closure(of: needs[asset] ?? [], needs) }

    private static func closure(of start: [AssetName], _ needs: [AssetName: [AssetName]]) -> Set<AssetName> {
        var found = Set(start)
        var open = start
        while let next = open.popLast() {
            for input in needs[next] ?? [] where found.insert(input).inserted { open.append(input) }
        }
        return found
    }
}
