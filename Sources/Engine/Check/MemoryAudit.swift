import SuretyCore

/// Compares what earlier rounds of checks left, so that rows that did not change are not read again, with all rows.
struct MemoryAudit: Sendable {
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What is kept is believed for a week, and compared before that.
    private static let seconds: Int64 = 6 * 86400

    /// Reads all rows of the assets whose turn has come, one after another, and tells if what was kept of one was wrong.
    func audit() async throws(PortFailure) {
        let oldest = surroundings.clock.now().adding(seconds: -Self.seconds)
        let due = try await surroundings.warehouse.remembered(readBefore: oldest)
        let assets = due.compactMap { surroundings.catalog.assets[$0] }
        guard !assets.isEmpty else { return }
        var wrong: [String] = []
        for asset in assets {
            let results = try await CheckAsker(surroundings, readsAll: true).ask([asset], slices: nil)
            if let found = results.compactMap(\.misremembered).first {
                wrong.append("\(asset.name): \(found)")
            }
            // What no check asks for any more is not read each hour.
            try await surroundings.warehouse.forget(asset.name, readBefore: oldest)
        }
        try await IncidentDesk(surroundings).alarm(
            .memory, wrong.isEmpty ? nil : wrong.joined(separator: "; "))
    }
}
