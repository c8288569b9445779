import Engine
import SuretyCore

/// The questions of the state port about what a report tells.
enum ReportQuestions {
    /// Adds to how often a gate gave an answer within a second.
    static func tally(_ answer: GateTally) -> StateStatement {
        StateStatement(
            """
            insert into gate_tallies (consumer, second, is_open, asked) values ($1, $2, $3, $4)
            on conflict (consumer, second, is_open) do update set asked = gate_tallies.asked + excluded.asked
            """,
            [
                .text(answer.consumer.rawValue), .instant(answer.second), .flag(answer.isOpen),
                .number(Int64(answer.count)),
            ])
    }

    static func tallies(from: Instant, to: Instant) -> StateQuestion<[GateTally]> {
        .list(
            """
            select consumer, second, is_open, asked from gate_tallies where second >= $1 and second < $2
            order by second, consumer, is_open
            """, [.instant(from), .instant(to)]
        ) { row throws(PortFailure) in
            GateTally(
                consumer: ConsumerID(rawValue: try row.word(0)), isOpen: try row.number(2) != 0,
                at: try row.moment(1), count: Int(try row.number(3) ?? 0))
        }
    }

    static func facts(
        of kinds: [Fact.Kind], from: Instant, to: Instant
    ) -> StateQuestion<[FactMemory]> {
        let places = kinds.indices.map { "$\($0 + 3)" }.joined(separator: ", ")
        return .list(
            "select at, body from facts where kind in (\(places)) and at >= $1 and at < $2 order by id",
            [.instant(from), .instant(to)] + kinds.map { .text($0.rawValue) }
        ) { row throws(PortFailure) in
            FactMemory(at: try row.moment(0), fact: try row.record(Fact.self, 1))
        }
    }

    static func runs(from: Instant, to: Instant) -> StateQuestion<[RunRecord]> {
        .list(
            """
            select body, state, ended_at from runs where started_at >= $1 and started_at < $2
            order by started_at, id
            """, [.instant(from), .instant(to)]
        ) { row throws(PortFailure) in
            var run = try row.record(RunRecord.self, 0)
            run.state = RunState(rawValue: try row.word(1)) ?? run.state
            run.endedAt = try row.instant(2)
            return run
        }
    }

    static func occurrences(from: Instant, to: Instant) -> StateQuestion<[OccurrenceRecord]> {
        .list(
            "select body from occurrences where deadline >= $1 and deadline < $2 order by deadline, promise",
            [.instant(from), .instant(to)]
        ) { row throws(PortFailure) in try row.record(OccurrenceRecord.self, 0) }
    }

    static func openOccurrences() -> StateQuestion<[OccurrenceRecord]> {
        .list("select body from occurrences where is_final = 0 order by deadline, promise", []) {
            row throws(PortFailure) in try row.record(OccurrenceRecord.self, 0)
        }
    }

    static func newestJudged() -> StateQuestion<[PromiseID: Instant]> {
        StateQuestion("select promise, max(deadline) from occurrences group by promise", []) {
            rows throws(PortFailure) in
            var newest: [PromiseID: Instant] = [:]
            for row in rows { newest[PromiseID(rawValue: try row.word(0))] = try row.moment(1) }
            return newest
        }
    }

    static func showings(since instant: Instant) -> StateQuestion<[RefreshMemory]> {
        .list(
            """
            select body, intended_at, ended_at from refreshes
            where failure is null and ended_at >= $1 order by ended_at, consumer
            """, [.instant(instant)]
        ) { row throws(PortFailure) in
            RefreshMemory(
                mark: try row.record(RefreshMark.self, 0), intendedAt: try row.moment(1),
                endedAt: try row.instant(2), failure: nil)
        }
    }
}
