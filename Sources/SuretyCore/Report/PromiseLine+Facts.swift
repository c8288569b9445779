extension WeeklyReport.PromiseLine {
    /// A line for each promise that had an occurrence in the week, those that matter most first, experiments last.
    static func all(_ facts: ReportFacts) -> [Self] {
        let records = Dictionary(grouping: facts.occurrences, by: \.promise)
        let lines = facts.catalog.promisesInTierOrder.compactMap { promise -> Self? in
            guard let own = records[promise.id], own.contains(where: { facts.isInWeek($0.deadline) }) else {
                return nil
            }
            return Self(promise, own, facts)
        }
        return lines.filter { !$0.isExperiment } + lines.filter(\.isExperiment)
    }

    private init(_ promise: Promise, _ records: [OccurrenceRecord], _ facts: ReportFacts) {
        let own = records.filter { facts.isInWeek($0.deadline) }.map { $0.tellingOfLateWaivers(in: facts) }
        let margins = own.compactMap(\.marginSeconds)
        let last = records.compactMap(\.marginSeconds).suffix(20)
        self.init(
            id: promise.id, sentence: promise.sentence, owner: promise.owner, tier: promise.tier,
            isExperiment: promise.experiment, zone: promise.deadline.zone, occurrences: own,
            incidents: Self.incidents(own, facts), budget: WeeklyReport.Budget(records),
            margin: margins.median.map { median in
                WeeklyReport.Margin(
                    median: median, worst: margins.min() ?? median, count: margins.count,
                    tenth: margins.count >= 10 ? Statistics.percentile(10, of: margins) : nil,
                    last: Array(last))
            },
            trend: WeeklyReport.Trend(Array(last)))
    }

    /// For each occurrence that was not kept, the incident that concerned its promise between deadline and showing.
    private static func incidents(
        _ records: [OccurrenceRecord], _ facts: ReportFacts
    ) -> [Instant: IncidentID] {
        var found: [Instant: IncidentID] = [:]
        for record in records {
            guard !record.isKept, record.outcome != .waived else { continue }
            let end = record.shownAt ?? facts.asOf
            let concerned = facts.incidents.filter { incident in
                incident.promises.contains(record.promise) && incident.openedAt <= end
                    && (incident.resolvedAt.map { $0 >= record.deadline } ?? true)
            }
            found[record.deadline] =
                concerned.min { ($0.severity, $0.openedAt) < ($1.severity, $1.openedAt) }?.id
        }
        return found
    }
}

extension OccurrenceRecord {
    /// The same, saying who let it go after its deadline and why, if nothing else is said of it.
    fileprivate func tellingOfLateWaivers(in facts: ReportFacts) -> OccurrenceRecord {
        guard reason == nil, !isKept, outcome != .waived, let through else { return self }
        for memory in facts.facts where memory.at >= deadline {
            guard case .occurrenceWaived(promise, through, let person, let why) = memory.fact else {
                continue
            }
            var told = self
            told.reason = "waived by \(person) after the deadline: \(why)"
            return told
        }
        return self
    }
}

extension WeeklyReport.Budget {
    /// What the last weeks' occurrences used; waived ones do not count.
    init(_ records: [OccurrenceRecord]) {
        let counted = records.filter { $0.outcome != .waived }
        self.init(
            occurrences: counted.count, allowed: Int((1 - Self.target) * Double(counted.count) + 1e-9),
            used: counted.count { !$0.isKept }, failedOfLastFive: counted.suffix(5).count { !$0.isKept })
    }
}

extension WeeklyReport.Trend {
    /// The trend of margins; nil unless chance alone seldom (below 5 %) shows as much.
    init?(_ margins: [Double]) {
        let chance = Statistics.chance(margins)
        guard chance < 0.05, let slope = Statistics.slope(margins), slope != 0 else { return nil }
        let median = margins.median ?? 0
        self.init(slope: slope, chance: chance, runway: slope < 0 ? max(0, median / -slope) : nil)
    }
}
