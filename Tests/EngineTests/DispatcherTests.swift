import SuretyCore
import SuretyTestKit
import Testing

@testable import Engine

@Suite struct `which run begins when` {
    private let now = Make.instant("2026-11-20T05:00:00Z")

    private func job(
        _ id: RunID, _ target: String? = nil, tier: Tier = .two, due: Int64? = 3600, asked: Int64 = 0,
        intervals: String? = nil
    ) -> Dispatcher.Job {
        Dispatcher.Job(
            id: id, request: RunRequest(target ?? id.rawValue, intervals: intervals), start: nil, tier: tier,
            deadline: due.map { now.adding(seconds: $0) }, askedAt: now.adding(seconds: asked))
    }

    /// A run that a start asked for, or that makes good what was.
    private func job(_ id: RunID, _ target: String, trigger: String, tier: Tier = .two) -> Dispatcher.Job {
        var request = RunRequest(target)
        request.trigger = trigger
        let start = Timetable.Due(start: "at 05:30", at: now, begins: true)
        return Dispatcher.Job(
            id: id, request: request, start: trigger == "schedule" ? start : nil, tier: tier, deadline: nil,
            askedAt: now)
    }

    private func begun(_ dispatcher: inout Dispatcher) -> [RunID] { dispatcher.begin().map(\.id) }

    @Test func `what matters most comes first, then what is due first, then what has waited longest`() {
        var dispatcher = Dispatcher(limit: 9)
        let jobs = [
            job("g", tier: .three, due: 60), job("f", due: nil, asked: -9), job("e", due: 7200, asked: -9),
            job("d", asked: 5), job("c", asked: 1), job("b", asked: 1), job("a", tier: .one, due: nil),
        ]
        for job in jobs { #expect(dispatcher.ask(job, overlap: .skip) == .accepted) }
        #expect(begun(&dispatcher) == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(dispatcher.runs == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(begun(&dispatcher) == [])
    }

    @Test(arguments: ["backfill", "late_rows"])
    func `what makes good what was comes after what is due, and holds up no start of its target`(
        trigger: String
    ) {
        var dispatcher = Dispatcher(limit: 1)
        _ = dispatcher.ask(job("a", "p", trigger: trigger, tier: .one), overlap: .skip)
        _ = dispatcher.ask(job("b", "q", trigger: "schedule", tier: .three), overlap: .skip)
        #expect(begun(&dispatcher) == ["b"])
        dispatcher.ended("b")
        #expect(begun(&dispatcher) == ["a"])
        #expect(dispatcher.ask(job("c", "p", trigger: trigger), overlap: .skip) == .running("a"))
        #expect(dispatcher.ask(job("d", "p", trigger: "person"), overlap: .skip) == .running("a"))
        #expect(dispatcher.ask(job("e", "p", trigger: "schedule"), overlap: .skip) == .accepted)
        #expect(begun(&dispatcher) == [])
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == ["e"])
    }

    @Test func `no more run at once than the limit, and the next begin as others end`() {
        var dispatcher = Dispatcher(limit: 2)
        for id in ["c", "b", "a"] as [RunID] { _ = dispatcher.ask(job(id), overlap: .skip) }
        #expect(begun(&dispatcher) == ["a", "b"])
        #expect(begun(&dispatcher) == [])
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == ["c"])
        _ = dispatcher.ask(job("d"), overlap: .skip)
        dispatcher.limit = 3
        #expect(begun(&dispatcher) == ["d"])
    }

    @Test(
        arguments: [
            (Promise.Overlap.skip, Dispatcher.Answer.running("a"), []), (.queue, .accepted, ["b"]),
            (.cancelPrevious, .cancelling("a"), ["b"]),
        ] as [(Promise.Overlap, Dispatcher.Answer, [RunID])])
    func `beside a run of the same target another is skipped, waits, or has it cancelled`(
        overlap: Promise.Overlap, answer: Dispatcher.Answer, later: [RunID]
    ) {
        var dispatcher = Dispatcher(limit: 9)
        _ = dispatcher.ask(job("a", "revenue"), overlap: overlap)
        _ = dispatcher.begin()
        #expect(dispatcher.ask(job("b", "revenue", intervals: "2026-11-19"), overlap: overlap) == answer)
        #expect(begun(&dispatcher) == [])
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == later)
    }

    @Test func `never do two runs of one target go on at once, and it holds up no other`() {
        var dispatcher = Dispatcher(limit: 9)
        for (id, intervals) in [("a", "2026-11-18"), ("b", "2026-11-19")] as [(RunID, String)] {
            #expect(dispatcher.ask(job(id, "revenue", intervals: intervals), overlap: .queue) == .accepted)
        }
        _ = dispatcher.ask(job("c", tier: .three), overlap: .queue)
        #expect(begun(&dispatcher) == ["a", "c"])
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == ["b"])
    }

    @Test(arguments: Promise.Overlap.allCases)
    func `the same request twice waits once`(overlap: Promise.Overlap) {
        var dispatcher = Dispatcher(limit: 1)
        #expect(dispatcher.ask(job("a", "revenue"), overlap: overlap) == .accepted)
        #expect(dispatcher.ask(job("b", "revenue"), overlap: overlap) == .running("a"))
        #expect(begun(&dispatcher) == ["a"])
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == [])
    }

    @Test func `what waits is begun by nobody once it is dropped`() {
        var dispatcher = Dispatcher(limit: 1)
        for id in ["a", "b"] as [RunID] { _ = dispatcher.ask(job(id), overlap: .skip) }
        _ = dispatcher.begin()
        #expect((dispatcher.drop("b"), dispatcher.drop("b"), dispatcher.drop("a")) == (true, false, false))
        dispatcher.ended("a")
        #expect(begun(&dispatcher) == [])
    }

    @Test func `a dispatcher that drains begins nothing more, and what runs goes on`() {
        var dispatcher = Dispatcher(limit: 9)
        _ = dispatcher.ask(job("a"), overlap: .skip)
        _ = dispatcher.begin()
        _ = dispatcher.ask(job("b"), overlap: .skip)
        dispatcher.isDraining = true
        #expect(begun(&dispatcher) == [])
        #expect(dispatcher.runs == ["a"])
    }
}
