import AsyncHTTPClient
import Engine
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import SuretyCore
import Testing

@testable import WebService

@Suite(.timeLimit(.minutes(10))) struct `a service that listens` {
    /// Runs a service until the body has ended, and then shuts it down.
    private func listening(
        _ stage: Stage, _ body: @Sendable (_ port: Int, _ group: ServiceGroup) async throws -> Void
    ) async throws {
        let ports = AsyncStream.makeStream(of: Int.self)
        let service = WebService(
            front: stage.front, address: try WebAddress(parsing: "127.0.0.1:0"), logger: Stage.logger,
            report: { week in week }, listening: { port in ports.continuation.yield(port) })
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [service], logger: Stage.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.stream.makeAsyncIterator()
            let port = try #require(await iterator.next())
            do {
                try await body(port, group)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func `it says on which port, and answers there`() async throws {
        try await listening(try await Stage()) { port, _ in
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/healthz"), timeout: .seconds(10))
            #expect(response.status == .ok)
            var foreign = HTTPClientRequest(url: "http://127.0.0.1:\(port)/healthz")
            foreign.headers.add(name: "Host", value: "evil.example")
            let refused = try await HTTPClient.shared.execute(foreign, timeout: .seconds(10))
            #expect(refused.status == .forbidden)
        }
    }

    @Test func `who listens to events is told that it ends`() async throws {
        try await listening(try await Stage()) { port, group in
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/api/v1/events"), timeout: .seconds(30))
            var body = response.body.makeAsyncIterator()
            #expect(try await body.next().map { String(buffer: $0) } == EventText.beginning)
            await group.triggerGracefulShutdown()
            #expect(try await body.next() == nil)
        }
    }

    @Test func `who waits for a gate waits no longer when it ends`() async throws {
        let stage = try await Stage()
        try await listening(stage) { port, group in
            async let response = HTTPClient.shared.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/api/v1/gate/board?wait=300"),
                timeout: .seconds(30))
            var waits = stage.front.waiting.stream.makeAsyncIterator()
            _ = await waits.next()
            await group.triggerGracefulShutdown()
            let status = try await response.status
            #expect(status == .serviceUnavailable)
        }
    }

    @Test func `an address that is taken is a conflict`() async throws {
        let stage = try await Stage()
        try await listening(stage) { port, _ in
            let second = WebService(
                front: stage.front, address: try WebAddress(parsing: "127.0.0.1:\(port)"),
                logger: Stage.logger, report: { week in week })
            let failure = await #expect(throws: PortFailure.self) { try await second.run() }
            #expect(failure?.kind == .conflict)
        }
    }
}
