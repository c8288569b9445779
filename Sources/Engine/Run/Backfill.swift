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
        /// What else it means.
        public let effects: BackfillEffects
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
        var refusal: String?
        for asset in assets(of: work) {
            guard let policy = asset.backfill else { continue }
            refusal = refusal ?? reason(against: policy, asset, work)
        }
        return Preview(planned: planned, effects: try await effects(of: planned.plan), refusal: refusal)
    }

    // MARK: - What it means

    private func effects(of plan: Plan) async throws(PortFailure) -> BackfillEffects {
        let world = try await World.read(surroundings)
        let work = plan.steps.filter { $0.action == .build }
        var effects = BackfillEffects()
        effects.notes = assets(of: work).compactMap { asset in
            asset.backfill?.note.map { BackfillEffects.Note(asset: asset.name, text: $0) }
        }
        let remade = work.filter(\.rebuilds).compactMap { world.lineage.certificates.newest($0.key) }
        effects.replaced = work.filter(\.rebuilds).compactMap { step in
            world.lineage.certificates.newest(step.key).map {
                BackfillEffects.Replaced(key: step.key, rows: $0.content.rows)
            }
        }
        effects.reopened = occurrences(restingOn: remade, in: world)
        effects.hasWork = !plan.isNothingToDo
        effects.estimate = try await estimate(of: plan)
        effects.endangered = try await endangered(by: effects.estimate, in: world)
        return effects
    }

    /// The occurrences that owe a slice of valid certificates, or of what rests on them.
    private func occurrences(restingOn remade: [Certificate], in world: World) -> [BackfillEffects.Due] {
        let valid = remade.filter(\.isValid)
        let touched = valid + valid.flatMap { world.dependants(of: $0.id) }
        var found: Set<BackfillEffects.Due> = []
        for promise in world.catalog.promisesInOrder {
            let calendar = world.occurrences(of: promise)
            for certificate in touched where promise.needs.contains(certificate.asset) {
                guard let asset = world.catalog.assets[certificate.asset],
                    let interval = asset.slice(labelled: certificate.interval)?.interval,
                    let occurrence = calendar.occurrence(owing: interval, of: asset.name)
                else { continue }
                found.insert(BackfillEffects.Due(occurrence, of: promise))
            }
        }
        return found.sorted { ($0.deadline, $0.promise) < ($1.deadline, $1.promise) }
    }

    private func estimate(of plan: Plan) async throws(PortFailure) -> PlanEstimate? {
        let names = Set(plan.steps.filter { $0.action != .keep }.map(\.key.asset)).sorted()
        guard !names.isEmpty else { return nil }
        let durations = try await surroundings.state.durations(of: names, limit: 8)
        let project = surroundings.catalog.project
        return PlanEstimate(
            plan, durations: durations, slots: min(project.stepLimit, project.mainWarehouse.connections))
    }

    /// What is due today, is not complete, and comes due before this could end.
    private func endangered(
        by estimate: PlanEstimate?, in world: World
    ) async throws(PortFailure) -> [BackfillEffects.Due] {
        let reader = StandingReader(
            surroundings: surroundings, world: world,
            detective: try await Detective.read(surroundings, world))
        var found: [BackfillEffects.Due] = []
        for promise in world.catalog.promisesInTierOrder {
            guard let occurrence = world.occurrences(of: promise).newestClosed(at: world.now),
                occurrence.deadline > world.now,
                promise.deadline.zone.civil(of: occurrence.deadline).date
                    == promise.deadline.zone.civil(of: world.now).date,
                reader.required(by: promise).contains(where: { reader.current($0, for: promise) == nil })
            else { continue }
            let needed = (estimate?.seconds ?? 0) + Double(promise.expected?.seconds ?? 0)
            if world.now.adding(milliseconds: Int64(needed * 1000)) > occurrence.deadline {
                found.append(BackfillEffects.Due(occurrence, of: promise))
            }
        }
        return found
    }

    // MARK: - Who may

    private func assets(of work: [PlannedStep]) -> [Asset] {
        Set(work.map(\.key.asset)).sorted().compactMap { surroundings.catalog.assets[$0] }
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

extension BackfillEffects.Due {
    fileprivate init(_ occurrence: Occurrence, of promise: Promise) {
        self.init(
            promise: promise.id, deadline: occurrence.deadline, zone: promise.deadline.zone,
            through: occurrence.lastInterval?.description)
    }
}
