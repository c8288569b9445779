extension WeeklyReport.ConsumerLine {
    /// A line for each consumer that a promise serves, in order of id.
    static func all(_ facts: ReportFacts) -> [Self] {
        facts.catalog.consumersInOrder.filter { !facts.catalog.promises(serving: $0.id).isEmpty }
            .map { Self($0, facts) }
    }

    private init(_ consumer: Consumer, _ facts: ReportFacts) {
        let exposed = Exposure(of: consumer, facts)
        let views = facts.facts.compactMap { memory -> (at: Instant, count: Int)? in
            guard case .consumerViewed(consumer.id, let at, let count) = memory.fact else { return nil }
            return (at, count)
        }
        let own = views.filter { facts.isInWeek($0.at) }
        let upstream = Set(facts.catalog.upstream(of: facts.catalog.assets(concerning: consumer)))
        let overrides = facts.facts.compactMap { memory -> Override? in
            guard case .checkAccepted(let acceptance) = memory.fact, facts.isInWeek(memory.at),
                upstream.contains(acceptance.asset)
            else { return nil }
            return Override(
                by: acceptance.by, reason: acceptance.reason, at: memory.at,
                place: acceptance.interval.map { "\(acceptance.asset) \($0)" }
                    ?? acceptance.asset.description)
        }
        self.init(
            id: consumer.id, name: consumer.name, exposureMinutes: exposed.minutes,
            staleViews: views.isEmpty
                ? nil : own.filter { exposed.contains($0.at) }.reduce(0) { $0 + $1.count },
            views: views.isEmpty ? nil : own.reduce(0) { $0 + $1.count },
            heldBack: Self.closings(of: consumer.id, facts), overrides: overrides)
    }

    /// How often a gate's answer became `closed` in the week; one that was closed before and stays so did not.
    private static func closings(of consumer: ConsumerID, _ facts: ReportFacts) -> Int {
        var wasOpen = facts.gatesBefore[consumer] ?? true
        var count = 0
        for memory in facts.gateAnswers {
            guard case .gateAnswered(let answer) = memory.fact, answer.consumer == consumer else { continue }
            if wasOpen, !answer.isOpen { count += 1 }
            wasOpen = answer.isOpen
        }
        return count
    }
}

/// When in the week a consumer showed older data than owed, or data that was not true any more.
private struct Exposure {
    /// Spans that do not touch, ascending.
    private var spans: [(from: Instant, to: Instant)] = []

    init(of consumer: Consumer, _ facts: ReportFacts) {
        let promises = Set(facts.catalog.promises(serving: consumer.id).filter { !$0.experiment }.map(\.id))
        var found: [(from: Instant, to: Instant)] = []
        // When each promise was shown next: what is missed is exposed until a later occurrence is shown.
        var next: [PromiseID: Instant] = [:]
        for record in facts.occurrences.reversed() where promises.contains(record.promise) {
            switch record.outcome {
            case .late, .missed, .unknown:
                let end =
                    record.shownAt ?? next[record.promise].map { max($0, record.deadline) } ?? facts.asOf
                found.append((record.deadline, end))
            case .kept, .keptWithWarnings, .waived: break
            }
            if let shown = record.shownAt {
                next[record.promise] = min(shown, next[record.promise] ?? shown)
            }
            guard let restated = record.restatedAt else { continue }
            found.append((restated, Self.mended(record, consumer, facts) ?? facts.asOf))
        }
        for span in found.sorted(by: { $0.from < $1.from }) {
            let from = max(span.from, facts.week.start)
            let to = min(span.to, facts.asOf)
            guard from < to else { continue }
            if let last = spans.last, from <= last.to {
                spans[spans.count - 1].to = max(last.to, to)
            } else {
                spans.append((from, to))
            }
        }
    }

    /// When what an occurrence rests on was made anew and, where something refreshes the consumer, shown by it.
    private static func mended(
        _ record: OccurrenceRecord, _ consumer: Consumer, _ facts: ReportFacts
    ) -> Instant? {
        guard let mended = facts.mended[record.key], consumer.refresh != nil else {
            return facts.mended[record.key]
        }
        return zip(facts.refreshes, facts.refreshedAt).first { $0.consumer == consumer.id && $1 >= mended }?.1
    }

    /// The time in whole minutes, rounded up.
    var minutes: Int {
        Int((spans.reduce(0) { $0 + $1.to.milliseconds(since: $1.from) } + 59_999) / 60_000)
    }

    func contains(_ instant: Instant) -> Bool { spans.contains { $0.from <= instant && instant < $0.to } }
}
