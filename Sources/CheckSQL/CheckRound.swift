public import SuretyCore

/// Checks about one slice of an asset, asked in one snapshot and judged.
public struct CheckRound: Sendable {
    private let asset: Asset
    private let slice: Slice
    private let checks: [Check]
    private let context: CheckContext
    private let snapshot: String

    /// A round; `snapshot` is how the warehouse prints the snapshot that the session looks at.
    public init(asset: Asset, slice: Slice, checks: [Check], context: CheckContext, snapshot: String) {
        self.asset = asset
        self.slice = slice
        self.checks = checks
        self.context = context
        self.snapshot = snapshot
    }

    /// Asks every check and judges the answers, in the order of the checks.
    ///
    /// A check that cannot be asked is an `error` alone. Throws only what makes further queries impossible.
    public func run(on session: some CheckSession) throws(QueryFailure) -> [CheckResult] {
        guard !checks.isEmpty else { return [] }
        let table: TableInfo?
        do { table = try session.table(asset.name) } catch {
            guard !error.isFatal else { throw error }
            return checks.map { finished(judge($0).error(error.message, sqlState: error.sqlState), $0) }
        }
        guard let table else {
            return checks.map {
                finished(judge($0).error("there is no table \(asset.name)", sqlState: "42P01"), $0)
            }
        }
        let terms = Terms(
            dialect: session.dialect, asset: asset, table: table, slice: slice, context: context)
        let planner = Planner(terms: terms, others: try otherTables(on: session))
        let plans = checks.map { plan($0, planner) }
        var asking = Asking(session)
        let memory = try SliceMemory(session.keeper, terms, &asking)
        let parts = try PartReader(plans.flatMap(\.questions), terms, session.keeper)?.replies(&asking)
        var known = try memory.replies(to: plans.map(\.questions), of: plans, asking)
        known.merge(parts?.replies ?? [:]) { _, merged in merged }
        let beside = memory.beside(plans, known: known)
        var answers = try asking.answers(to: plans.map(\.questions) + [beside], known: known)
        let counted = answers.removeLast()
        let further = zip(plans, answers).map { $0.further(after: $1) }
        if further.contains(where: { !$0.isEmpty }) {
            let more = try memory.replies(to: further, of: plans, asking)
            known.merge(more) { mine, _ in mine }
            for (index, replies) in try asking.answers(to: further, known: more).enumerated() {
                answers[index] += replies
            }
        }
        let asked = zip(plans, further).map { $0.questions + $1 }
        let mistakes = memory.keep(
            zip(asked + [beside], answers + [counted]).map { Array(zip($0, $1)) },
            of: plans.map(\.basis) + [.slice], known: known)
        var results: [CheckResult] = []
        for (index, check) in checks.enumerated() {
            var result = result(check, plans[index], answers[index], measuresTime: asking.measuresTime)
            let isOfParts = asked[index].contains { parts?.replies[$0] != nil }
            if isOfParts {
                result.reused = parts?.reuse
            } else if asked[index].contains(where: { known[$0] != nil }) {
                result.reused = memory.words
            }
            result.misremembered = mistakes[index] ?? (isOfParts ? parts?.mistake : nil)
            results.append(result)
        }
        try witness(&results, of: plans, &asking)
        try explain(&results, plans, answers, terms, &asking)
        return zip(results, checks).map { finished($0, $1, in: table) }
    }

    /// Looks for a row that a proved stop check is about, unless another one has looked at rows: an interval certifies on
    /// evidence, and of a proof alone nobody knows whether it is about anything.
    private func witness(
        _ results: inout [CheckResult], of plans: [Plan], _ asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) {
        var replies: [Fragment: Reply] = [:]
        for (index, check) in checks.enumerated() where check.list == .stop && results[index].proved {
            guard let witness = plans[index].witness,
                !results.contains(where: { $0.list == .stop && $0.isEvidence })
            else { continue }
            if replies[witness.query] == nil { replies[witness.query] = try asking.reply(to: witness.query) }
            switch replies[witness.query]?.outcome {
            case nil: continue
            case .success(let rows):
                results[index].rows = rows.isEmpty ? 0 : 1
                results[index].vacuous = rows.isEmpty && witness.isVacuousWithout
            case .failure(let failure):
                results[index] = judge(check).error(failure.message, sqlState: failure.sqlState)
            }
        }
    }

    /// Shows of failed checks which rows break them, and what all of those have in common.
    private func explain(
        _ results: inout [CheckResult], _ plans: [Plan], _ answers: [[Reply]], _ terms: Terms,
        _ asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) {
        let failed = results.indices.filter {
            results[$0].verdict == .fail && results[$0].violations ?? 0 > 0
        }
        let groups = Counterexamples.groups(
            failed.compactMap { index in
                plans[index].broken.map { rows in
                    Counterexamples.Failed(
                        index: index, count: results[index].violations ?? 0, rows: rows,
                        columns: plans[index].samples?.columns ?? [])
                }
            })
        var explained: Set<Int> = []
        for group in groups {
            guard try Counterexamples(terms: terms).explain(group, &results, on: &asking) else { continue }
            explained.formUnion(group.map(\.index))
        }
        for index in failed where !explained.contains(index) {
            guard let samples = plans[index].samples else { continue }
            let rows: [ArraySlice<String?>]
            switch samples.source {
            case .answer(let shown):
                rows =
                    answers[index].indices.contains(shown.answer)
                    ? answers[index][shown.answer].rows(shown) : []
            case .query(let query):
                // A row that cannot be shown changes no verdict.
                guard case .success(let found) = try asking.reply(to: query).outcome else { continue }
                rows = found.map { $0[...] }
            }
            results[index].samples = Counterexamples.examples(rows, samples.columns)
        }
    }

    /// Whether what was accepted is what is there: of columns those that were there then.
    private func isAccepted(_ check: Check, in table: TableInfo?) -> Bool {
        guard case .schema(let rule) = check.body, let columns = context.acceptedColumns[check.id] else {
            return true
        }
        return table.map { rule.problems(in: $0.shape, baseline: columns)?.isEmpty ?? true } ?? false
    }

    private var zone: Zone { asset.interval?.cadence.zone ?? context.zone }

    private func judge(_ check: Check) -> Judge {
        Judge(check, of: asset.name, slice: slice, zone: zone)
    }

    /// The tables that checks refer to; one that cannot be read counts as missing.
    private func otherTables(on session: some CheckSession) throws(QueryFailure) -> [AssetName: TableInfo] {
        var tables: [AssetName: TableInfo] = [:]
        for name in Set(checks.compactMap(\.body.otherTable)).sorted() {
            do { tables[name] = try session.table(name) } catch {
                guard !error.isFatal else { throw error }
            }
        }
        return tables
    }

    private func plan(_ check: Check, _ planner: Planner) -> Plan {
        let judge = judge(check)
        let date = slice.interval?.date ?? zone.civil(of: context.now).date
        if let days = check.days, !days.contains(date) {
            return .settled(judge.verdict(.notRun, why: "not on \(days)"))
        }
        do { return try planner.plan(check, judge: judge) } catch {
            return .settled(judge.error(error.why, sqlState: error.sqlState))
        }
    }

    private func result(
        _ check: Check, _ plan: Plan, _ replies: [Reply], measuresTime: Bool
    ) -> CheckResult {
        let judge = judge(check)
        var answers: [Answer] = []
        var duration = 0.0
        for reply in replies {
            duration += reply.milliseconds
            switch reply.outcome {
            case .success(let rows): answers.append(rows)
            case .failure(let failure): return judge.error(failure.message, sqlState: failure.sqlState)
            }
        }
        var result: CheckResult
        do { result = try plan.judge(answers) } catch {
            result = judge.error(error.why, sqlState: error.sqlState)
        }
        if !replies.isEmpty, measuresTime { result.durationMilliseconds = duration }
        return result
    }

    /// The result with what is the same for every check.
    private func finished(
        _ result: CheckResult, _ check: Check, in table: TableInfo? = nil
    ) -> CheckResult {
        var result = result
        result.snapshot = snapshot
        if let reason = context.accepted[check.id], result.isUnfavourable, isAccepted(check, in: table) {
            result.accepted = true
            result.why += (result.why.isEmpty ? "" : "; ") + "accepted: \(reason)"
        }
        return result
    }
}

extension CheckBody {
    /// The table beside its own that the check is about.
    public var otherTable: AssetName? {
        switch self {
        case .row(.references(_, let table, _)): table
        case .cross(_, _, let other): other.table
        case .metric, .relative, .row, .schema, .fresh, .noGaps, .sql, .insideInterval: nil
        }
    }
}
