extension WeeklyReport.ActionLine {
    /// What should be done, from last week and this one: overdue, open, closed.
    static func all(_ facts: ReportFacts, _ report: WeeklyReport, after earlier: WeeklyReport?) -> [Self] {
        let zone = facts.week.zone
        // The Friday after the week.
        let due = zone.civil(of: facts.week.end).date.adding(days: 4)
        let proposed = Proposals(facts: facts, report: report, due: due).all
        let ids = Set(proposed.map(\.id))
        let carried = (earlier?.actions ?? []).filter { $0.status != .closed }
        let today = zone.civil(of: facts.generatedAt).date
        let kept = proposed.map { action in
            guard let before = carried.first(where: { $0.id == action.id }) else { return action }
            var copy = action
            copy.due = before.due
            copy.status = before.due < today ? .overdue : .open
            return copy
        }
        let closed = carried.filter { !ids.contains($0.id) }.map { action in
            var copy = action
            copy.status = .closed
            return copy
        }
        let order = Status.allCases
        return (kept + closed).enumerated().sorted {
            (order.firstIndex(of: $0.element.status) ?? 0, $0.offset)
                < (order.firstIndex(of: $1.element.status) ?? 0, $1.offset)
        }.map(\.element)
    }
}

/// The rules that propose what should be done.
private struct Proposals {
    let facts: ReportFacts
    let report: WeeklyReport
    let due: CivilDate

    var all: [WeeklyReport.ActionLine] {
        sourceChanges + budgets + repeats + alerts + overrides + owners + backfills + manual
    }

    private func action(
        _ id: String, _ owner: OwnerID?, _ text: String, _ from: WeeklyReport.Question
    ) -> WeeklyReport.ActionLine {
        WeeklyReport.ActionLine(id: id, owner: owner, due: due, text: text, from: from, status: .open)
    }

    private var sourceChanges: [WeeklyReport.ActionLine] {
        report.sourceChanges.filter { $0.handledBy == nil }.map { change in
            let broken = change.promises.map(\.rawValue).joined(separator: ", ")
            return action(
                "source:\(change.source):\(change.detail)", facts.catalog.recoveryOwner(of: change.source),
                "Handle the change of \(change.source): \(change.detail)"
                    + (broken.isEmpty ? "" : "; it can break \(broken)"), .q3)
        }
    }

    private var budgets: [WeeklyReport.ActionLine] {
        report.promises.filter { !$0.isExperiment }.compactMap { line in
            if line.budget.isExhausted {
                return action(
                    "budget:\(line.id)", line.owner,
                    "Make \(line.id) reliable again: \(line.budget.used) of \(line.budget.occurrences) were not kept, "
                        + "\(line.budget.allowed) may be", .q1)
            }
            guard let runway = line.trend?.runway, runway < 10 else { return nil }
            return action(
                "runway:\(line.id)", line.owner,
                "Make \(line.id) faster: its margin is gone after about \(Int(runway)) more", .q1)
        }
    }

    /// The same root twice in four weeks.
    private var repeats: [WeeklyReport.ActionLine] {
        let recent = facts.incidents.filter {
            !$0.isExperiment && $0.openedAt >= facts.fourWeeksAgo && $0.openedAt < facts.week.end
        }
        return Dictionary(grouping: recent, by: \.root).sorted { $0.key < $1.key }.compactMap { root, all in
            guard all.count >= 2, all.contains(where: { facts.isInWeek($0.openedAt) }) else { return nil }
            return action(
                "repeat:\(root)", all.last?.cause.owner,
                "Fix what keeps coming back at \(root.asset): \(all.count) times in four weeks, last "
                    + "\(all.last?.cause.message ?? "")", .q1)
        }
    }

    private var alerts: [WeeklyReport.ActionLine] {
        var actions: [WeeklyReport.ActionLine] = []
        let figures = report.alerts
        if figures.noise > figures.actionable, figures.rated * 2 >= figures.incidents, figures.rated > 0 {
            actions.append(
                action(
                    "noise", nil,
                    "Quieten the noisiest checks: \(figures.noise) of \(figures.rated) were noise", .q2))
        }
        if figures.failures > 0 {
            actions.append(
                action(
                    "delivery", nil, "Repair the channels: \(figures.failures) messages were not delivered",
                    .q2))
        }
        return actions
    }

    private var overrides: [WeeklyReport.ActionLine] {
        var seen: Set<String> = []
        return report.consumers.flatMap(\.overrides).filter { seen.insert($0.place + $0.reason).inserted }.map
        {
            action(
                "override:\($0.place)", OwnerID(rawValue: $0.by),
                "Look at what was accepted at \($0.place): \($0.reason)", .q4)
        }
    }

    private var owners: [WeeklyReport.ActionLine] {
        report.ownership.filter { $0.tier != .three }.map { line in
            let flags = line.flags.map { $0.rawValue.replacing("_", with: " ") }.joined(separator: ", ")
            return action(
                "owner:\(line.subject)", line.owner, "Mend the ownership of \(line.subject): \(flags)", .q5)
        }
    }

    private var backfills: [WeeklyReport.ActionLine] {
        report.backfills.filter { $0.oldestDays > 7 }.map {
            action("backfill:\($0.asset)", $0.owner, "Run \($0.command)", .q6)
        }
    }

    private var manual: [WeeklyReport.ActionLine] {
        report.manualSteps.compactMap { line in
            guard line.count >= 3, let suggestion = line.suggestion else { return nil }
            let kind = line.kind.rawValue.replacing("_", with: " ")
            let owner =
                facts.catalog.promises[PromiseID(rawValue: line.subject)]?.owner
                ?? AssetName(line.subject).flatMap { facts.catalog.recoveryOwner(of: $0) }
            return action(
                "manual:\(line.kind.rawValue):\(line.subject)", owner,
                "\(line.subject), \(kind) \(line.count) times in four weeks: \(suggestion)", .q7)
        }
    }
}
