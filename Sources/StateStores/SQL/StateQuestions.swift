import Engine
import SuretyCore

/// The questions of the state port.
enum StateQuestions {
    static func run(_ id: RunID) -> StateQuestion<RunRecord?> {
        StateQuestion(
            """
            select r.id, r.state, r.ended_at, r.body, s.body from runs r left join steps s on s.run = r.id
            where r.id = $1 order by s.position, s.asset, s.slice
            """, [.text(id.rawValue)]
        ) { rows throws(PortFailure) in try assemble(rows).first }
    }

    static func runs(of target: String?, limit: Int) -> StateQuestion<[RunRecord]> {
        var values: [StateValue] = [.number(Int64(max(0, limit)))]
        var condition = ""
        if let target {
            values.append(.text(target))
            condition =
                "where target = $2 or exists (select 1 from steps t where t.run = runs.id and t.asset = $2)"
        }
        return StateQuestion(
            """
            select r.id, r.state, r.ended_at, r.body, s.body
            from (select * from runs \(condition) order by started_at desc, id desc limit $1) r
            left join steps s on s.run = r.id
            order by r.started_at desc, r.id desc, s.position, s.asset, s.slice
            """, values
        ) { rows throws(PortFailure) in try assemble(rows) }
    }

    static func openRuns() -> StateQuestion<[RunRecord]> {
        StateQuestion(
            """
            select r.id, r.state, r.ended_at, r.body, s.body from runs r left join steps s on s.run = r.id
            where r.state = 'running' order by r.started_at, r.id, s.position, s.asset, s.slice
            """, []
        ) { rows throws(PortFailure) in try assemble(rows) }
    }

    /// Puts runs together from rows of a run and one of its steps, those of a run being next to each other.
    private static func assemble(_ rows: [StateRow]) throws(PortFailure) -> [RunRecord] {
        var runs: [RunRecord] = []
        for row in rows {
            let id = try row.word(0)
            if runs.last?.id.rawValue != id {
                var run = try row.record(RunRecord.self, 3)
                run.state = RunState(rawValue: try row.word(1)) ?? run.state
                run.endedAt = try row.instant(2)
                runs.append(run)
            }
            if try row.text(4) != nil {
                runs[runs.count - 1].steps.append(try row.record(StepRecord.self, 4))
            }
        }
        return runs
    }

    static func log(of run: RunID, asset: AssetName?) -> StateQuestion<[LogLine]> {
        let only = asset == nil ? "" : "and asset = $2"
        return .list(
            "select at, asset, slice, line from logs where run = $1 \(only) order by fact",
            [.text(run.rawValue)] + (asset.map { [.asset($0)] } ?? [])
        ) { row throws(PortFailure) in
            LogLine(
                at: try row.moment(0), asset: try row.asset(1), interval: try row.slice(2),
                text: try row.word(3))
        }
    }

    static func newestSteps(of assets: [AssetName]) -> StateQuestion<[StepMemory]> {
        // What was only rehearsed says nothing about the data.
        let ended = "s.is_end = 1 and r.state <> 'rehearsed'"
        return .list(
            """
            select s.run, s.body, s.changed_at from steps s join runs r on r.id = s.run
            where s.asset in (\(placeholders(assets.count))) and \(ended) and s.state <> 'certified'
              and not exists (select 1 from steps n join runs q on q.id = n.run
                where n.asset = s.asset and n.slice = s.slice and n.changed_by > s.changed_by
                  and n.is_end = 1 and q.state <> 'rehearsed')
            order by s.changed_by desc, s.position desc
            """, assets.map { .asset($0) }
        ) { row throws(PortFailure) in
            StepMemory(
                run: RunID(rawValue: try row.word(0)), step: try row.record(StepRecord.self, 1),
                at: try row.moment(2))
        }
    }

    static func durations(of assets: [AssetName], limit: Int) -> StateQuestion<[AssetName: [Double]]> {
        StateQuestion(
            """
            select body from (
              select s.body, row_number() over (partition by s.asset order by s.changed_by desc) as n
              from steps s where s.asset in (\(placeholders(assets.count))) and s.state in ('certified', 'built')
                and s.attempts > 0) as newest
            where n <= \(max(0, limit))
            """, assets.map { .asset($0) }
        ) { rows throws(PortFailure) in
            var durations: [AssetName: [Double]] = [:]
            for row in rows {
                let step = try row.record(StepRecord.self, 0)
                guard let start = step.startedAt, let end = step.endedAt else { continue }
                durations[step.asset, default: []].append(Double(end.milliseconds(since: start)) / 1000)
            }
            return durations
        }
    }

    static func promisesSeen() -> StateQuestion<[PromiseID: Instant]> {
        StateQuestion("select promise, seen_at from promises", []) { rows throws(PortFailure) in
            var seen: [PromiseID: Instant] = [:]
            for row in rows { seen[PromiseID(rawValue: try row.word(0))] = try row.moment(1) }
            return seen
        }
    }

    static func refreshes(of consumer: ConsumerID, limit: Int) -> StateQuestion<[RefreshMemory]> {
        .list(
            """
            select body, intended_at, ended_at, failure from refreshes where consumer = $1
            order by intended_by desc limit $2
            """, [.text(consumer.rawValue), .number(Int64(max(0, limit)))]
        ) { row throws(PortFailure) in
            RefreshMemory(
                mark: try row.record(RefreshMark.self, 0), intendedAt: try row.moment(1),
                endedAt: try row.instant(2), failure: try row.text(3))
        }
    }

    static func approvals(limit: Int) -> StateQuestion<[ApprovalMemory]> {
        .list(
            """
            select body, approved, answered_by, reason, answered_at from approvals
            order by case when answered_at is null then 0 else 1 end, asked_by desc limit $1
            """, [.number(Int64(max(0, limit)))]
        ) { row throws(PortFailure) in
            ApprovalMemory(
                request: try row.record(ApprovalRequest.self, 0), approved: try row.number(1).map { $0 != 0 },
                by: try row.text(2), reason: try row.text(3), answeredAt: try row.instant(4))
        }
    }

    static func manualDone(_ asset: AssetName, interval: String?) -> StateQuestion<Instant?> {
        StateQuestion(
            "select done_at from manual_work where asset = $1 and slice = $2",
            [.asset(asset), .slice(interval)]
        ) { rows throws(PortFailure) in try rows.first?.instant(0) }
    }

    static func acceptances(of asset: AssetName) -> StateQuestion<[CheckAcceptance]> {
        .list("select body from acceptances where asset = $1 order by fact", [.asset(asset)]) {
            row throws(PortFailure) in try row.record(CheckAcceptance.self, 0)
        }
    }

    static func isMade(_ key: String, of asset: AssetName) -> StateQuestion<Bool> {
        StateQuestion(
            """
            select 1 from effects where asset = $1 and key = $2 and ended_at is not null and failure is null
            """, [.asset(asset), .text(key)]
        ) { rows throws(PortFailure) in !rows.isEmpty }
    }

    static func openEffects(of asset: AssetName) -> StateQuestion<[EffectMark]> {
        .list(
            "select body from effects where asset = $1 and ended_at is null order by intended_by",
            [.asset(asset)]
        ) { row throws(PortFailure) in try row.record(EffectMark.self, 0) }
    }

    static func waivers(of promise: PromiseID) -> StateQuestion<[String: Waiver]> {
        StateQuestion(
            "select slice, at, waived_by, reason from waivers where promise = $1", [.text(promise.rawValue)]
        ) { rows throws(PortFailure) in
            var waivers: [String: Waiver] = [:]
            for row in rows {
                waivers[try row.word(0)] = Waiver(
                    at: try row.moment(1), by: try row.word(2), reason: try row.word(3))
            }
            return waivers
        }
    }

    static func gateAnswers(of consumer: ConsumerID, limit: Int) -> StateQuestion<[GateMemory]> {
        .list(
            "select at, body from gate_answers where consumer = $1 order by fact desc limit $2",
            [.text(consumer.rawValue), .number(Int64(max(0, limit)))]
        ) { row throws(PortFailure) in
            GateMemory(at: try row.moment(0), answer: try row.record(GateAnswer.self, 1))
        }
    }

    static func gateAnswer(of consumer: ConsumerID, before instant: Instant) -> StateQuestion<GateMemory?> {
        StateQuestion(
            "select at, body from gate_answers where consumer = $1 and at < $2 order by fact desc limit 1",
            [.text(consumer.rawValue), .instant(instant)]
        ) { rows throws(PortFailure) in
            guard let row = rows.first else { return nil }
            return GateMemory(at: try row.moment(0), answer: try row.record(GateAnswer.self, 1))
        }
    }

    static func beat() -> StateQuestion<Instant?> {
        StateQuestion("select beat_at from pulse", []) { rows throws(PortFailure) in
            try rows.first?.instant(0)
        }
    }

    static func beating(at now: Instant) -> StateStatement {
        StateStatement(
            """
            insert into pulse (id, beat_at) values (1, $1)
            on conflict (id) do update set beat_at = excluded.beat_at where pulse.beat_at < excluded.beat_at
            """, [.instant(now)])
    }

    static func startsFired() -> StateQuestion<[PromiseID: [String: Instant]]> {
        StateQuestion("select promise, start, due_at from starts", []) { rows throws(PortFailure) in
            var fired: [PromiseID: [String: Instant]] = [:]
            for row in rows {
                fired[PromiseID(rawValue: try row.word(0)), default: [:]][try row.word(1)] = try row.moment(2)
            }
            return fired
        }
    }

    private static func placeholders(_ count: Int) -> String {
        // An empty list is no SQL in PostgreSQL; no asset is named NULL.
        count == 0 ? "null" : (1...count).map { "$\($0)" }.joined(separator: ", ")
    }
}

extension StateRow {
    /// An asset's name.
    fileprivate func asset(_ index: Int) throws(PortFailure) -> AssetName {
        let text = try word(index)
        guard let name = AssetName(text) else {
            throw PortFailure(.storeUnusable, "the state holds `\(text)` where an asset's name should be")
        }
        return name
    }

    /// An interval as on the command line; nil for the whole table.
    fileprivate func slice(_ index: Int) throws(PortFailure) -> String? {
        let text = try word(index)
        return text.isEmpty ? nil : text
    }
}
