extension WeeklyReport {
    /// The report that follows from facts; the same facts give the same report.
    ///
    /// - Parameter earlier: The report of the week before, whose proposals are carried over.
    public init(_ facts: ReportFacts, after earlier: WeeklyReport? = nil) {
        let incidents = IncidentLine.all(facts)
        self.init(
            project: facts.catalog.project.name, week: facts.week.description, zone: facts.week.zone,
            from: facts.week.start, to: facts.week.end, generatedAt: facts.generatedAt,
            definition: facts.definition, promises: PromiseLine.all(facts),
            restated: facts.occurrences.filter { record in
                record.deadline < facts.week.start && record.restatedAt.map(facts.isInWeek) ?? false
            },
            incidents: incidents, alerts: AlertFigures(facts, incidents),
            watchedSources: facts.path.count(where: \.isInflow), sourceChanges: SourceChange.all(facts),
            consumers: ConsumerLine.all(facts), ownership: OwnershipLine.all(facts),
            backfills: BackfillLine.all(facts),
            backfillsDone: facts.runsByHand.count {
                $0.trigger == "backfill" && facts.isInWeek($0.startedAt)
            },
            manualSteps: ManualLine.all(facts), coverage: Coverage(facts), actions: [])
        actions = ActionLine.all(facts, self, after: earlier)
    }
}

extension WeeklyReport.Coverage {
    /// The assets on the way to promises, and those with checks of volume, freshness and keys.
    init(_ facts: ReportFacts) {
        let path = facts.path
        self.init(assets: path.count, checked: path.count(where: \.isCheckedWell))
    }
}

extension Asset {
    /// Whether its checks ask how many rows there are, how fresh they are, and whether keys are there or distinct.
    fileprivate var isCheckedWell: Bool {
        let bodies = (ready + stop + warn).map(\.body)
        let asksVolume = bodies.contains { body in
            switch body {
            case .metric(.rows, _), .relative(.rows, _), .cross(.rows, _, _): true
            case .metric, .relative, .cross, .row, .schema, .fresh, .noGaps, .sql, .insideInterval: false
            }
        }
        let asksFreshness = bodies.contains { body in
            if case .fresh = body { true } else { false }
        }
        let asksKeys = bodies.contains { body in
            switch body {
            case .metric(.duplicates, _), .metric(.missing, _), .row(.unique), .row(.notNull): true
            case .metric, .row, .relative, .cross, .schema, .fresh, .noGaps, .sql, .insideInterval: false
            }
        }
        return asksVolume && asksFreshness && asksKeys
    }
}
