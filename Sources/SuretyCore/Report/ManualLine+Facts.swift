extension WeeklyReport.ManualLine {
    /// What people did by hand in four weeks, most often first, and the declared steps whose instructions are nowhere.
    static func all(_ facts: ReportFacts) -> [Self] {
        struct Work: Hashable {
            let subject: String
            let kind: Kind
        }
        var counts: [Work: Int] = [:]
        func isRecent(_ instant: Instant) -> Bool {
            instant >= facts.fourWeeksAgo && instant < facts.week.end
        }
        for run in facts.runsByHand where isRecent(run.startedAt) {
            let kind: Kind = run.trigger == "backfill" ? .backfill : .manualRun
            counts[Work(subject: run.target, kind: kind), default: 0] += 1
        }
        for work in facts.handwork where isRecent(work.at) {
            counts[Work(subject: work.subject, kind: work.kind), default: 0] += 1
        }
        let done = counts.map { work, count in
            Self(
                subject: work.subject, kind: work.kind, count: count,
                suggestion: count >= 3 ? suggestion(work.kind, work.subject, facts) : nil)
        }
        return (done + undocumented(facts)).sorted {
            ($1.count, $0.subject, $0.kind.rawValue) < ($0.count, $1.subject, $1.kind.rawValue)
        }
    }

    private static func suggestion(_ kind: Kind, _ subject: String, _ facts: ReportFacts) -> String? {
        switch kind {
        case .manualRun:
            let starts = facts.catalog.promises[PromiseID(rawValue: subject)]?.starts ?? []
            return starts.isEmpty
                ? "declare a start, so that the service runs it" : "find out why its starts are not enough"
        case .backfill: return "find out why intervals have to be made again"
        case .acceptedCheck: return "change the check, or what it checks"
        case .waiver: return "declare the days on which nothing is owed"
        case .approval: return "find out whether the approval still catches anything"
        case .manualStep: return "automate it"
        case .undo: return "find out what has to be taken back"
        case .undocumentedStep: return "link the instructions"
        }
    }

    /// Steps by hand that neither link to instructions nor have recovery steps.
    private static func undocumented(_ facts: ReportFacts) -> [Self] {
        facts.path.compactMap { asset in
            guard case .manual(let work)? = asset.build?.work, !work.ask.contains("://"),
                asset.recovery.isEmpty
            else { return nil }
            return Self(
                subject: asset.name.description, kind: .undocumentedStep, count: 0,
                suggestion: "link the instructions in `ask`, or declare `recovery`")
        }
    }
}

extension Fact {
    /// What a person did something about by hand, and what they did; nil: it is no such fact.
    var subjectByHand: (subject: String, kind: WeeklyReport.ManualLine.Kind)? {
        if case .checkAccepted(let acceptance) = self {
            return (acceptance.asset.description, .acceptedCheck)
        }
        if case .occurrenceWaived(let promise, _, _, _) = self { return (promise.rawValue, .waiver) }
        if case .manualDone(let asset, _, _) = self { return (asset.description, .manualStep) }
        if case .effectUndone(_, let asset, _, _) = self { return (asset.description, .undo) }
        return nil
    }
}
