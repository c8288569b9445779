extension Catalog {
    /// The columns whose values are never shown, of the assets that have some.
    public var privateColumns: [AssetName: [String]] {
        assets.compactMapValues { $0.privateColumns.isEmpty ? nil : $0.privateColumns }
    }

    /// The promises that serve a consumer, in order of id.
    public func promises(serving consumer: ConsumerID) -> [Promise] {
        promisesInOrder.filter { $0.serves.contains(consumer) }
    }

    /// The assets whose certificates a consumer's gate asks for.
    public func assets(concerning consumer: Consumer) -> [AssetName] {
        Set(promises(serving: consumer.id).flatMap(\.needs) + consumer.uses).sorted()
    }

    /// Some assets and everything that they are made from, in order of name.
    public func upstream(of roots: [AssetName]) -> [AssetName] {
        var found: Set<AssetName> = []
        var open = roots
        while let name = open.popLast() {
            guard found.insert(name).inserted else { continue }
            open += assets[name]?.needs.map(\.asset) ?? []
        }
        return found.sorted()
    }

    /// The promises that are made from an asset, those that matter most first.
    public func promises(madeFrom asset: AssetName) -> [Promise] {
        promises.values.filter { reaches(asset, from: $0.needs) }.sorted {
            ($0.tier, $0.id) < ($1.tier, $1.id)
        }
    }

    /// The most important promise that is made from an asset.
    public func promise(madeFrom asset: AssetName) -> Promise? {
        promises.values.filter { reaches(asset, from: $0.needs) }.min { ($0.tier, $0.id) < ($1.tier, $1.id) }
    }

    /// Whether an asset is one of some, or of what they are made from.
    private func reaches(_ asset: AssetName, from roots: [AssetName]) -> Bool {
        var found: Set<AssetName> = []
        var open = roots
        while let name = open.popLast() {
            if name == asset { return true }
            guard found.insert(name).inserted else { continue }
            open += assets[name]?.needs.map(\.asset) ?? []
        }
        return false
    }

    /// Who owns recovery: the asset's owner, else that of the most important promise made from it.
    public func recoveryOwner(of asset: AssetName) -> OwnerID? {
        assets[asset]?.owner ?? promise(madeFrom: asset)?.owner
    }

    /// The promises, those that matter most first.
    public var promisesInTierOrder: [Promise] {
        promises.values.sorted { ($0.tier, $0.id) < ($1.tier, $1.id) }
    }
}
