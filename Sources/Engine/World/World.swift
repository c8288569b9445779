import SuretyCore

/// What is true at one instant: what is declared, certified, owed.
struct World: Sendable {
    /// How far back it is looked for rows that moved since they were certified, in days, where no source asks for more.
    private static let lookBack: Int64 = 31

    let now: Instant
    let catalog: Catalog
    let lineage: Lineage
    let promisesSeen: [PromiseID: Instant]
    /// The assets that it knows about, in order.
    let names: [AssetName]

    /// From when on it is looked for rows that moved since they were certified.
    var watchedSince: Instant {
        now.adding(seconds: -max(World.lookBack * 86_400, catalog.longestRebuildWindow ?? 0))
    }

    /// Reads what is known about some assets and everything that they are made from; all assets when none is named.
    static func read(_ surroundings: Surroundings, for assets: [AssetName]? = nil) async throws(PortFailure)
        -> World
    {
        let now = surroundings.clock.now()
        let catalog = surroundings.catalog
        let names = assets.map { catalog.upstream(of: $0) } ?? catalog.assets.keys.sorted()
        var seen = try await surroundings.state.promisesSeen()
        let unseen = catalog.promises.keys.filter { seen[$0] == nil }.sorted()
        if !unseen.isEmpty {
            try await surroundings.state.record(unseen.map { .promiseSeen($0) }, at: now)
            for promise in unseen { seen[promise] = now }
        }
        let certificates = try await surroundings.warehouse.certificates(of: names)
        let lineage = Lineage(
            assets: catalog.assets, certificates: CertificateIndex(certificates), now: now)
        return World(now: now, catalog: catalog, lineage: lineage, promisesSeen: seen, names: names)
    }

    /// The occurrences of a promise.
    func occurrences(of promise: Promise) -> OccurrenceCalendar {
        OccurrenceCalendar(
            promise: promise, assets: promise.needs.compactMap { catalog.assets[$0] },
            firstSeen: promisesSeen[promise.id] ?? now)
    }

    /// The occurrences of a promise, or of all promises that an asset is made for.
    func occurrences(of target: RunTarget) -> [OccurrenceCalendar] {
        switch target {
        case .promise(let promise): [occurrences(of: promise)]
        case .asset(let asset):
            catalog.promisesInOrder
                .filter { catalog.upstream(of: $0.needs).contains(asset.name) }
                .map { occurrences(of: $0) }
        }
    }

    /// Every owed, closed slice of a target that is not certified, and the newest closed occurrence's own.
    func owed(by target: RunTarget, judgedBy planner: Planner) -> [AssetName: [Slice]] {
        switch target {
        case .promise(let promise):
            let calendar = occurrences(of: promise)
            let newest = calendar.newestClosed(at: now)
            return owedSlices(calendar).reduce(into: [:]) { wanted, entry in
                let (asset, slices) = entry
                let newestSlices = Set(newest?.slices(of: asset) ?? [])
                wanted[asset] = slices.filter { slice in
                    if newestSlices.contains(slice) { return true }
                    if case .current = planner.standing(of: StepKey(asset, slice)) { return false }
                    return true
                }
            }
        case .asset(let asset):
            guard let rule = asset.interval else { return [asset.name: [.whole]] }
            let wanted = occurrences(of: target).flatMap { calendar in
                owedSlices(calendar).flatMap { name, slices in
                    slices.flatMap { lineage.reach(of: asset.name, from: StepKey(name, $0)) }
                }
            }
            let newest = rule.cadence.interval(endingAtOrBefore: now).map { Slice.interval($0) }
            let slices = Set(wanted).filter { slice in
                if slice == newest { return true }
                if case .current = planner.standing(of: StepKey(asset.name, slice)) { return false }
                return (slice.interval?.end ?? now) <= now
            }
            return [asset.name: slices.isEmpty ? newest.map { [$0] } ?? [] : slices.sorted()]
        }
    }

    /// What a run of a target makes that is told no intervals: all that is owed, and what was lost to late rows that shall
    /// be built in.
    func wanted(by target: RunTarget, judgedBy planner: Planner) -> [AssetName: [Slice]] {
        let late = LateRebuilds(planner).lost().keys.filter { target.assets.contains($0.asset) }
        return late.reduce(into: owed(by: target, judgedBy: planner)) { wanted, key in
            wanted[key.asset] = Set((wanted[key.asset] ?? []) + [key.slice]).sorted()
        }
    }

    /// Every owed slice of a promise that has ended, whole tables included.
    private func owedSlices(_ calendar: OccurrenceCalendar) -> [AssetName: [Slice]] {
        var slices = calendar.owed(upTo: now).mapValues { $0.map { Slice.interval($0) } }
        for asset in calendar.assets where asset.interval == nil { slices[asset.name] = [.whole] }
        return slices
    }

    /// Until when passing failures are tried again.
    func giveUp(of target: RunTarget) -> Instant? {
        guard case .promise(let promise) = target else { return nil }
        let zone = promise.deadline.zone
        guard let giveUp = promise.giveUp else { return promise.deadline.next(after: now) }
        let today = zone.civil(of: now).date
        let instants = [0, 1].map { zone.instant(of: CivilDateTime(today.adding(days: $0), giveUp)) }
        return instants.first { $0 > now }
    }
}

extension Lineage {
    /// The slices of an asset that a slice is made from, directly or further up; its own when it is that asset's.
    func reach(of asset: AssetName, from key: StepKey) -> Set<Slice> {
        Set(everything(behind: [key]).filter { $0.asset == asset }.map(\.slice))
    }
}
