import SuretyCore
import SuretyTestKit
import Synchronization
import Testing

@testable import Engine

@Suite struct MemoryAuditTests {
    private static let asset = Make.name("mart.revenue")

    private func stage(readAt: Instant, wrong: String? = nil) async throws -> Stage {
        let stage = try await Stage()
        stage.warehouse.script.withLock { script in
            script.remembered = [Self.asset: readAt, Make.name("mart.gone"): readAt]
            script.misremembered[Self.asset] = wrong
        }
        return stage
    }

    @Test func `what was read six days ago is compared once, what is newer is left alone`() async throws {
        let now = try await Stage().clock.now()
        for (seconds, readAll) in [(6 * 86400, []), (6 * 86400 + 1, [Self.asset])] as [(Int64, [AssetName])] {
            let stage = try await stage(readAt: now.adding(seconds: -seconds))
            for _ in 1...2 { try await MemoryAudit(stage.surroundings).audit() }
            #expect(stage.warehouse.script.withLock(\.readAll) == readAll)
            #expect(try await stage.incidents() == [])
        }
    }

    @Test func `what was kept wrongly is told, and is over when the next comparison finds nothing`()
        async throws
    {
        let stage = try await Stage()
        let long = stage.clock.now().adding(seconds: -7 * 86400)
        stage.warehouse.script.withLock { script in
            script.remembered[Self.asset] = long
            script.misremembered[Self.asset] = "rows of 2026-11-19 are others"
        }
        try await MemoryAudit(stage.surroundings).audit()
        #expect(try await stage.incidents() == ["surety.kept_parts|infra firing"])
        let incident = try #require(try await stage.state.incidents(endedSince: stage.clock.now()).first)
        #expect(incident.cause.message == "mart.revenue: rows of 2026-11-19 are others")
        stage.warehouse.script.withLock { script in
            script.remembered[Self.asset] = long
            script.misremembered = [:]
        }
        stage.clock.pass(seconds: 60)
        try await MemoryAudit(stage.surroundings).audit()
        #expect(try await stage.incidents() == ["surety.kept_parts|infra resolved"])
    }

    @Test func `a service compares every hour what has come to its turn`() async throws {
        let stage = try await stage(readAt: Make.instant("2026-11-01T00:00:00Z"))
        try await stage.serving { _ in
            #expect(stage.warehouse.script.withLock(\.readAll) == [])
            await stage.pass(seconds: 3600)
            #expect(stage.warehouse.script.withLock(\.readAll) == [Self.asset])
        }
    }
}
