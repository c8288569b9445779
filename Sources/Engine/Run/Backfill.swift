public import SuretyCore

/// Shows what running a range of intervals means, before it is done.
public struct Backfill: Sendable {
    private let surroundings: Surroundings

    /// A backfill in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What a person sees before saying yes.
    public struct Preview: Sendable {
        /// The plan.
        public let planned: PlannedRun
        /// What to know: notes of the owners, rows that are replaced, occurrences concerned.
        public let notes: [String]
        /// Why this person may not, or not so far back; nil when they may.
        public let refusal: String?
    }

    /// The preview for slices of a target.
    public func preview(
        _ target: RunTarget, slices: [AssetName: [Slice]], options: RunOptions
    ) async throws(PortFailure) -> Preview {
        let planned = try await PlanMaker(surroundings).planAfterLooking(
            target, slices: slices, options: options)
        let work = planned.plan.steps.filter { $0.action == .build }
        var notes: [String] = []
        var refusal: String?
        for name in Set(work.map(\.key.asset)).sorted() {
            guard let asset = surroundings.catalog.assets[name], let policy = asset.backfill else { continue }
            if let note = policy.note { notes.append("note on \(name): \(note)") }
            refusal = refusal ?? reason(against: policy, asset, work)
        }
        for step in work where step.rebuilds {
            guard let rows = step.certificate?.content.rows else { continue }
            notes.append("replaces \(rows) rows of \(step.key)")
        }
        return Preview(planned: planned, notes: notes, refusal: refusal)
    }

    private func reason(against policy: BackfillPolicy, _ asset: Asset, _ work: [PlannedStep]) -> String? {
        let allowed = policy.by.map(\.rawValue)
        if !allowed.isEmpty, !allowed.contains(surroundings.person) {
            return
                "\(surroundings.person) may not backfill \(asset.name): that is for "
                + "\(allowed.joined(separator: ", ")); set SURETY_USER to say who you are"
        }
        guard let upTo = policy.upTo, let rule = asset.interval else { return nil }
        let oldest = rule.cadence.zone.instant(surroundings.clock.now(), minus: upTo)
        let tooOld = work.first {
            $0.key.asset == asset.name && ($0.key.slice.interval?.end ?? oldest) < oldest
        }
        return tooOld.map { "\($0.key) is further back than \(upTo), the most that is allowed" }
    }
}
