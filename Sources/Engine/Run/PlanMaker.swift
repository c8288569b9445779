public import SuretyCore

/// Makes plans from what is declared, what is certified and what time it is.
public struct PlanMaker: Sendable {
    private let surroundings: Surroundings

    /// A plan maker in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// The plan for a target: for the slices asked for, or for all that is owed.
    public func plan(
        _ target: RunTarget, slices: [AssetName: [Slice]]?, options: RunOptions
    ) async throws(PortFailure) -> PlannedRun {
        let world = try await World.read(surroundings, for: target.assets)
        return try await plan(target, slices: slices, options: options, in: world)
    }

    /// The plan, made after a look at the data behind the certificates that it keeps; those that stopped being true are
    /// withdrawn first, with their incident.
    func planAfterLooking(
        _ target: RunTarget, slices: [AssetName: [Slice]]?, options: RunOptions
    ) async throws(PortFailure) -> PlannedRun {
        let world = try await World.read(surroundings, for: target.assets)
        let planned = try await plan(target, slices: slices, options: options, in: world)
        var kept = planned.plan.steps.compactMap { $0.action == .keep ? $0.certificate : nil }
        if slices == nil { kept += recent(target, world) }
        let certificates = kept
        let sight = try await surroundings.retrying { () async throws(PortFailure) in
            let sight = try await Sentinel(surroundings: surroundings).lookAndTell(
                at: certificates, in: world)
            // What was withdrawn is told once; it is not to be forgotten over another try.
            if let failure = sight.unseen, sight.withdrawn.isEmpty { throw failure }
            return sight
        }
        if let failure = sight.unseen { throw failure }
        guard !sight.withdrawn.isEmpty else { return planned }
        var anew = try await plan(target, slices: slices, options: options)
        anew.hasNews = !sight.incidents.isEmpty
        return anew
    }

    /// The valid certificates of what a target owed in the last weeks.
    private func recent(_ target: RunTarget, _ world: World) -> [Certificate] {
        let oldest = world.watchedSince
        return target.assets.flatMap { world.lineage.certificates.all(of: $0) }.filter {
            $0.isValid && ($0.end ?? oldest) > oldest
        }
    }

    func plan(
        _ target: RunTarget, slices: [AssetName: [Slice]]?, options: RunOptions, in world: World
    ) async throws(PortFailure) -> PlannedRun {
        let occurrence = world.occurrences(of: target).compactMap { $0.newestClosed(at: world.now) }
            .max { $0.closesAt < $1.closesAt }
        let planner = Planner(
            lineage: world.lineage,
            options: Planner.Options(
                again: options.again, stale: options.stale, zone: surroundings.catalog.project.zone,
                wholeTablesSince: occurrence?.closesAt)
        ) { [surroundings] in surroundings.definition(of: $0) }
        let plan = planner.plan(target, slices: slices ?? world.wanted(by: target, judgedBy: planner))
        let remade = Set(plan.steps.filter { $0.rebuilds && $0.kind != .source }.map(\.key.asset))
        var generations: [StepKey: Int] = [:]
        for asset in remade.sorted() {
            let ledger = try await surroundings.warehouse.ledger(of: asset)
            for step in plan.steps where step.key.asset == asset {
                let interval = step.key.slice.interval
                generations[step.key] =
                    ledger.filter { $0.start == interval?.start && $0.end == interval?.end }
                    .map(\.generation).max() ?? 0
            }
        }
        try refuseRepeatedAppends(plan, generations, world)
        return PlannedRun(
            plan: plan, generations: generations, newest: newest(plan, world),
            giveUpAt: world.giveUp(of: target), hash: surroundings.identities.digest(plan.fingerprintText))
    }

    /// Appending again would double the rows, unless it is declared how the first effect is taken back.
    private func refuseRepeatedAppends(
        _ plan: Plan, _ generations: [StepKey: Int], _ world: World
    ) throws(PortFailure) {
        for step in plan.steps where step.rebuilds && (generations[step.key] ?? 0) > 0 {
            guard let build = world.catalog.assets[step.key.asset]?.build, build.write == .append,
                build.undo == nil
            else { continue }
            throw PortFailure(
                .refused, "\(step.key) was appended before, and appending again would double its rows",
                hint: "Declare `undo:` in its build, which is run first.")
        }
    }

    /// The newest closed slice of each asset of a plan; freshness is only asked of that.
    private func newest(_ plan: Plan, _ world: World) -> [AssetName: Slice] {
        var newest: [AssetName: Slice] = [:]
        for asset in Set(plan.steps.map(\.key.asset)) {
            guard let rule = world.lineage.assets[asset]?.interval else { continue }
            newest[asset] = rule.cadence.interval(endingAtOrBefore: world.now).map { .interval($0) }
        }
        return newest
    }
}
