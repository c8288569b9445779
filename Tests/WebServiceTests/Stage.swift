import Engine
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import SQLiteWarehouse
import StateStores
import SuretyCore
import SuretyTestKit

@testable import WebService

/// A small project with a state and a warehouse of its own, a service in front of it, and a way to ask it.
final class Stage: Sendable {
    let clock = StagedClock()
    let front: StagedFront
    let service: WebService
    private let folder: URL

    init(metrics: (any MetricsSource)? = nil) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("surety-\(UUID())")
        let warehouse = try await EmbeddedWarehouse.open(
            folder: folder.appendingPathComponent("warehouse").path)
        try await warehouse.prepare(clockOffset: 0)
        let state = try await SQLiteStateStore.open(path: folder.appendingPathComponent("state.db").path)
        front = StagedFront(
            Surroundings(
                catalog: Stage.catalog, declarations: "", warehouse: warehouse, state: state, clock: clock,
                identities: CountingIdentities(), processes: Nothing(), files: Nothing(),
                refresher: Nothing(), messenger: Nothing(), logger: Stage.logger, person: "keeper"))
        service = WebService(
            front: front, address: try WebAddress(parsing: "127.0.0.1:0"), logger: Stage.logger,
            metrics: metrics, version: "0.1.0",
            report: { week throws(PortFailure) in
                guard week != "2026-W01" else { throw PortFailure(.notYet, "\(week) is not over") }
                return "{\"week\": \"\(week)\"}\n"
            })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var state: any StateStore { front.surroundings.state }
    var now: Instant { clock.now() }

    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// `raw.orders` becomes `mart.revenue`, which the promise `revenue-by-8` owes and the consumer `board` shows.
    static let catalog: Catalog = {
        let zone = Make.zone("Europe/London")
        var project = ProjectSettings(
            name: "test", zone: zone, state: Secret("sqlite:state.db", isSecret: false), warehouses: [:])
        project.stepLimit = 2
        var catalog = Catalog(project: project)
        let source = Make.source("raw.orders")
        let revenue = Make.built("mart.revenue", from: [Need(source.name)])
        catalog.assets = [source.name: source, revenue.name: revenue]
        var promise = Promise(
            id: "revenue-by-8", location: Make.location, sentence: "Yesterday's revenue by eight",
            owner: "ana", deadline: .times([CivilTime("08:00")].compactMap { $0 }, on: nil, zone: zone),
            through: .priorDay, needs: [revenue.name])
        promise.serves = ["board"]
        catalog.promises = [promise.id: promise]
        let board = Consumer(
            id: "board", location: Make.location, name: "Board", owner: "ana", uses: [revenue.name])
        catalog.consumers = [board.id: board]
        return catalog
    }()

    /// What the service says.
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String
    }

    /// Asks the service; a body is sent as JSON unless the headers say otherwise.
    func ask(
        _ uri: String, _ method: HTTPRequest.Method = .get, _ body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let response = try await service.application.test(.router) { [headers] client in
            try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
        return Reply(
            status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }

    /// Tells the service something.
    func tell(_ uri: String, _ body: String? = nil, headers: HTTPFields = [:]) async throws -> Reply {
        try await ask(uri, .post, body, headers: headers)
    }
}
