public import Engine
import SuretyCore
public import Testing

/// What every adapter of the state port keeps, one promise after another; each is given an empty store.
public struct StateStoreContract: Sendable, CustomTestStringConvertible {
    /// The promise as a sentence.
    public let testDescription: String
    /// Verifies it on an empty store.
    public let verify: @Sendable (any StateStore) async throws -> Void

    init(_ sentence: String, _ verify: @escaping @Sendable (any StateStore) async throws -> Void) {
        self.testDescription = sentence
        self.verify = verify
    }

    /// All of them.
    public static let cases = recordCases + serviceCases

    /// Runs and their steps, what people did, incidents and messages.
    private static let recordCases: [StateStoreContract] = [
        StateStoreContract("a run comes back as it was recorded, its steps in the order of the plan") {
            store in
            let run = Samples.run("000000000001", steps: [("mart.b", "2026-11-19"), ("mart.a", nil)])
            try await store.record([.runStarted(run)], at: Samples.noon)
            #expect(try await store.run(run.id) == run)
            #expect(try await store.run("nosuchrun000") == nil)
        },
        StateStoreContract("a changed step and the end of a run are seen in the run") { store in
            let run = Samples.run(
                "000000000001", steps: [("mart.a", "2026-11-19"), ("mart.b", "2026-11-19")])
            var step = run.steps[0]
            step.state = .blocked
            step.attempts = 2
            step.cause = Cause(
                .checkFailed, asset: AssetName(schema: "mart", table: "a"), interval: "2026-11-19",
                check: "rows > 0", message: "no: „quotes\" and 'such'", owner: "ana", recovery: ["Try again."]
            )
            let end = Samples.noon.adding(milliseconds: 1501)
            try await store.record([.runStarted(run)], at: Samples.noon)
            try await store.record([.stepChanged(run.id, step), .runEnded(run.id, .blocked)], at: end)
            let found = try #require(try await store.run(run.id))
            #expect(found.steps == [step, run.steps[1]])
            #expect(found.state == .blocked)
            #expect(found.endedAt == end)
        },
        StateStoreContract("a step that the plan did not name comes after the others") { store in
            let run = Samples.run("000000000001", steps: [("mart.b", nil)])
            let more = StepRecord(
                asset: AssetName(schema: "mart", table: "a"), interval: "2026-11-19", kind: .sql)
            try await store.record([.runStarted(run), .stepChanged(run.id, more)], at: Samples.noon)
            #expect(try await store.run(run.id)?.steps == run.steps + [more])
        },
        StateStoreContract("runs that have not ended are known, the oldest first") { store in
            let ended = Samples.run("000000000001", steps: [])
            var old = Samples.run("000000000003", steps: [("mart.a", nil)])
            old.holder = "here/1/2"
            var young = Samples.run("000000000002", steps: [])
            young.startedAt = Samples.noon.adding(seconds: 1)
            try await store.record(
                [.runStarted(young), .runStarted(ended), .runStarted(old), .runEnded(ended.id, .certified)],
                at: Samples.noon)
            #expect(try await store.openRuns() == [old, young])
        },
        StateStoreContract("the newest durations of an asset's good steps are known") { store in
            for (number, seconds) in [(1, 10), (2, 20), (3, 30)] {
                let run = Samples.run(
                    RunID(rawValue: "00000000000\(number)"), steps: [("mart.a", nil), ("mart.b", nil)])
                try await store.record([.runStarted(run)], at: Samples.noon)
                var (good, bad) = (run.steps[0], run.steps[1])
                (good.state, bad.state) = (.certified, .failed)
                (good.attempts, bad.attempts) = (1, 1)
                (good.startedAt, bad.startedAt) = (Samples.noon, Samples.noon)
                let end = Samples.noon.adding(seconds: Int64(seconds))
                (good.endedAt, bad.endedAt) = (end, end)
                try await store.record([.stepChanged(run.id, good), .stepChanged(run.id, bad)], at: end)
            }
            let names = ["a", "b"].map { AssetName(schema: "mart", table: $0) }
            let durations = try await store.durations(of: names, limit: 2)
            #expect(durations.mapValues { $0.sorted() } == [names[0]: [20, 30]])
        },
        StateStoreContract("a run ends once") { store in
            let run = Samples.run("000000000001", steps: [])
            try await store.record([.runStarted(run), .runEnded(run.id, .certified)], at: Samples.noon)
            await #expect(throws: PortFailure.self) {
                try await store.record([.runEnded(run.id, .failed)], at: Samples.noon)
            }
            #expect(try await store.run(run.id)?.state == .certified)
        },
        StateStoreContract("facts recorded together are there together or not at all") { store in
            await #expect(throws: PortFailure.self) {
                try await store.record(
                    [.promiseSeen("p"), .runEnded("nosuchrun000", .failed)], at: Samples.noon)
            }
            let seen = try await store.promisesSeen()
            #expect(seen.isEmpty)
        },
        StateStoreContract("a step of a run that never began is refused") { store in
            let step = StepRecord(asset: AssetName(schema: "mart", table: "a"), interval: nil, kind: .sql)
            await #expect(throws: PortFailure.self) {
                try await store.record([.stepChanged("nosuchrun000", step)], at: Samples.noon)
            }
        },
        StateStoreContract("runs come newest first, of a promise or of an asset that they touched") { store in
            var one = Samples.run("000000000001", steps: [("mart.a", nil)])
            one.target = "revenue-by-8"
            var two = Samples.run("000000000002", steps: [("mart.b", nil)])
            two.target = "mart.b"
            two.startedAt = Samples.noon.adding(seconds: 1)
            var three = Samples.run("000000000003", steps: [])
            three.target = "revenue-by-8"
            three.startedAt = Samples.noon.adding(seconds: 2)
            try await store.record(
                [.runStarted(one), .runStarted(two), .runStarted(three)], at: Samples.noon)
            #expect(try await store.runs(of: nil, limit: 2) == [three, two])
            #expect(try await store.runs(of: "revenue-by-8", limit: 9) == [three, one])
            #expect(try await store.runs(of: "mart.a", limit: 9) == [one])
            #expect(try await store.runs(of: "nothing", limit: 9).isEmpty)
        },
        StateStoreContract("what steps said comes oldest first, of one asset when named") { store in
            let run = Samples.run("000000000001", steps: [])
            let asset = AssetName(schema: "mart", table: "a")
            let other = AssetName(schema: "mart", table: "b")
            try await store.record([.runStarted(run)], at: Samples.noon)
            try await store.record(
                [
                    .stepSaid(run.id, asset: asset, interval: "2026-11-19", text: "one\ntwo"),
                    .stepSaid(run.id, asset: other, interval: nil, text: "Grüße"),
                ], at: Samples.noon.adding(milliseconds: 7))
            let lines = try await store.log(of: run.id, asset: nil)
            #expect(lines.map(\.text) == ["one\ntwo", "Grüße"])
            #expect(lines.map(\.at) == Array(repeating: Samples.noon.adding(milliseconds: 7), count: 2))
            #expect(try await store.log(of: run.id, asset: other).map(\.interval) == [nil])
        },
        StateStoreContract("the newest step of a slice is the last that ended or waits") { store in
            let asset = AssetName(schema: "mart", table: "a")
            func record(_ id: RunID, _ states: [StepState], end: RunState? = nil, at seconds: Int64)
                async throws
            {
                let run = Samples.run(id, steps: [("mart.a", "2026-11-19"), ("mart.a", nil)])
                var facts = [Fact.runStarted(run)]
                for state in states {
                    var step = run.steps[0]
                    step.state = state
                    facts.append(.stepChanged(run.id, step))
                }
                if let end { facts.append(.runEnded(run.id, end)) }
                try await store.record(facts, at: Samples.noon.adding(seconds: seconds))
            }
            #expect(try await store.newestSteps(of: []).isEmpty)
            try await record("000000000001", [.running, .blocked], at: 0)
            try await record("000000000002", [.running, .awaitingData], at: 1)
            try await record("000000000003", [.running], at: 2)
            try await record("000000000004", [.certified], end: .rehearsed, at: 3)
            let found = try await store.newestSteps(of: [asset, AssetName(schema: "no", table: "one")])
            #expect(found.map(\.run) == ["000000000002"])
            #expect(found.map(\.step.state) == [.awaitingData])
            #expect(found.map(\.at) == [Samples.noon.adding(seconds: 1)])
            try await record("000000000005", [.certified], end: .certified, at: 4)
            #expect(try await store.newestSteps(of: [asset]).isEmpty)
        },
        StateStoreContract("a promise is seen once") { store in
            try await store.record([.promiseSeen("p")], at: Samples.noon)
            try await store.record(
                [.promiseSeen("p"), .promiseSeen("q")], at: Samples.noon.adding(seconds: 9))
            #expect(
                try await store.promisesSeen()
                    == ["p": Samples.noon, "q": Samples.noon.adding(seconds: 9)])
        },
        StateStoreContract("a refresh is remembered from intent to end, and again") { store in
            let one = RefreshMark(consumer: "board", intervals: ["2026-11-18"], key: "k1")
            let two = RefreshMark(consumer: "board", intervals: ["2026-11-19"], key: "k2")
            let later = Samples.noon.adding(seconds: 1)
            try await store.record([.refreshIntended(one), .refreshIntended(two)], at: Samples.noon)
            try await store.record([.refreshEnded(one, failure: "502")], at: later)
            var found = try await store.refreshes(of: "board", limit: 5)
            #expect(found.map(\.mark) == [two, one])
            #expect(found.map(\.endedAt) == [nil, later])
            #expect(found.map(\.failure) == [nil, "502"])
            try await store.record([.refreshIntended(one)], at: later)
            try await store.record([.refreshEnded(one, failure: nil)], at: later)
            found = try await store.refreshes(of: "board", limit: 1)
            #expect(
                found == [RefreshMemory(mark: one, intendedAt: later, endedAt: later, failure: nil)])
            #expect(try await store.refreshes(of: "other", limit: 5).isEmpty)
        },
        StateStoreContract("an approval is answered once, and those that wait come first") { store in
            func request(_ id: String) -> ApprovalRequest {
                ApprovalRequest(
                    id: id, run: "000000000001", asset: AssetName(schema: "mart", table: "a"),
                    interval: "2026-11-19", definition: "d", by: ["ana"], askedAt: Samples.noon,
                    expiresAt: nil)
            }
            try await store.record(
                [.approvalAsked(request("a1")), .approvalAsked(request("a2"))], at: Samples.noon)
            let answer = Fact.approvalAnswered(id: "a2", by: "ana", approved: false, reason: "wrong rate")
            try await store.record([answer], at: Samples.noon.adding(seconds: 5))
            await #expect(throws: PortFailure.self) { try await store.record([answer], at: Samples.noon) }
            let found = try await store.approvals(limit: 9)
            #expect(
                found == [
                    ApprovalMemory(
                        request: request("a1"), approved: nil, by: nil, reason: nil, answeredAt: nil),
                    ApprovalMemory(
                        request: request("a2"), approved: false, by: "ana", reason: "wrong rate",
                        answeredAt: Samples.noon.adding(seconds: 5)),
                ])
        },
        StateStoreContract("manual work is done for one slice at a time, the last time counts") { store in
            let asset = AssetName(schema: "raw", table: "fx")
            try await store.record([.manualDone(asset, interval: "2026-11-19", by: "ben")], at: Samples.noon)
            let later = Samples.noon.adding(seconds: 60)
            try await store.record([.manualDone(asset, interval: "2026-11-19", by: "ana")], at: later)
            #expect(try await store.manualDone(asset, interval: "2026-11-19") == later)
            #expect(try await store.manualDone(asset, interval: nil) == nil)
        },
        StateStoreContract("acceptances come oldest first") { store in
            let asset = AssetName(schema: "raw", table: "fx")
            func acceptance(_ check: CheckID, until: CivilDate?) -> CheckAcceptance {
                CheckAcceptance(
                    check: check, asset: asset, interval: nil, reason: "known", until: until, by: "ana")
            }
            let both = [
                acceptance("raw.fx/b", until: CivilDate("2026-12-01")), acceptance("raw.fx/a", until: nil),
            ]
            try await store.record(both.map { .checkAccepted($0) }, at: Samples.noon)
            #expect(try await store.acceptances(of: asset) == both)
        },
        StateStoreContract("an effect is open from its intent to its end") { store in
            let asset = AssetName(schema: "mart", table: "a")
            let mark = EffectMark(
                run: "000000000001", asset: asset, interval: "2026-11-19", key: "k",
                holder: "host/1/1", intendedAt: Samples.noon)
            try await store.record([.effectIntended(mark)], at: Samples.noon)
            #expect(try await store.openEffects(of: asset) == [mark])
            var other = mark
            other.run = "000000000002"
            await #expect(throws: PortFailure.self) {
                try await store.record([.effectIntended(other)], at: Samples.noon)
            }
            #expect(try await store.openEffects(of: asset) == [mark])
            try await store.record([.effectEnded(mark, failure: "exit 1")], at: Samples.noon)
            #expect(try await store.openEffects(of: asset).isEmpty)
            #expect(try await store.isMade("k", of: asset) == false)
            try await store.record([.effectIntended(other)], at: Samples.noon)
            #expect(try await store.openEffects(of: asset) == [other])
            #expect(try await store.isMade("k", of: asset) == false)
        },
        StateStoreContract("an effect that was made is not begun again") { store in
            let asset = AssetName(schema: "mart", table: "a")
            let mark = EffectMark(
                run: "000000000001", asset: asset, interval: nil, key: "k", holder: "host/1/1",
                intendedAt: Samples.noon)
            try await store.record(
                [.effectIntended(mark), .effectEnded(mark, failure: nil)], at: Samples.noon)
            #expect(try await store.isMade("k", of: asset))
            await #expect(throws: PortFailure.self) {
                try await store.record([.effectIntended(mark)], at: Samples.noon)
            }
        },
        StateStoreContract("a waiver names the interval, and when and why it was given first") { store in
            try await store.record(
                [.occurrenceWaived("p", interval: "2026-11-19", by: "ana", reason: "holiday")],
                at: Samples.noon)
            let first = Waiver(at: Samples.noon, by: "ana", reason: "holiday")
            #expect(try await store.waivers(of: "p") == ["2026-11-19": first])
            #expect(try await store.waivers(of: "q").isEmpty)
            try await store.record(
                [.occurrenceWaived("p", interval: "2026-11-19", by: "ben", reason: "bank holiday")],
                at: Samples.noon(60))
            let again = Waiver(at: Samples.noon, by: "ben", reason: "bank holiday")
            #expect(try await store.waivers(of: "p") == ["2026-11-19": again])
        },
        StateStoreContract("the answers of a gate come newest first") { store in
            let asset = AssetName(schema: "mart", table: "a")
            let closed = GateAnswer(
                consumer: "board", isOpen: false, intervals: ["2026-11-19"],
                certifiedThrough: ["mart.a": "2026-11-18", "mart.b": nil],
                reasons: [.init(asset: asset, interval: "2026-11-19", why: "blocked", cause: nil)],
                certificates: ["c1"])
            var open = closed
            open.isOpen = true
            try await store.record([.gateAnswered(closed)], at: Samples.noon)
            try await store.record([.gateAnswered(open)], at: Samples.noon.adding(seconds: 1))
            let found = try await store.gateAnswers(of: "board", limit: 9)
            #expect(found.map(\.answer) == [open, closed])
            #expect(try await store.gateAnswers(of: "board", limit: 1).map(\.answer) == [open])
            let before = try await store.gateAnswer(of: "board", before: Samples.noon(1))
            #expect(before == GateMemory(at: Samples.noon, answer: closed))
            #expect(try await store.gateAnswer(of: "board", before: Samples.noon(2))?.answer == open)
            #expect(try await store.gateAnswer(of: "board", before: Samples.noon) == nil)
            #expect(try await store.gateAnswer(of: "other", before: Samples.noon(2)) == nil)
        },
        StateStoreContract("the remaining facts are taken, and taken again") { store in
            let run = Samples.run("000000000001", steps: [])
            let facts: [Fact] = [
                .definitionSeen(hash: "h", text: "surety: 1"),
                .effectUndone(
                    run.id, asset: AssetName(schema: "mart", table: "a"), interval: nil, failure: nil),
                .certificateSeen(Samples.certificate("c1")),
                .certificateSeen(Samples.certificate("c1").withdrawn(at: Samples.noon, why: "rows moved")),
                .consumerViewed("board", at: Samples.noon, count: 3),
            ]
            try await store.record([.runStarted(run)] + facts, at: Samples.noon)
            try await store.record(facts, at: Samples.noon.adding(seconds: 1))
        },
        StateStoreContract("incidents come back as they are now, one open at each root") {
            store in
            let open = Samples.incident("inc_2", at: Samples.noon.adding(seconds: 1))
            var ended = Samples.incident("inc_1", at: Samples.noon)
            try await store.record([.incidentChanged(ended)], at: Samples.noon)
            // At one root, one is open at a time.
            await #expect(throws: PortFailure.self) {
                try await store.record([.incidentChanged(open)], at: Samples.noon)
            }
            // Written down twice it is the same; another of the same number is somebody else's.
            try await store.record([.incidentChanged(ended)], at: Samples.noon)
            ended.status = .resolved
            await #expect(throws: PortFailure.self) {
                try await store.record([.incidentChanged(ended)], at: Samples.noon)
            }
            ended.sequence += 1
            ended.resolvedAt = Samples.noon.adding(seconds: 60)
            try await store.record([.incidentChanged(ended), .incidentChanged(open)], at: Samples.noon)
            #expect(try await store.incidents(endedSince: Samples.noon) == [ended, open])
            #expect(try await store.incidents(endedSince: Samples.noon.adding(seconds: 61)) == [open])
            #expect(try await store.incident("inc_1") == ended)
            #expect(try await store.incident("inc_0") == nil)
        },
        StateStoreContract("a message is due until it is claimed, and again when the claim is over") {
            store in
            let message = Samples.message("inc_1", due: Samples.noon)
            let later = Samples.message("inc_2", due: Samples.noon.adding(seconds: 60))
            try await store.record([.messageQueued(message), .messageQueued(later)], at: Samples.noon)
            try await store.record([.messageQueued(message)], at: Samples.noon)
            #expect(try await store.messages(dueAt: Samples.noon, limit: 9).map(\.message) == [message])
            let until = Samples.noon.adding(seconds: 30)
            try await store.record([.messageClaimed(message.id, until: until)], at: Samples.noon)
            #expect(try await store.messages(dueAt: Samples.noon, limit: 9) == [])
            await #expect(throws: PortFailure.self) {
                try await store.record([.messageClaimed(message.id, until: until)], at: Samples.noon)
            }
            #expect(try await store.messages(dueAt: until, limit: 9).map(\.attempts) == [1])
            try await store.record([.messageClaimed(message.id, until: until)], at: until)
        },
        StateStoreContract("a message ends delivered, dead or superseded, and is not due any more") { store in
            let messages = (1...4).map {
                Samples.message(IncidentID(rawValue: "inc_\($0)"), due: Samples.noon)
            }
            try await store.record(messages.map { .messageQueued($0) }, at: Samples.noon)
            let again = Samples.noon.adding(seconds: 5)
            try await store.record(
                [
                    .messageDelivered(messages[0].id, receipt: "C1/2"),
                    .messageFailed(messages[1].id, why: "gone", again: nil),
                    .messageSuperseded(messages[2].id),
                    .messageFailed(messages[3].id, why: "busy", again: again),
                ], at: Samples.noon)
            #expect(try await store.messages(dueAt: Samples.noon, limit: 9) == [])
            #expect(try await store.messages(dueAt: again, limit: 9).map(\.message.id) == [messages[3].id])
            var seen: [String] = []
            for message in messages {
                let memory = try #require(
                    try await store.messages(about: message.alert.incident.id).first)
                seen.append("\(memory.state.rawValue) \(memory.failure ?? memory.receipt ?? "-")")
            }
            #expect(seen == ["delivered C1/2", "dead gone", "superseded -", "pending busy"])
        },
        StateStoreContract("what a cancelled task records is recorded") { store in
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await store.record([.promiseSeen("p")], at: Samples.noon)
            }
            task.cancel()
            try await task.value
            #expect(try await store.promisesSeen() == ["p": Samples.noon])
        },
        StateStoreContract("many tasks record at once") { store in
            try await withThrowingTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        try await store.record(
                            [.promiseSeen(PromiseID(rawValue: "p\(number)"))], at: Samples.noon)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.promisesSeen().count == 40)
        },
    ]
}

/// Values for the contract.
enum Samples {
    static let noon = Instant(milliseconds: 1_795_089_600_000)

    static func run(_ id: RunID, steps: [(String, String?)]) -> RunRecord {
        RunRecord(
            id: id, target: "revenue-by-8", intervals: ["2026-11-19"], trigger: "person", definition: "d1",
            startedAt: noon,
            steps: steps.compactMap { name, interval in
                AssetName(name).map { StepRecord(asset: $0, interval: interval, kind: .sql) }
            })
    }

    static func incident(_ id: IncidentID, at now: Instant) -> Incident {
        let cause = Cause(
            .checkFailed, asset: AssetName(schema: "mart", table: "a"), interval: "2026-11-19", message: "no")
        let trouble = Trouble(
            cause: cause, intervals: ["2026-11-19"], affects: ["mart.a 2026-11-19"], promises: ["p"],
            consumers: ["c"], severity: .critical)
        return Incident(id: id, trouble: trouble, at: now)
    }

    static func message(_ id: IncidentID, due: Instant, over channel: ChannelID = "inbox") -> AlertMessage {
        let alert = Alert(event: .opened, at: noon, incident: incident(id, at: noon), headline: "no")
        return AlertMessage(alert, to: AlertRecipient(channel: channel, person: nil), dueAt: due)
    }

    static func certificate(_ id: CertificateID) -> Certificate {
        var asset = Asset(
            name: AssetName(schema: "mart", table: "a"),
            location: SourceLocation(file: "a.yaml", line: 1, column: 1))
        let check = Check(
            id: "mart.a/rows", text: "rows > 0", list: .stop, location: asset.location,
            body: .metric(.rows, .compare(.greater, .literal(.number("0")))))
        asset.stop = [check]
        let judgement = Certifier(
            asset: asset, slice: .whole, run: "000000000001", definition: "d", inputs: [], certificate: id
        ).judge(
            Evidence(
                results: [CheckResult(check, of: asset.name, slice: .whole, .pass)],
                snapshot: SnapshotMark(snapshot: "1", system: "w"),
                content: ContentMark(rows: 1, fingerprint: "f"), columns: []), at: noon)
        guard case .certified(let certificate) = judgement else {
            preconditionFailure("a passed check certifies")
        }
        return certificate
    }
}
