public import SuretyCore

/// Takes back what a run did, newest step first, as far as that is proved by the ledger and declared how.
public struct Undoing: Sendable {
    private let surroundings: Surroundings

    /// Undoing in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Takes back the steps of a run that declare SQL to do so; what another run certified is left alone.
    public func undo(_ run: RunRecord) async throws(PortFailure) -> [AssetName] {
        var undone: [AssetName] = []
        for step in run.steps.reversed() where !step.kept {
            guard let asset = surroundings.catalog.assets[step.asset],
                case .sql(let sql)? = asset.build?.undo,
                let slice = asset.slice(labelled: step.interval)
            else { continue }
            let newest = try await surroundings.warehouse.ledger(of: asset.name)
                .last { $0.start == slice.interval?.start && $0.end == slice.interval?.end }
            guard newest?.run == run.id else { continue }
            try await surroundings.warehouse.undo(
                sql.text, of: asset, slice: slice, run: run.id, at: surroundings.clock.now())
            try await surroundings.record(
                .effectUndone(run.id, asset: asset.name, interval: step.interval, failure: nil))
            undone.append(asset.name)
        }
        return undone
    }
}
