import Engine
import SuretyCore

/// The questions of the metrics: what has been counted since the state began.
enum MetricsQuestions {
    static func occurrences() -> StateQuestion<[PromiseID: [PromiseView.Outcome: Int64]]> {
        counts("select promise, outcome, count(*) from occurrences group by promise, outcome") {
            (PromiseID(rawValue: $0), PromiseView.Outcome(rawValue: $1))
        }
    }

    static func margins() -> StateQuestion<[PromiseID: Double]> {
        StateQuestion(
            """
            select o.body from occurrences o join (
              select promise, max(deadline) as deadline from occurrences where is_final = 1 group by promise
            ) as newest on newest.promise = o.promise and newest.deadline = o.deadline
            """, []
        ) { rows throws(PortFailure) in
            var margins: [PromiseID: Double] = [:]
            for row in rows {
                let record = try row.record(OccurrenceRecord.self, 0)
                margins[record.promise] = record.marginSeconds
            }
            return margins
        }
    }

    static func runs() -> StateQuestion<[String: [RunState: Int64]]> {
        counts(
            "select target, state, count(*) from runs where ended_at is not null group by target, state"
        ) { ($0, RunState(rawValue: $1)) }
    }

    static func runDurations() -> StateQuestion<[String: RunDurations]> {
        StateQuestion("select target, bound, runs, milliseconds from run_durations", []) {
            rows throws(PortFailure) in
            var found: [String: RunDurations] = [:]
            for row in rows {
                var durations = found[try row.word(0)] ?? RunDurations()
                let bound = try row.number(1) ?? 0
                let runs = try row.number(2) ?? 0
                if bound == 0 { durations.beyond += runs } else { durations.within[bound] = runs }
                durations.milliseconds += try row.number(3) ?? 0
                found[try row.word(0)] = durations
            }
            return found
        }
    }

    static func checkValues() -> StateQuestion<[AssetName: [CheckID: Double]]> {
        StateQuestion("select asset, name, observed from check_values", []) { rows throws(PortFailure) in
            var values: [AssetName: [CheckID: Double]] = [:]
            for row in rows {
                guard let asset = AssetName(try row.word(0)), let value = Double(try row.word(2)) else {
                    continue
                }
                values[asset, default: [:]][CheckID(rawValue: try row.word(1))] = value
            }
            return values
        }
    }

    static func messages() -> StateQuestion<[ChannelID: [MessageMemory.State: Int64]]> {
        counts(
            "select channel, state, count(*) from messages where state <> 'pending' group by channel, state"
        ) {
            (ChannelID(rawValue: $0), MessageMemory.State(rawValue: $1))
        }
    }

    static func checks() -> StateQuestion<[AssetName: [CheckID: [Verdict: Int64]]]> {
        StateQuestion("select asset, name, verdict, asked from check_tallies", []) {
            rows throws(PortFailure) in
            var counts: [AssetName: [CheckID: [Verdict: Int64]]] = [:]
            for row in rows {
                guard let asset = AssetName(try row.word(0)), let verdict = Verdict(rawValue: try row.word(2))
                else { continue }
                counts[asset, default: [:]][CheckID(rawValue: try row.word(1)), default: [:]][verdict] =
                    try row.number(3)
            }
            return counts
        }
    }

    static func gates() -> StateQuestion<[ConsumerID: GateCounts]> {
        StateQuestion(
            "select consumer, is_open, cast(sum(asked) as bigint) from gate_tallies group by consumer, is_open",
            []
        ) { rows throws(PortFailure) in
            var counts: [ConsumerID: GateCounts] = [:]
            for row in rows {
                let consumer = ConsumerID(rawValue: try row.word(0))
                let asked = try row.number(2) ?? 0
                if try row.number(1) == 0 {
                    counts[consumer, default: GateCounts()].closed += asked
                } else {
                    counts[consumer, default: GateCounts()].open += asked
                }
            }
            return counts
        }
    }

    /// A question whose rows are a name, a word and a number; words that mean nothing are left out.
    private static func counts<Name: Hashable & Sendable, Word: Hashable & Sendable>(
        _ sql: String, _ read: @escaping @Sendable (String, String) -> (Name, Word?)
    ) -> StateQuestion<[Name: [Word: Int64]]> {
        StateQuestion(sql, []) { rows throws(PortFailure) in
            var counts: [Name: [Word: Int64]] = [:]
            for row in rows {
                let (name, word) = read(try row.word(0), try row.word(1))
                guard let word else { continue }
                counts[name, default: [:]][word] = try row.number(2)
            }
            return counts
        }
    }
}
