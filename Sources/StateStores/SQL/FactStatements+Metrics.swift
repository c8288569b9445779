import SuretyCore

/// What facts add to the numbers that the metrics tell.
extension FactStatements {
    /// What the checks of a step that ended add to what they said before.
    func tallies(of step: StepRecord) -> [StateStatement] {
        guard step.state.isEnd, !step.kept else { return [] }
        return step.checks.map { result in
            StateStatement(
                """
                insert into check_tallies (asset, name, verdict, asked) values ($1, $2, $3, 1)
                on conflict (asset, name, verdict) do update set asked = check_tallies.asked + 1
                """,
                [.asset(step.asset), .text(result.id.rawValue), .text(result.verdict.rawValue)])
        }
    }

    /// What the checks of a step that ended observed, where that is a number.
    func values(of step: StepRecord) -> [StateStatement] {
        guard step.state.isEnd, !step.kept else { return [] }
        return step.checks.compactMap { result in
            guard let observed = result.observedNumber, observed.isFinite else { return nil }
            return StateStatement(
                """
                insert into check_values (asset, name, observed) values ($1, $2, $3)
                on conflict (asset, name) do update set observed = excluded.observed
                """, [.asset(step.asset), .text(result.id.rawValue), .text("\(observed)")])
        }
    }

    /// What a run that has just ended adds to how long its target's runs took.
    func duration(of run: RunID) -> StateStatement {
        let bounds = RunDurations.bounds.map { "when took <= \($0 * 1000) then \($0)" }.joined(separator: " ")
        return StateStatement(
            """
            insert into run_durations (target, bound, runs, milliseconds)
            select target, case \(bounds) else 0 end, 1, took from (
              select target, case when ended_at > started_at then ended_at - started_at else 0 end as took
              from runs where id = $1) as ended
            where true
            on conflict (target, bound) do update set runs = run_durations.runs + 1,
              milliseconds = run_durations.milliseconds + excluded.milliseconds
            """, [.text(run.rawValue)])
    }
}
