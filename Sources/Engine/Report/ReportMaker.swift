public import SuretyCore

/// Gathers what was recorded of a week, and makes its report.
public struct ReportMaker: Sendable {
    private let surroundings: Surroundings

    /// A maker in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// The week that a label such as `2026-W47` names; without one the last that is over.
    public func week(_ label: String?) throws(PortFailure) -> DataInterval {
        let weeks = Cadence(.week, in: surroundings.catalog.project.zone)
        let now = surroundings.clock.now()
        let named = label.map { weeks.interval(labelled: $0) } ?? weeks.interval(endingAtOrBefore: now)
        guard let week = named else {
            throw PortFailure(.refused, "`\(label ?? "")` is no week", hint: "Write it like 2026-W47.")
        }
        guard week.start <= now else {
            throw PortFailure(.refused, "\(week) has not begun", hint: "A report is of a week that has.")
        }
        return week
    }

    /// The report of a week. What is due is judged first; the proposals of the week before are carried over.
    public func report(of week: DataInterval) async throws(PortFailure) -> WeeklyReport {
        let now = surroundings.clock.now()
        try await OutcomeDesk(surroundings).judge()
        let world = try await World.read(surroundings)
        return try await report(of: week, world, generatedAt: now, after: Self.carried)
    }

    /// How many earlier weeks are looked at for what is still to be done.
    private static let carried = 4

    /// The report of a week after those of so many weeks before it, from which actions are carried over.
    private func report(
        of week: DataInterval, _ world: World, generatedAt: Instant, after weeks: Int
    ) async throws(PortFailure) -> WeeklyReport {
        let facts = try await facts(of: week, world, generatedAt: generatedAt)
        guard weeks > 0,
            let before = Cadence(.week, in: week.zone).interval(endingAtOrBefore: week.start)
        else { return WeeklyReport(facts) }
        let earlier = try await report(of: before, world, generatedAt: before.end, after: weeks - 1)
        return WeeklyReport(facts, after: earlier)
    }

    private func facts(
        of week: DataInterval, _ world: World, generatedAt: Instant
    ) async throws(PortFailure) -> ReportFacts {
        let state = surroundings.state
        let definition = surroundings.identities.digest(surroundings.declarations)
        var facts = ReportFacts(
            week: week, generatedAt: generatedAt, catalog: surroundings.catalog, definition: definition)
        let quarter = facts.weeksBeforeEnd(WeeklyReport.Budget.weeks)
        facts.occurrences = try await state.occurrences(from: quarter, to: week.end)
            .filter { $0.deadline <= facts.asOf }
        facts.mended = mended(facts.occurrences, world)
        facts.incidents = try await state.incidents(endedSince: facts.weeksBeforeEnd(9))
            .filter { $0.openedAt < facts.asOf && !$0.root.isAlarm }
        let lately = facts.fourWeeksAgo.adding(seconds: -86_400)
        facts.facts = try await state.facts(of: ReportFacts.kinds, from: lately, to: facts.asOf)
        facts.runs = try await state.runs(from: lately, to: facts.asOf)
        facts.gateAnswers = try await state.facts(of: [.gateAnswered], from: week.start, to: facts.asOf)
        for consumer in surroundings.catalog.consumersInOrder {
            let last = try await state.gateAnswer(of: consumer.id, before: week.start)
            facts.gatesBefore[consumer.id] = last?.answer.isOpen
        }
        let showings = try await state.showings(since: quarter)
        facts.refreshes = showings.map(\.mark)
        facts.refreshedAt = showings.compactMap(\.endedAt)
        let sources = world.catalog.assetsInOrder.filter(\.isInflow)
        facts.sources = sources.flatMap { world.lineage.certificates.all(of: $0.name) }
            .filter { $0.certifiedAt < facts.asOf }
        facts.missing = missing(world, asOf: facts.asOf)
        return facts
    }

    /// When what occurrences lost certificates of was certified again.
    private func mended(_ records: [OccurrenceRecord], _ world: World) -> [Occurrence.Key: Instant] {
        let restated = records.filter { $0.restatedAt != nil }
        guard !restated.isEmpty else { return [:] }
        let certificates = world.lineage.certificates
        let judge = OutcomeJudge(
            certificates.order.compactMap { certificates[$0] }, of: world.catalog.assets, showings: [:])
        var mended: [Occurrence.Key: Instant] = [:]
        for record in restated {
            guard let at = record.restatedAt, let promise = world.catalog.promises[record.promise],
                let occurrence = world.occurrences(of: promise).occurrence(dueAt: record.deadline)
            else { continue }
            mended[record.key] = judge.mendedAt(occurrence, from: at)
        }
        return mended
    }

    /// What every promise owed up to an instant and had not certified then.
    private func missing(_ world: World, asOf instant: Instant) -> [AssetName: [DataInterval]] {
        let lineage = instant < world.now ? world.lineage.asOf(instant) : world.lineage
        let planner = Planner(lineage: lineage) { [surroundings] in surroundings.definition(of: $0) }
        var missing: [AssetName: Set<DataInterval>] = [:]
        for promise in world.catalog.promisesInOrder where !promise.experiment {
            let calendar = world.occurrences(of: promise)
            for (asset, intervals) in calendar.owed(upTo: instant) {
                let open = intervals.filter { !planner.isCurrent(StepKey(asset, .interval($0))) }
                // What is not due yet is nobody's backlog.
                let due = open.filter { interval in
                    calendar.occurrence(owing: interval, of: asset).map { $0.deadline <= instant } ?? true
                }
                if !due.isEmpty { missing[asset, default: []].formUnion(due) }
            }
        }
        return missing.mapValues { $0.sorted() }
    }
}
