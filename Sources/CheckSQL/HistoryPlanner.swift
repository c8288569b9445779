import SuretyCore

/// Plans what is asked about the earlier intervals of a table: one query for all of them, and one for where it begins.
struct HistoryPlanner {
    let terms: Terms
    let check: Check
    let filter: Fragment?
    let metric: Metric
    let relative: Relative

    /// What is asked, and the history that the answers tell of.
    struct Asked {
        var questions: [Question] = []
        let read: ([Answer]) throws(Misfit) -> History
    }

    func plan() throws(Misfit) -> Asked {
        guard let rule = terms.asset.interval, let interval = terms.slice.interval else {
            let history = History(
                recorded: recorded, before: terms.today, since: terms.asset.since, in: terms.zone)
            return Asked(read: { _ throws(Misfit) in history })
        }
        func intervals(steppingOver: Bool) -> [DataInterval] {
            relative.intervals(
                before: interval, of: rule.cadence, since: terms.asset.since, stepsOver: steppingOver)
        }
        // An interval without a certificate is no point of 0, whatever the metric.
        let remembered = History(
            recorded: recorded, of: intervals(steppingOver: true), before: interval)
        let intervals = intervals(steppingOver: metric.ofNothing == nil)
        switch check.scope {
        case .table, .last: return Asked(read: { _ throws(Misfit) in remembered })
        case nil, .interval: break
        }
        guard !intervals.isEmpty else { return Asked(read: { _ throws(Misfit) in remembered }) }
        let slots = IntervalSlots(terms: terms, column: try terms.column(rule.column), intervals: intervals)
        let query = HistoryQuery(terms: terms, filter: filter, slots: slots)
        let (question, values) = try query.plan(metric)
        return Asked(questions: [.own(try slots.firstQuery()), question]) { answers throws(Misfit) in
            let first = try slots.first(answers[0])
            // Without an earlier interval the table tells nothing of the past, as when each step rewrites it.
            guard first < intervals.count else { return remembered }
            return History(
                of: metric, in: intervals, from: first, values: try values(answers[1]), before: interval)
        }
    }

    /// What this very check observed with earlier certificates.
    private var recorded: [RecordedObservation] {
        (terms.context.recorded[check.id] ?? []).filter { $0.text.isExactly(check.text) }
    }
}
