public import SuretyCore

/// Reads how assets stand.
public struct AssetBoard: Sendable {
    private let surroundings: Surroundings

    /// A board in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// All assets, in order of name.
    public func assets() async throws(PortFailure) -> [AssetView] {
        try await views(of: surroundings.catalog.assetsInOrder)
    }

    /// One asset.
    public func asset(_ asset: Asset) async throws(PortFailure) -> AssetView {
        try await views(of: [asset]).first ?? AssetView(of: asset)
    }

    private func views(of assets: [Asset]) async throws(PortFailure) -> [AssetView] {
        let world = try await World.read(surroundings, for: assets.map(\.name))
        let detective = try await Detective.read(surroundings, world)
        let planner = Planner(lineage: world.lineage) { [surroundings] in surroundings.definition(of: $0) }
        return assets.map { view(of: $0, world, detective, planner) }
    }

    private func view(
        of asset: Asset, _ world: World, _ detective: Detective, _ planner: Planner
    ) -> AssetView {
        var view = AssetView(of: asset)
        view.owner = world.catalog.recoveryOwner(of: asset.name)
        view.promises = world.catalog.promisesInOrder
            .filter { world.catalog.upstream(of: $0.needs).contains(asset.name) }.map(\.id)
        if let newest = world.newestSlice(of: asset.name) {
            view.newest = newest.label
            if case .current(let certificate) = planner.standing(of: StepKey(asset.name, newest)) {
                view.certificate = certificate.id
                view.certifiedAt = certificate.certifiedAt
            }
        }
        view.certifiedThrough = world.certifiedThrough(asset.name, planner)
        view.certifiedUntil = view.certifiedThrough.flatMap { label in
            asset.interval == nil
                ? Instant(rfc3339: label) : asset.slice(labelled: label)?.interval?.end
        }
        view.lastCertifiedAt = world.lineage.certificates.all(of: asset.name).map(\.certifiedAt).max()
        guard !view.promises.isEmpty else { return view }
        let owed = world.owed(by: .asset(asset), judgedBy: planner)[asset.name] ?? []
        view.outstanding = owed.filter { !planner.isCurrent(StepKey(asset.name, $0)) }.map { slice in
            let key = StepKey(asset.name, slice)
            let remembered = detective.memory(of: key)?.step.state ?? .pending
            return AssetView.Outstanding(
                interval: slice.label, state: detective.isRunning(key) ? .running : remembered)
        }
        return view
    }
}
