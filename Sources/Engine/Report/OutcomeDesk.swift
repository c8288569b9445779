public import SuretyCore

/// Judges the occurrences of a project and writes down how they ended, whether anything ran or not.
public struct OutcomeDesk: Sendable {
    private let surroundings: Surroundings

    /// The desk of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Judges every occurrence whose deadline passed since it was last looked at, and those still open, and marks
    /// those whose certificates were withdrawn since; returns what changed.
    ///
    /// Occurrences that were due before the store first saw their promise are nobody's fault and are left alone. A
    /// warehouse that cannot be read makes those that are due `unknown`, until it can.
    @discardableResult
    public func judge() async throws(PortFailure) -> [OccurrenceRecord] {
        do throws(PortFailure) {
            return try await judge(try await World.read(surroundings))
        } catch  where error.isBlindness {
            return try await record(unknown(because: error))
        }
    }

    func judge(_ world: World) async throws(PortFailure) -> [OccurrenceRecord] {
        let state = surroundings.state
        let newest = try await state.newestJudged()
        let open = try await state.openOccurrences()
        let oldest = world.watchedSince
        let judged = try await state.occurrences(from: oldest, to: world.now)
        let firstDue = (newest.values + open.map(\.deadline) + Array(world.promisesSeen.values)).min()
        let judge = OutcomeJudge(
            world.lineage.certificates.order.compactMap { world.lineage.certificates[$0] },
            of: world.catalog.assets,
            showings: try await showings(since: min(firstDue ?? oldest, oldest)))
        var changed: [OccurrenceRecord] = []
        for promise in world.catalog.promisesInOrder {
            let calendar = world.occurrences(of: promise)
            let waivers = try await state.waivers(of: promise.id)
            let from =
                newest[promise.id]?.adding(milliseconds: 1) ?? world.promisesSeen[promise.id] ?? world.now
            let due = calendar.all(from: from, to: world.now.adding(milliseconds: 1))
            let again = open.filter { $0.promise == promise.id }
            let known = Dictionary(again.map { ($0.deadline, $0) }) { $1 }
            let all = again.compactMap { calendar.occurrence(dueAt: $0.deadline) } + due
            for (number, occurrence) in all.enumerated() {
                let next =
                    number >= again.count && number + 1 < all.count
                    ? all[number + 1].deadline : calendar.next(after: occurrence.deadline)?.deadline
                let waiver = occurrence.lastInterval.flatMap { waivers[$0.description] }
                guard
                    let record = judge.judge(
                        occurrence, serving: promise.serves, sources: world.sources(of: occurrence),
                        next: next,
                        waiver: waiver, at: world.now)
                else { continue }
                if let change = record.change(of: known[occurrence.deadline]) { changed.append(change) }
            }
            changed += judged.filter { $0.promise == promise.id }.compactMap { restated($0, calendar, judge) }
        }
        return try await record(changed)
    }

    /// A judged occurrence with the withdrawal that it suffered; nil if it suffered none that is not known.
    private func restated(
        _ record: OccurrenceRecord, _ calendar: OccurrenceCalendar, _ judge: OutcomeJudge
    ) -> OccurrenceRecord? {
        guard record.isFinal, record.restatedAt == nil,
            let occurrence = calendar.occurrence(dueAt: record.deadline),
            let at = judge.brokenAt(record, occurrence)
        else { return nil }
        var restated = record
        restated.restatedAt = at
        return restated
    }

    private func record(_ records: [OccurrenceRecord]) async throws(PortFailure) -> [OccurrenceRecord] {
        try await surroundings.state.record(
            records.map { .occurrenceJudged($0) }, at: surroundings.clock.now())
        return records
    }

    /// The refreshes of each consumer that has one, none included.
    private func showings(since: Instant) async throws(PortFailure) -> [ConsumerID: [OutcomeJudge.Showing]] {
        var showings: [ConsumerID: [OutcomeJudge.Showing]] = [:]
        for consumer in surroundings.catalog.consumersInOrder where consumer.refresh != nil {
            showings[consumer.id] = []
        }
        for memory in try await surroundings.state.showings(since: since) {
            guard let at = memory.endedAt else { continue }
            showings[memory.mark.consumer]?.append(
                OutcomeJudge.Showing(at: at, certificates: Set(memory.mark.certificates)))
        }
        return showings
    }

    /// What is due, unjudged, and cannot be judged.
    private func unknown(because failure: PortFailure) async throws(PortFailure) -> [OccurrenceRecord] {
        let now = surroundings.clock.now()
        let seen = try await surroundings.state.promisesSeen()
        let newest = try await surroundings.state.newestJudged()
        return surroundings.catalog.promisesInOrder.flatMap { promise -> [OccurrenceRecord] in
            guard let firstSeen = seen[promise.id] else { return [] }
            let calendar = OccurrenceCalendar(
                promise: promise, assets: promise.needs.compactMap { surroundings.catalog.assets[$0] },
                firstSeen: firstSeen)
            let from = newest[promise.id]?.adding(milliseconds: 1) ?? firstSeen
            return calendar.all(from: from, to: now.adding(milliseconds: 1)).map { occurrence in
                var record = OccurrenceRecord(
                    promise: promise.id, deadline: occurrence.deadline,
                    through: occurrence.lastInterval?.description, outcome: .unknown, isFinal: false,
                    detectedAt: now)
                record.reason = failure.message
                return record
            }
        }
    }
}

extension OccurrenceRecord {
    /// What there is to write down, given what was known before; nil: nothing. It was found out when it was first seen.
    fileprivate func change(of earlier: OccurrenceRecord?) -> OccurrenceRecord? {
        guard let earlier, earlier.outcome != .unknown else { return self }
        var copy = self
        copy.detectedAt = earlier.detectedAt
        return copy == earlier ? nil : copy
    }
}

extension World {
    /// What an occurrence is made from that Surety does not make.
    func sources(of occurrence: Occurrence) -> [StepKey] {
        let owed = occurrence.owed.map { StepKey($0.asset, $0.slice) }
        return lineage.everything(behind: owed).filter { catalog.assets[$0.asset]?.build == nil }
    }
}
