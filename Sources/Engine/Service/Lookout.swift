import SuretyCore

/// Looks from time to time whether what was certified in the last weeks is still what is there.
struct Lookout: Sendable {
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Withdraws certificates that stopped being true; says whether there were any.
    func look() async throws(PortFailure) -> Bool {
        let world = try await World.read(surroundings)
        let oldest = world.now.adding(seconds: -Int64(World.lookBack) * 86_400)
        let needed = Set(world.catalog.promisesInOrder.flatMap(\.needs)).sorted()
        let recent = needed.flatMap { world.lineage.certificates.all(of: $0) }.filter {
            $0.isValid && ($0.end ?? world.now) > oldest
        }
        let withdrawn = try await Sentinel(surroundings: surroundings).look(at: recent, in: world)
        guard !withdrawn.isEmpty else { return false }
        try await Board(surroundings).publish(after: Set(withdrawn.map(\.asset)).sorted())
        return true
    }
}
