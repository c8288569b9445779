import SuretyCore

/// Looks from time to time whether what was certified in the last weeks is still what is there.
struct Lookout: Sendable {
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Withdraws certificates that stopped being true, and opens the incidents about them.
    func look() async throws(PortFailure) -> Sentinel.Sight {
        let world = try await World.read(surroundings)
        let oldest = world.watchedSince
        let needed = Set(world.catalog.promisesInOrder.flatMap(\.needs)).sorted()
        let recent = needed.flatMap { world.lineage.certificates.all(of: $0) }.filter {
            $0.isValid && ($0.end ?? world.now) > oldest
        }
        return try await Sentinel(surroundings: surroundings).lookAndTell(at: recent, in: world)
    }

    /// The runs that make again what was lost to late rows, where `late_rows: rebuild` asks for it.
    ///
    /// What a run is at, or has tried since there was something new, is left alone: each loss is made good, or told of.
    func rebuilds() async throws(PortFailure) -> [LateRebuilds.Work] {
        guard surroundings.catalog.longestRebuildWindow != nil else { return [] }
        let world = try await World.read(surroundings)
        let finder = LateRebuilds(
            Planner(lineage: world.lineage) { [surroundings] in surroundings.definition(of: $0) })
        let lost = finder.lost()
        guard !lost.isEmpty else { return [] }
        let detective = try await Detective.read(surroundings, world)
        let untried = Set(lost.filter { !detective.hasTried($0, since: $1) }.keys)
        let open = lost.keys.filter { key in
            let chain = world.lineage.everything(behind: [key])
            return !chain.isDisjoint(with: untried) && !chain.contains(where: detective.isRunning)
        }
        return finder.work(for: Set(open), in: world.catalog)
    }
}
