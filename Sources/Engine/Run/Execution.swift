import Logging
public import SuretyCore

/// The whole of `surety run`: plan, run, refresh consumers, and tell SQL users what is owed.
public struct Execution: Sendable {
    private let surroundings: Surroundings

    /// An execution in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What came of it.
    public struct Report: Sendable {
        /// The run.
        public let run: RunRecord
        /// What became of each consumer that was to be refreshed.
        public let refreshes: [Refreshing.Outcome]
        /// The messages that were sent, or could not be.
        public var deliveries: [Postman.Delivery] = []
        /// The incidents that changed.
        public var incidents: [Incident] = []
        /// The steps that took much longer than they usually do.
        public var slow: [SlowStep] = []
    }

    /// Plans and runs a target; `telling` hears of each change.
    public func run(
        _ target: RunTarget, slices: [AssetName: [Slice]]?, options: RunOptions,
        telling: @escaping @Sendable (Runner.Progress) -> Void
    ) async throws(PortFailure) -> Report {
        let planned = try await plan(target, slices: slices, options: options)
        return try await run(planned, options: options, telling: telling)
    }

    /// Plans a target after a look at what it rests on; what is late, and what was lost, is told before anything mends it.
    func plan(
        _ target: RunTarget, slices: [AssetName: [Slice]]?, options: RunOptions
    ) async throws(PortFailure) -> PlannedRun {
        do throws(PortFailure) {
            try await surroundings.prepare()
            let isLate = options.rehearse ? false : try await noteWhatIsLate(target)
            var planned = try await PlanMaker(surroundings).planAfterLooking(
                target, slices: slices, options: options)
            planned.deliveries = try await deliver(options, isLate: isLate, hasNews: planned.hasNews)
            return planned
        } catch {
            if !options.rehearse { await tell(of: error, ending: target, options) }
            throw error
        }
    }

    /// Runs a plan that a person was shown; what is late is told before it is mended.
    public func run(
        shown planned: PlannedRun, options: RunOptions, telling: @escaping @Sendable (Runner.Progress) -> Void
    ) async throws(PortFailure) -> Report {
        let isLate = try await noteWhatIsLate(planned.plan.target)
        var planned = planned
        planned.deliveries = try await deliver(options, isLate: isLate, hasNews: planned.hasNews)
        return try await run(planned, options: options, telling: telling)
    }

    /// Runs a plan that was made before.
    public func run(
        _ planned: PlannedRun, options: RunOptions, telling: @escaping @Sendable (Runner.Progress) -> Void
    ) async throws(PortFailure) -> Report {
        let names = Set(planned.plan.steps.map(\.key.asset)).sorted()
        let usual = try await surroundings.state.durations(of: names, limit: 20)
        let run = try await Runner(surroundings).run(planned, options: options, telling: telling)
        guard !options.rehearse else { return Report(run: run, refreshes: []) }
        let slow = SlowStep.all(in: run, against: usual)
        try await note(slow, in: run)
        // The run has ended; a connection that is cut now must not make it look otherwise.
        if planned.plan.steps.contains(where: \.rebuilds) {
            try await surroundings.retrying { () async throws(PortFailure) in try await withdrawStale() }
        }
        var report = try await conclude(run, planned.plan.target, options)
        report.deliveries = planned.deliveries + report.deliveries
        report.slow = slow
        return report
    }

    private func note(_ slow: [SlowStep], in run: RunRecord) async throws(PortFailure) {
        guard !slow.isEmpty else { return }
        try await surroundings.state.record(
            slow.map { found in
                .stepSaid(
                    run.id, asset: found.step.asset, interval: found.step.interval,
                    text: "slow: \(Int(found.seconds)) s, usually at most \(Int(found.usual.rounded(.up))) s")
            }, at: surroundings.clock.now())
    }

    /// What follows a run: consumers are refreshed, SQL users told what is owed, occurrences judged, people told.
    func conclude(
        _ run: RunRecord, _ target: RunTarget, _ options: RunOptions
    ) async throws(PortFailure) -> Report {
        let assets = target.assets
        let refreshes = try await surroundings.retrying { () async throws(PortFailure) in
            try await Refreshing(surroundings).refresh(after: assets)
        }
        try await surroundings.retrying { () async throws(PortFailure) in
            try await Board(surroundings).publish(after: assets)
        }
        let incidents = try await surroundings.retrying { () async throws(PortFailure) in
            try await IncidentDesk(surroundings).review(after: assets).map(\.incident)
        }
        let deliveries = try await surroundings.retrying { () async throws(PortFailure) in
            try await OutcomeDesk(surroundings).judge()
            return options.delivers ? try await Postman(surroundings).deliver() : []
        }
        return Report(run: run, refreshes: refreshes, deliveries: deliveries, incidents: incidents)
    }

    /// Tells whoever owns recovery that nothing could be begun, as far as that can be told.
    private func tell(of failure: PortFailure, ending target: RunTarget, _ options: RunOptions) async {
        guard failure.isBlindness else { return }
        do throws(PortFailure) {
            try await IncidentDesk(surroundings).report(failure, ending: target)
            try await OutcomeDesk(surroundings).judge()
            if options.delivers { _ = try await Postman(surroundings).deliver() }
        } catch {
            surroundings.logger.warning("nobody could be told", metadata: ["why": "\(error.description)"])
        }
    }

    /// Notes a deadline that passed unseen, before the run mends it; says whether there is anything to tell.
    private func noteWhatIsLate(_ target: RunTarget) async throws(PortFailure) -> Bool {
        try await IncidentDesk(surroundings).review(after: target.assets).contains { $0.event != nil }
    }

    /// Sends what is told before it is mended. What was lost is told at once, also by a service: mended within seconds, it
    /// would be no news any more, and nobody would hear that what they had read was not so.
    private func deliver(
        _ options: RunOptions, isLate: Bool, hasNews: Bool
    ) async throws(PortFailure) -> [Postman.Delivery] {
        guard !options.rehearse, hasNews || isLate && options.delivers else { return [] }
        return try await Postman(surroundings).deliver()
    }

    /// Withdraws what rests on slices that were made anew, so that SQL users hear the same as those who ask the gate.
    private func withdrawStale() async throws(PortFailure) {
        let world = try await World.read(surroundings)
        let now = surroundings.clock.now()
        for (id, why) in world.lineage.staleness().sorted(by: { $0.key < $1.key }) {
            try await surroundings.warehouse.withdraw([id], why: why, at: now)
            guard let certificate = world.lineage.certificates[id] else { continue }
            try await surroundings.record(.certificateSeen(certificate.withdrawn(at: now, why: why)))
        }
    }
}
