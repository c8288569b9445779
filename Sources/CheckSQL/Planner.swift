import SuretyCore

/// Plans what is asked for each check of a round.
struct Planner {
    let terms: Terms
    /// The tables that checks refer to, those that exist.
    let others: [AssetName: TableInfo]

    /// A check that is proved is planned all the same, so that one that cannot be asked stays an error.
    func plan(_ check: Check, judge: Judge) throws(Misfit) -> Plan {
        let filter = try check.filter.map { text throws(Misfit) in try terms.condition(written: text) }
        var plan = try reading(check, filter, judge)
        if !SteadyCheck.holds(of: check, in: terms) { plan.questions = plan.questions.map(\.read) }
        plan.basis = check.basis(in: terms)
        if let column = check.body.concealed(of: terms.asset, elsewhere: terms.context.privateColumns) {
            let judged = plan.judge
            plan.judge = { answers throws(Misfit) in
                try judged(answers).concealing(column, of: check.body)
            }
        }
        return try ProofPlanner(terms: terms, filter: filter, judge: judge).plan(check) ?? plan
    }

    private func reading(_ check: Check, _ filter: Fragment?, _ judge: Judge) throws(Misfit) -> Plan {
        switch check.body {
        case .metric(let metric, let comparison):
            return try metricPlan(check, metric, comparison, filter, judge)
        case .relative(let metric, let relative):
            return try relativePlan(check, metric, relative, filter, judge)
        case .row(let rule): return try rowPlan(check, rule, filter, judge)
        case .schema(let rule):
            return .settled(judge.schema(rule, of: terms.table.shape, baseline: terms.context.baseline))
        case .fresh(let column, let period):
            guard terms.context.isNewest else {
                return .settled(judge.verdict(.notRun, why: terms.context.notNewestWhy))
            }
            let planner = FreshPlanner(terms: terms, filter: filter, scope: check.scope ?? .table)
            let asked = try planner.plan(column)
            return Plan(questions: asked.questions, further: asked.further) { answers throws(Misfit) in
                judge.fresh(try asked.measure(answers), within: period, now: terms.context.now)
            }
        case .noGaps(let column, let unit):
            let (questions, measure) = try GapPlanner(terms: terms, filter: filter, scope: check.scope)
                .plan(column, by: unit)
            return Plan(questions: questions) { answers throws(Misfit) in judge.gaps(try measure(answers)) }
        case .cross(let metric, let comparison, let other):
            return try crossPlan(check, metric, comparison, other, filter, judge)
        case .sql(let text, let expectation):
            return try QueryPlanner(terms: terms, judge: judge).plan(text, expectation)
        case .insideInterval:
            return .settled(judge.verdict(.notRun, why: "only a step knows which rows it wrote"))
        }
    }

    private func metricPlanner(_ check: Check, _ filter: Fragment?) -> MetricPlanner {
        MetricPlanner(
            terms: terms, filter: filter, scope: check.scope ?? .interval,
            comparesWithTable: check.scope == nil, shown: sampleColumns(check) ?? [])
    }

    private func metricPlan(
        _ check: Check, _ metric: Metric, _ comparison: Comparison, _ filter: Fragment?, _ judge: Judge
    ) throws(Misfit) -> Plan {
        let bound = try terms.bound(comparison)
        let metric = try metricPlanner(check, filter).plan(metric)
        var plan = Plan(questions: metric.questions, further: metric.further) { answers throws(Misfit) in
            judge.metric(try metric.measure(answers), bound)
        }
        if let shown = metric.shown, let columns = sampleColumns(check) {
            plan.samples = Samples(columns: columns, source: .answer(shown))
        } else if let offending = metric.offending {
            plan.samples = try samples(check, filter, offending)
            if metric.isLocal { plan.broken = try broken(check, filter, offending) }
        }
        return plan
    }

    private func relativePlan(
        _ check: Check, _ metric: Metric, _ relative: Relative, _ filter: Fragment?, _ judge: Judge
    ) throws(Misfit) -> Plan {
        // Surplus rows are told within each interval, as they are of the earlier ones.
        let present = try MetricPlanner(
            terms: terms, filter: filter, scope: check.scope ?? .interval, comparesWithTable: false
        ).plan(metric)
        let history = try HistoryPlanner(
            terms: terms, check: check, filter: filter, metric: metric, relative: relative
        ).plan()
        let own = present.questions.count
        let first = own + history.questions.count
        return Plan(
            questions: present.questions + history.questions,
            further: { answers throws(Misfit) in try present.further(Array(answers[..<own])) },
            judge: { answers throws(Misfit) in
                judge.relative(
                    try present.measure(Array(answers[..<own] + answers[first...])), of: metric, relative,
                    try history.read(Array(answers[own..<first])))
            })
    }

    private func rowPlan(
        _ check: Check, _ rule: RowRule, _ filter: Fragment?, _ judge: Judge
    ) throws(Misfit) -> Plan {
        let planner = RowPlanner(
            terms: terms, filter: filter, scope: check.scope ?? .interval,
            comparesWithTable: check.scope == nil, others: others, shown: sampleColumns(check) ?? [])
        let asked = try planner.plan(rule)
        var plan = Plan(questions: asked.questions, further: asked.further) { answers throws(Misfit) in
            judge.rows(try asked.measure(answers))
        }
        if let shown = asked.shown, let columns = sampleColumns(check) {
            plan.samples = Samples(columns: columns, source: .answer(shown))
        } else if let offending = asked.offending {
            plan.samples = try samples(check, filter, offending)
            if asked.isLocal { plan.broken = try broken(check, filter, offending) }
        } else if let query = asked.samples, let columns = sampleColumns(check) {
            plan.samples = Samples(columns: columns, source: .query(query(columns)))
        }
        return plan
    }

    private func crossPlan(
        _ check: Check, _ metric: Metric, _ comparison: CrossComparison, _ other: CrossMetric,
        _ filter: Fragment?, _ judge: Judge
    ) throws(Misfit) -> Plan {
        guard let table = others[other.table] else {
            throw Misfit("there is no table \(other.table)", "42P01")
        }
        let mine = try metricPlanner(check, filter).plan(metric)
        let interval = terms.context.intervals[other.table]
        let planner = MetricPlanner(
            terms: terms.terms(for: table, interval: interval), filter: nil,
            scope: interval == nil ? .table : check.scope ?? .interval, comparesWithTable: check.scope == nil)
        let theirs = try planner.plan(other.metric)
        let own = mine.questions.count
        let first = own + theirs.questions.count
        return Plan(
            questions: mine.questions + theirs.questions,
            further: { answers throws(Misfit) in
                try mine.further(Array(answers[..<own])) + theirs.further(Array(answers[own..<first]))
            },
            judge: { answers throws(Misfit) in
                let more = first + (try mine.further(Array(answers[..<own])).count)
                return judge.cross(
                    try mine.measure(Array(answers[..<own] + answers[first..<more])), comparison,
                    try theirs.measure(Array(answers[own..<first] + answers[more...])),
                    named: other.table.description)
            })
    }

    /// The columns that name a violating row: the key's and those asked for, private ones never.
    private func sampleColumns(_ check: Check) -> [String]? {
        let key = terms.asset.key.isEmpty ? terms.table.primaryKey : terms.asset.key
        var names: [String] = []
        for name in key + check.samples
        where !names.hasExactly(name) && !terms.asset.isPrivate(name)
            && terms.table.column(name) != nil
        {
            names.append(name)
        }
        return names.isEmpty ? nil : names
    }

    private func broken(
        _ check: Check, _ filter: Fragment?, _ offending: Fragment
    ) throws(Misfit) -> BrokenRows {
        BrokenRows(
            scope: try terms.condition(check.scope ?? .interval), condition: .all([filter, offending]))
    }

    private func samples(
        _ check: Check, _ filter: Fragment?, _ offending: Fragment
    ) throws(Misfit) -> Samples? {
        guard let columns = sampleColumns(check) else { return nil }
        let list: Fragment = .joined(columns.map { "\(identifier: $0)" }, by: ", ")
        let rows: Fragment = .all([try terms.condition(check.scope ?? .interval), filter, offending])
        return Samples(
            columns: columns,
            source: .query(
                """
                SELECT \(list)
                FROM \(table: terms.table.name)
                WHERE \(rows)
                ORDER BY \(list) LIMIT 5
                """))
    }
}
