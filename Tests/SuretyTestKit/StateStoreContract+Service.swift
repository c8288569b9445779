import Engine
import SuretyCore
import Testing

extension StateStoreContract {
    /// What a service and its reports rely on.
    static let serviceCases: [StateStoreContract] = [
        StateStoreContract("facts of some kinds come back from the first instant on and before the last") {
            store in
            let facts: [Fact] = [
                .consumerViewed("board", at: Samples.noon, count: 1), .promiseSeen("p"),
                .manualDone(Samples.asset, interval: "2026-11-19", by: "ana"),
                .consumerViewed("board", at: Samples.noon, count: 2),
            ]
            for (second, fact) in facts.enumerated() {
                try await store.record([fact], at: Samples.noon(Int64(second)))
            }
            func found(_ kinds: [Fact.Kind], _ from: Int64, _ to: Int64) async throws -> [FactMemory] {
                try await store.facts(of: kinds, from: Samples.noon(from), to: Samples.noon(to))
            }
            func memory(_ number: Int) -> FactMemory {
                FactMemory(at: Samples.noon(Int64(number)), fact: facts[number])
            }
            #expect(try await found([.consumerViewed], 0, 9) == [memory(0), memory(3)])
            #expect(try await found([.manualDone, .consumerViewed], 0, 3) == [memory(0), memory(2)])
            #expect(try await found([.consumerViewed], 1, 3).isEmpty)
            #expect(try await found([], 0, 9).isEmpty)
        },
        StateStoreContract("facts recorded at one instant keep their order") { store in
            let facts = (1...5).map { Fact.consumerViewed("board", at: Samples.noon, count: $0) }
            try await store.record(facts, at: Samples.noon)
            let found = try await store.facts(
                of: [.consumerViewed], from: Samples.noon, to: Samples.noon(1))
            #expect(found.map(\.fact) == facts)
        },
        StateStoreContract("the runs of a time come oldest first, as they stand and without their steps") {
            store in
            var runs = (0...3).map {
                Samples.run(RunID(rawValue: "00000000000\($0)"), steps: [("mart.a", nil)])
            }
            for number in runs.indices { runs[number].startedAt = Samples.noon(Int64(number)) }
            try await store.record(runs.reversed().map { .runStarted($0) }, at: Samples.noon)
            try await store.record([.runEnded(runs[2].id, .blocked)], at: Samples.noon(60))
            let found = try await store.runs(from: Samples.noon(1), to: Samples.noon(3))
            #expect(found.map(\.id) == [runs[1].id, runs[2].id])
            #expect(found.map(\.state) == [.running, .blocked])
            #expect(found.map(\.endedAt) == [nil, Samples.noon(60)])
            #expect(found.map(\.steps.count) == [0, 0])
        },
        StateStoreContract("an occurrence is judged anew in its place") { store in
            var one = Samples.occurrence("p", due: 1, .late, isFinal: false)
            let two = Samples.occurrence("p", due: 2, .unknown, isFinal: false)
            let three = Samples.occurrence("o", due: 2, .kept)
            try await store.record(
                [two, one, three].map { .occurrenceJudged($0) }, at: Samples.noon)
            #expect(
                try await store.occurrences(from: Samples.noon(1), to: Samples.noon(3)) == [one, three, two])
            #expect(try await store.occurrences(from: Samples.noon(1), to: Samples.noon(2)) == [one])
            #expect(try await store.openOccurrences() == [one, two])
            one.outcome = .missed
            one.isFinal = true
            one.restatedAt = Samples.noon(9)
            try await store.record([.occurrenceJudged(one)], at: Samples.noon(9))
            #expect(try await store.occurrences(from: Samples.noon, to: Samples.noon(2)) == [one])
            #expect(try await store.openOccurrences() == [two])
        },
        StateStoreContract("the newest deadline of each promise that was judged is known") { store in
            #expect(try await store.newestJudged().isEmpty)
            let all = [("p", 3), ("p", 1), ("o", 2)] as [(PromiseID, Int64)]
            try await store.record(
                all.map { .occurrenceJudged(Samples.occurrence($0, due: $1, .kept)) }, at: Samples.noon)
            #expect(try await store.newestJudged() == ["p": Samples.noon(3), "o": Samples.noon(2)])
        },
        StateStoreContract("refreshes that ended well since an instant come oldest first") { store in
            let marks = ["well", "early", "failed", "open"].map {
                RefreshMark(
                    consumer: "board", intervals: ["2026-11-19"], key: $0, certificates: ["c1", "c2"])
            }
            let other = RefreshMark(consumer: "other", intervals: [], key: "well")
            try await store.record(
                (marks + [other]).map { .refreshIntended($0) }, at: Samples.noon)
            try await store.record([.refreshEnded(marks[1], failure: nil)], at: Samples.noon(1))
            try await store.record([.refreshEnded(other, failure: nil)], at: Samples.noon(2))
            try await store.record([.refreshEnded(marks[2], failure: "502")], at: Samples.noon(3))
            try await store.record([.refreshEnded(marks[0], failure: nil)], at: Samples.noon(4))
            let found = try await store.showings(since: Samples.noon(2))
            #expect(found.map(\.mark) == [other, marks[0]])
            #expect(found.map(\.endedAt) == [Samples.noon(2), Samples.noon(4)])
            #expect(found.map(\.intendedAt) == [Samples.noon, Samples.noon])
        },
        StateStoreContract("a silence is known until it ends, by itself or before its time") { store in
            let long = Samples.silence("s1", until: 600)
            let short = Samples.silence("s2", until: 300)
            try await store.record([.silenced(long), .silenced(short)], at: Samples.noon)
            #expect(try await store.silences(at: Samples.noon(299)) == [short, long])
            #expect(try await store.silences(at: Samples.noon(300)) == [long])
            try await store.record([.silenceEnded("s1", by: "ben")], at: Samples.noon(60))
            var ended = long
            ended.until = Samples.noon(60)
            #expect(try await store.silences(at: Samples.noon(59)) == [ended, short])
            #expect(try await store.silences(at: Samples.noon(60)) == [short])
            for id in ["s1", "s0"] {
                await #expect(throws: PortFailure.self) {
                    try await store.record([.silenceEnded(id, by: "ben")], at: Samples.noon(61))
                }
            }
        },
        StateStoreContract("when a start came due last never goes back") { store in
            func fire(_ start: String, _ second: Int64, _ end: StartFiring.End) async throws {
                let firing = StartFiring(promise: "p", start: start, dueAt: Samples.noon(second), end: end)
                try await store.record([.startFired(firing)], at: Samples.noon(9))
            }
            #expect(try await store.startsFired().isEmpty)
            try await fire("every 15m", 2, .began("000000000001"))
            try await fire("every 15m", 1, .missed)
            try await fire("every 15m", 2, .nothingOwed)
            try await fire("once", 1, .skipped)
            #expect(
                try await store.startsFired() == [
                    "p": ["every 15m": Samples.noon(2), "once": Samples.noon(1)]
                ])
            try await fire("every 15m", 3, .skipped)
            #expect(try await store.startsFired()["p"]?["every 15m"] == Samples.noon(3))
        },
        StateStoreContract("answers of a gate within a second add up") { store in
            func tally(_ consumer: ConsumerID, _ isOpen: Bool, _ milliseconds: Int64, _ count: Int)
                -> GateTally
            {
                GateTally(
                    consumer: consumer, isOpen: isOpen, at: Samples.noon.adding(milliseconds: milliseconds),
                    count: count)
            }
            try await store.tally([])
            try await store.tally([tally("board", true, 0, 2), tally("board", false, 10, 1)])
            try await store.tally([tally("board", true, 999, 3), tally("other", true, 1000, 4)])
            try await store.tally([tally("board", true, 2000, 5)])
            #expect(
                try await store.tallies(from: Samples.noon, to: Samples.noon(2)) == [
                    tally("board", false, 0, 1), tally("board", true, 0, 5), tally("other", true, 1000, 4),
                ])
            #expect(
                try await store.tallies(from: Samples.noon(2), to: Samples.noon(3)) == [
                    tally("board", true, 2000, 5)
                ])
        },
        StateStoreContract("many answers at once are all counted") { store in
            let tally = GateTally(consumer: "board", isOpen: true, at: Samples.noon, count: 1)
            try await withThrowingTaskGroup { group in
                for _ in 0..<40 { group.addTask { try await store.tally([tally]) } }
                try await group.waitForAll()
            }
            #expect(try await store.tallies(from: Samples.noon, to: Samples.noon(1)).map(\.count) == [40])
        },
        StateStoreContract("a channel rests while a message that failed on it waits to be tried again") {
            store in
            let messages = ["a", "b", "c", "d"].enumerated().map { number, channel in
                Samples.message(
                    IncidentID(rawValue: "inc_\(number)"), due: Samples.noon,
                    over: ChannelID(rawValue: channel))
            }
            try await store.record(messages.map { .messageQueued($0) }, at: Samples.noon)
            #expect(try await store.recipientsResting(at: Samples.noon).isEmpty)
            try await store.record(
                [
                    .messageFailed(messages[0].id, why: "busy", again: Samples.noon(30)),
                    .messageFailed(messages[1].id, why: "gone", again: nil),
                    .messageFailed(messages[2].id, why: "busy", again: Samples.noon(30)),
                    .messageDelivered(messages[2].id, receipt: nil),
                ], at: Samples.noon)
            #expect(
                try await store.recipientsResting(at: Samples.noon) == [
                    AlertRecipient(channel: "a", person: nil)
                ])
            #expect(
                try await store.recipientsResting(at: Samples.noon(29)) == [
                    AlertRecipient(channel: "a", person: nil)
                ])
            #expect(try await store.recipientsResting(at: Samples.noon(30)).isEmpty)
        },
        StateStoreContract("a beat tells of the one before, and never goes back") { store in
            var heard: [Instant?] = []
            for second in [0, 60, 30, 90] as [Int64] {
                heard.append(try await store.beat(at: Samples.noon(second)))
            }
            #expect(heard == [nil, Samples.noon, Samples.noon(60), Samples.noon(60)])
        },
        StateStoreContract("the backlog is what waits, due or not") { store in
            #expect(try await store.backlog() == 0)
            let messages = (0...4).map {
                Samples.message(IncidentID(rawValue: "inc_\($0)"), due: Samples.noon(Int64($0) * 60))
            }
            try await store.record(messages.map { .messageQueued($0) }, at: Samples.noon)
            try await store.record(
                [
                    .messageDelivered(messages[0].id, receipt: nil), .messageSuperseded(messages[1].id),
                    .messageFailed(messages[2].id, why: "busy", again: Samples.noon(60)),
                    .messageFailed(messages[3].id, why: "gone", again: nil),
                ], at: Samples.noon)
            #expect(try await store.backlog() == 2)
        },
        StateStoreContract("a message that is released is due at once, and one that ended stays ended") {
            store in
            let held = Samples.message("inc_1", due: Samples.noon(600))
            let ended = Samples.message("inc_2", due: Samples.noon(600))
            let due = Samples.message("inc_3", due: Samples.noon)
            try await store.record(
                [held, ended, due].map { .messageQueued($0) } + [.messageSuperseded(ended.id)],
                at: Samples.noon)
            #expect(try await store.messages(dueAt: Samples.noon(9), limit: 9).map(\.message) == [due])
            try await store.record(
                [held, ended, due].map { .messageReleased($0.id) }, at: Samples.noon(5))
            #expect(try await store.messages(dueAt: Samples.noon(4), limit: 9).map(\.message) == [due])
            #expect(try await store.messages(dueAt: Samples.noon(5), limit: 9).map(\.message) == [held, due])
        },
        StateStoreContract("a report goes once to each recipient in each week") { store in
            let mark = ReportMark(week: "2026-W47", recipient: "mail/ana")
            let others = [
                ReportMark(week: "2026-W47", recipient: "mail/ben"),
                ReportMark(week: "2026-W48", recipient: "mail/ana"),
            ]
            try await store.record([.reportIntended(mark)], at: Samples.noon)
            try await store.record(others.map { .reportIntended($0) }, at: Samples.noon)
            try await store.record([.reportEnded(mark, failure: nil)], at: Samples.noon(1))
            for second in [1, 121, 301, 864_000] as [Int64] {
                await Samples.expectConflict {
                    try await store.record([.reportIntended(mark)], at: Samples.noon(second))
                }
            }
        },
        StateStoreContract("a report that failed is sent again five minutes after it was intended") { store in
            let mark = ReportMark(week: "2026-W47", recipient: "mail/ana")
            try await store.record([.reportIntended(mark)], at: Samples.noon)
            try await store.record([.reportEnded(mark, failure: "timeout")], at: Samples.noon(15))
            await Samples.expectConflict {
                try await store.record([.reportIntended(mark)], at: Samples.noon(299))
            }
            try await store.record([.reportIntended(mark)], at: Samples.noon(301))
            await Samples.expectConflict {
                try await store.record([.reportIntended(mark)], at: Samples.noon(302))
            }
            try await store.record([.reportEnded(mark, failure: nil)], at: Samples.noon(303))
            await Samples.expectConflict {
                try await store.record([.reportIntended(mark)], at: Samples.noon(864_000))
            }
        },
        StateStoreContract("a report whose sender died is sent again two minutes after it was intended") {
            store in
            let mark = ReportMark(week: "2026-W47", recipient: "mail/ana")
            try await store.record([.reportIntended(mark)], at: Samples.noon)
            await Samples.expectConflict {
                try await store.record([.reportIntended(mark)], at: Samples.noon(119))
            }
            try await store.record([.reportIntended(mark)], at: Samples.noon(121))
            await Samples.expectConflict {
                try await store.record([.reportIntended(mark)], at: Samples.noon(122))
            }
        },
        StateStoreContract("occurrences and margins are counted as they stand") { store in
            let metrics = try #require(store as? any MetricsSource)
            #expect(try await metrics.occurrenceCounts().isEmpty)
            var late = Samples.occurrence("p", due: 1, .late, isFinal: false)
            let all = [
                late, Samples.occurrence("p", due: 2, .kept, shown: -58),
                Samples.occurrence("p", due: 3, .unknown, isFinal: false),
                Samples.occurrence("o", due: 1, .kept, shown: 0), Samples.occurrence("o", due: 2, .missed),
            ]
            try await store.record(all.map { .occurrenceJudged($0) }, at: Samples.noon)
            late.outcome = .missed
            late.isFinal = true
            try await store.record([.occurrenceJudged(late)], at: Samples.noon(9))
            #expect(
                try await metrics.occurrenceCounts() == [
                    "p": [.missed: 1, .kept: 1, .unknown: 1], "o": [.kept: 1, .missed: 1],
                ])
            // The newest final one of `o` was never shown.
            #expect(try await metrics.margins() == ["p": 60])
        },
        StateStoreContract("runs and results of checks are counted once they ended") { store in
            let metrics = try #require(store as? any MetricsSource)
            let runs = (1...3).map {
                Samples.run(RunID(rawValue: "00000000000\($0)"), steps: [("mart.a", "2026-11-19")])
            }
            try await store.record(runs.map { .runStarted($0) }, at: Samples.noon)
            for (run, states) in zip(
                runs, [[.running, .certified], [.certified], [.blocked]] as [[StepState]])
            {
                for state in states {
                    var step = run.steps[0]
                    step.state = state
                    step.kept = run.id == runs[1].id
                    step.checks = [Samples.result(state == .blocked ? .fail : .pass)]
                    try await store.record([.stepChanged(run.id, step)], at: Samples.noon)
                }
            }
            try await store.record(
                [.runEnded(runs[0].id, .certified), .runEnded(runs[2].id, .blocked)], at: Samples.noon)
            #expect(try await metrics.runCounts() == ["revenue-by-8": [.certified: 1, .blocked: 1]])
            #expect(
                try await metrics.checkCounts() == [Samples.asset: ["mart.a/rows > 0": [.pass: 1, .fail: 1]]])
        },
        StateStoreContract("how long runs took is counted by bounds, at most each") { store in
            let metrics = try #require(store as? any MetricsSource)
            #expect(try await metrics.runDurations().isEmpty)
            // The last one's clock was set back.
            for (number, took) in [0, 1000, 1001, 14_400_000, 14_400_001, -5000].enumerated() {
                var run = Samples.run(RunID(rawValue: "00000000000\(number)"), steps: [])
                run.startedAt = Samples.noon
                try await store.record([.runStarted(run)], at: Samples.noon)
                try await store.record(
                    [.runEnded(run.id, .certified)], at: Samples.noon.adding(milliseconds: Int64(took)))
            }
            let open = Samples.run("000000000009", steps: [])
            try await store.record([.runStarted(open)], at: Samples.noon)
            #expect(
                try await metrics.runDurations() == [
                    "revenue-by-8": RunDurations(
                        within: [1: 3, 5: 1, 14_400: 1], beyond: 1, milliseconds: 28_802_002)
                ])
        },
        StateStoreContract("what a check observed last is known, where it is a number") { store in
            let metrics = try #require(store as? any MetricsSource)
            #expect(try await metrics.checkValues().isEmpty)
            let observed: [(Double?, Bool, StepState)] = [
                (12, false, .certified), (0.25, false, .blocked), (nil, false, .blocked),
                (7, true, .certified), (8, false, .running),
            ]
            for (number, (value, kept, state)) in observed.enumerated() {
                let run = Samples.run(
                    RunID(rawValue: "00000000000\(number)"), steps: [("mart.a", "2026-11-19")])
                var step = run.steps[0]
                step.state = state
                step.kept = kept
                var result = Samples.result(.pass)
                result.observedNumber = value
                step.checks = [result]
                try await store.record([.runStarted(run)], at: Samples.noon)
                try await store.record([.stepChanged(run.id, step)], at: Samples.noon)
            }
            #expect(try await metrics.checkValues() == [Samples.asset: ["mart.a/rows > 0": 0.25]])
        },
        StateStoreContract("answers of gates and messages are counted") { store in
            let metrics = try #require(store as? any MetricsSource)
            for (isOpen, second, count) in [(true, 0, 2), (true, 5, 3), (false, 9, 4)] as [(Bool, Int64, Int)]
            {
                try await store.tally([
                    GateTally(consumer: "board", isOpen: isOpen, at: Samples.noon(second), count: count)
                ])
            }
            #expect(try await metrics.gateCounts() == ["board": GateCounts(open: 5, closed: 4)])
            let messages = (0...3).map {
                Samples.message(IncidentID(rawValue: "inc_\($0)"), due: Samples.noon)
            }
            try await store.record(messages.map { .messageQueued($0) }, at: Samples.noon)
            try await store.record(
                [
                    .messageDelivered(messages[0].id, receipt: nil),
                    .messageDelivered(messages[1].id, receipt: nil),
                    .messageFailed(messages[2].id, why: "gone", again: nil),
                ], at: Samples.noon)
            #expect(try await metrics.messageCounts() == ["inbox": [.delivered: 2, .dead: 1]])
        },
    ]
}

extension Samples {
    static let asset = AssetName(schema: "mart", table: "a")

    /// So many seconds after noon.
    static func noon(_ seconds: Int64) -> Instant { noon.adding(seconds: seconds) }

    /// An occurrence due so many seconds after noon, and shown so many after it.
    static func occurrence(
        _ promise: PromiseID, due seconds: Int64, _ outcome: PromiseView.Outcome, isFinal: Bool = true,
        shown: Int64? = nil
    ) -> OccurrenceRecord {
        var record = OccurrenceRecord(
            promise: promise, deadline: noon(seconds), through: "2026-11-19", outcome: outcome,
            isFinal: isFinal, detectedAt: noon)
        record.shownAt = shown.map { noon($0) }
        return record
    }

    static func silence(_ id: String, until seconds: Int64) -> Silence {
        Silence(
            id: id, target: "revenue-by-8", by: "ana", reason: "known", from: noon, until: noon(seconds))
    }

    static func result(_ verdict: Verdict) -> CheckResult {
        let check = Check(
            id: "mart.a/rows > 0", text: "rows > 0", list: .stop,
            location: SourceLocation(file: "a.yaml", line: 1, column: 1),
            body: .metric(.rows, .compare(.greater, .literal(.number("0")))))
        return CheckResult(check, of: asset, slice: .whole, verdict)
    }

    static func expectConflict(_ body: () async throws -> Void) async {
        let failure = await #expect(throws: PortFailure.self) { try await body() }
        #expect(failure?.kind == .conflict)
    }
}
