import SuretyCore

/// When all that promises owe was certified.
struct UpstreamTimes: Sendable {
    private var times: [PromiseID: Instant] = [:]

    /// Reads when each promise of a project was complete last.
    static func read(_ surroundings: Surroundings) async throws(PortFailure) -> UpstreamTimes {
        let world = try await World.read(surroundings)
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        var found = UpstreamTimes()
        for promise in world.catalog.promisesInOrder {
            let required = reader.required(by: promise)
            let certificates = required.compactMap { reader.current($0, for: promise) }
            guard !required.isEmpty, certificates.count == required.count else { continue }
            found.times[promise.id] = certificates.map(\.certifiedAt).max()
        }
        return found
    }

    /// When the last of some promises was complete; nil while one is not.
    func certified(_ promises: [PromiseID]) -> Instant? {
        let known = promises.compactMap { times[$0] }
        return known.count == promises.count ? known.max() : nil
    }
}
