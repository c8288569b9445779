public import SuretyCore

/// Asks only the checks of assets, read-only.
public struct CheckAsker: Sendable {
    private let surroundings: Surroundings
    private let readsAll: Bool

    /// An asker in a project's world; one that reads all takes nothing from what earlier rounds found.
    public init(_ surroundings: Surroundings, readsAll: Bool = false) {
        self.surroundings = surroundings
        self.readsAll = readsAll
    }

    /// Every check of each asset, for given slices or for the newest closed one; in the order of the assets and slices.
    ///
    /// A few are asked side by side. Throws what the first of them failed with.
    public func ask(
        _ assets: [Asset], slices: [AssetName: [Slice]]?
    ) async throws(PortFailure) -> [CheckResult] {
        let world = try await World.read(surroundings, for: assets.map(\.name))
        let asked = assets.flatMap { asset in
            let newest = world.newestSlice(of: asset.name)
            return (slices?[asset.name] ?? newest.map { [$0] } ?? []).map { slice in
                (asset: asset, slice: slice, isNewest: slice == newest)
            }
        }
        let most = surroundings.catalog.project.mainWarehouse.checksSideBySide
        return try await SideBySide(most: most).map(asked) { one async throws(PortFailure) in
            try await ask(one.asset, one.slice, isNewest: one.isNewest)
        }.flatMap(\.self)
    }

    /// What the checks of a plan's steps would cost, but for those that are kept; nil where the warehouse does not tell.
    public func costs(of plan: Plan) async throws(PortFailure) -> [StatementCost]? {
        let steps = plan.steps.filter { $0.action != .keep }
        let world = try await World.read(surroundings, for: steps.map(\.key.asset))
        var costs: [StatementCost] = []
        for key in steps.map(\.key) {
            guard let asset = surroundings.catalog.assets[key.asset] else { continue }
            let isNewest = key.slice == world.newestSlice(of: key.asset)
            let round = try await round(asset, key.slice, isNewest: isNewest)
            guard let told = try await surroundings.warehouse.costs(of: round) else { return nil }
            costs += told
        }
        return costs
    }

    private func ask(_ asset: Asset, _ slice: Slice, isNewest: Bool) async throws(PortFailure)
        -> [CheckResult]
    {
        try await surroundings.warehouse.ask(try await round(asset, slice, isNewest: isNewest)).results
            .map(\.withoutConcealed)
    }

    private func round(_ asset: Asset, _ slice: Slice, isNewest: Bool) async throws(PortFailure)
        -> QuestionRound
    {
        let intervals = surroundings.catalog.assets.compactMapValues(\.interval)
        var context = CheckContext(now: surroundings.clock.now(), isNewest: isNewest, intervals: intervals)
        context.zone = surroundings.catalog.project.zone
        context.privateColumns = surroundings.catalog.privateColumns
        context.baseline = try await surroundings.baseline(of: asset)
        context.recorded = try await surroundings.recorded(of: asset)
        try await surroundings.accept(in: &context, of: asset, slice)
        var round = QuestionRound(
            asset: asset, slice: slice,
            checks: asset.ready + asset.stop + asset.warn + asset.builtInChecks,
            context: context,
            statementTimeout: surroundings.catalog.project.mainWarehouse.statementTimeout)
        round.readsAll = readsAll
        return round
    }
}
