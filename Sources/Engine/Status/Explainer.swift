public import SuretyCore

/// Explains why a promise or an asset is in its state.
public struct Explainer: Sendable {
    private let surroundings: Surroundings

    /// An explainer in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// The explanation for given slices, or for what is owed newest.
    public func explain(
        _ target: RunTarget, slices: [AssetName: [Slice]]? = nil
    ) async throws(PortFailure) -> Explanation {
        do throws(PortFailure) {
            return try await read(target, slices: slices)
        } catch  where error.isBlindness {
            let cause = target.assets.first.map { asset in
                Cause(
                    error.kind == .permission ? .permission : .unreachable, asset: asset, interval: nil,
                    message: error.description, recovery: ["surety doctor"])
            }
            return Explanation(
                target: target.name, promise: nil, links: [], root: cause, path: [], nextFirings: [],
                next: "surety doctor")
        }
    }

    private func read(
        _ target: RunTarget, slices: [AssetName: [Slice]]?
    ) async throws(PortFailure) -> Explanation {
        try await surroundings.prepare()
        let world = try await World.read(surroundings)
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        var view: PromiseView?
        var keys: [StepKey]
        switch target {
        case .promise(let promise):
            view = try await reader.view(of: promise)
            keys = reader.required(by: promise)
        case .asset(let asset):
            keys = world.newestSlice(of: asset.name).map { [StepKey(asset.name, $0)] } ?? []
        }
        if let slices {
            // What is asked about is these intervals, not how the promise stands today.
            view = nil
            keys = slices.flatMap { asset, slices in slices.map { StepKey(asset, $0) } }.sorted()
        }
        return reader.explanation(of: target, keys: keys, view: view)
    }
}
