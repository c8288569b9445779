import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@testable import Engine

@Suite struct `gates in a service` {
    private static let board = Stage.catalog.consumers["board"]
    private let unreachable = PortFailure(.unreachable, "the warehouse is not there")

    private func ask(_ desk: GateDesk, _ stage: Stage) async throws -> GateAnswer {
        try await desk.ask(try #require(Self.board), slices: nil, stage.surroundings)
    }

    private func reads(_ stage: Stage) -> Int { stage.warehouse.script.withLock(\.reads) }

    /// The answers that were counted, and those that were noted as changes.
    private func remembered(_ stage: Stage) async throws -> (counted: Int, noted: Int) {
        let far = stage.clock.now().adding(seconds: 1)
        let tallies = try await stage.state.tallies(from: Instant(seconds: 0), to: far)
        let noted = try await stage.state.facts(of: [.gateAnswered], from: Instant(seconds: 0), to: far)
        return (tallies.reduce(0) { $0 + $1.count }, noted.count)
    }

    @Test func `many who ask at once share one look, and each is counted`() async throws {
        let stage = try await Stage()
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        let answers = try await withThrowingTaskGroup(of: GateAnswer.self) { group in
            for _ in 0..<50 { group.addTask { try await ask(desk, stage) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 50)
        #expect(Set(answers).count == 1)
        #expect(answers.first?.isOpen == false)
        #expect(reads(stage) == 1)
        #expect(try await remembered(stage) == (50, 1))
    }

    @Test func `an answer serves for a second, and an equal one is only counted`() async throws {
        let stage = try await Stage()
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        for (seconds, looks) in [(0, 1), (0, 1), (1, 2), (0, 2), (3600, 3)] as [(Int64, Int)] {
            stage.clock.pass(seconds: seconds)
            _ = try await ask(desk, stage)
            #expect(reads(stage) == looks)
        }
        #expect(try await remembered(stage) == (5, 1))
    }

    @Test func `a clock that was set back makes no answer serve longer`() async throws {
        let stage = try await Stage()
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        _ = try await ask(desk, stage)
        stage.clock.pass(seconds: -60)
        _ = try await ask(desk, stage)
        #expect(reads(stage) == 2)
    }

    @Test func `after a run it is looked anew, and the change is noted`() async throws {
        let stage = try await Stage(at: "2026-11-20T07:00:00Z")
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        #expect(try await ask(desk, stage).isOpen == false)
        try await stage.run("revenue-by-8")
        #expect(try await ask(desk, stage).isOpen == false)
        await desk.forget()
        #expect(try await ask(desk, stage).isOpen)
        #expect(try await remembered(stage) == (3, 2))
    }

    @Test func `questions about other slices have answers of their own`() async throws {
        let stage = try await Stage()
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        let board = try #require(Self.board)
        for day in ["2026-11-17", "2026-11-18", "2026-11-17"] {
            let answer = try await desk.ask(
                board, slices: [Make.name("mart.revenue"): [Make.day(day)]], stage.surroundings)
            #expect(answer.intervals == [day])
        }
        #expect(reads(stage) == 2)
    }

    @Test func `a look that fails fails for all who wait, and is nobody's answer afterwards`() async throws {
        let stage = try await Stage()
        stage.warehouse.script.withLock { $0.failure = unreachable }
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        let failures = await withTaskGroup(of: PortFailure.Kind?.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await ask(desk, stage)
                        return nil
                    } catch {
                        return (error as? PortFailure)?.kind
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures == Array(repeating: .unreachable, count: 20))
        #expect(try await remembered(stage) == (0, 0))
        stage.warehouse.script.withLock { $0.failure = nil }
        #expect(try await ask(desk, stage).isOpen == false)
    }

    @Test func `an answer that cannot be counted is not given`() async throws {
        let stage = try await Stage()
        stage.state.script.withLock { $0.failure = PortFailure(.storeUnusable, "the disk is full") }
        let desk = GateDesk(tally: TallyDesk(), log: EventLog())
        let failures = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { (try? await ask(desk, stage)) == nil }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures == Array(repeating: true, count: 20))
        stage.state.script.withLock { $0.failure = nil }
        _ = try await ask(desk, stage)
        #expect(try await remembered(stage).counted == 1)
    }

    @Test func `answers that are counted at once are written in groups, and none is lost`() async throws {
        let stage = try await Stage()
        let desk = TallyDesk()
        let tally = GateTally(consumer: "board", isOpen: true, at: stage.clock.now(), count: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 { group.addTask { try await desk.count(tally, stage.state) } }
            try await group.waitForAll()
        }
        let groups = stage.state.script.withLock(\.groups)
        #expect(groups.allSatisfy { $0.count == 1 })
        #expect(groups.flatMap { $0 }.reduce(0) { $0 + $1.count } == 200)
        #expect(try await remembered(stage).counted == 200)
    }
}
