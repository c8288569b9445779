import Engine
import Foundation
import Logging
import SQLiteWarehouse
import StateStores
import SuretyCore
import SuretyTestKit

/// A small project in a world of its own: a clock that stands still, a state, a warehouse and a messenger.
final class Stage: Sendable {
    let clock: StagedClock
    let messenger = StagedMessenger()
    let warehouse: StagedWarehouse
    let state: StagedState
    let identities = CountingIdentities()
    let surroundings: Surroundings
    private let folder: URL

    /// A stage whose clock shows an instant of 20 November 2026, a Friday; London is at UTC.
    init(_ catalog: Catalog = Stage.catalog, at time: String = "2026-11-20T09:00:00Z") async throws {
        clock = StagedClock(Make.instant(time))
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("surety-\(UUID())")
        let data = folder.appendingPathComponent("warehouse")
        let embedded = try await EmbeddedWarehouse.open(folder: data.path)
        try await embedded.prepare(clockOffset: 0)
        try Data().write(to: data.appendingPathComponent("mart.db"))
        warehouse = StagedWarehouse(embedded)
        state = StagedState(
            try await SQLiteStateStore.open(path: folder.appendingPathComponent("state.db").path))
        surroundings = Stage.surroundings(catalog, warehouse, state, clock, messenger, identities)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The same world under other declarations.
    func declaring(_ catalog: Catalog) -> Surroundings {
        Stage.surroundings(catalog, warehouse, state, clock, messenger, identities)
    }

    private static func surroundings(
        _ catalog: Catalog, _ warehouse: StagedWarehouse, _ state: StagedState, _ clock: StagedClock,
        _ messenger: StagedMessenger, _ identities: CountingIdentities
    ) -> Surroundings {
        Surroundings(
            catalog: catalog, declarations: "surety: 1", warehouse: warehouse, state: state, clock: clock,
            identities: identities, processes: Nothing(), files: Nothing(), refresher: Nothing(),
            messenger: messenger, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            person: "keeper")
    }

    // MARK: - What is declared

    static let zone = Make.zone("Europe/London")

    /// `mart.revenue` is made from nothing, which the promise `revenue-by-8` owes and the consumer `board` shows; all is
    /// told over `inbox` and `hook`.
    static let catalog: Catalog = {
        var catalog = Catalog(
            project: ProjectSettings(name: "acme", zone: zone, state: Secret("sqlite:s"), warehouses: [:]))
        for id in ["inbox", "hook"] {
            let channel = ChannelID(rawValue: id)
            catalog.channels[channel] = AlertChannel(id: channel, kind: .file(id))
        }
        catalog.owners["ana"] = Owner(id: "ana", name: "Ana", to: ["inbox"])
        catalog.routes = [Route(when: [:], to: ["inbox", "hook"], continues: false)]
        catalog.promise("revenue-by-8", of: "mart.revenue")
        catalog.consumers["board"] = Consumer(
            id: "board", location: Make.location, name: "Board", owner: "ana",
            uses: [Make.name("mart.revenue")])
        return catalog
    }()

    // MARK: - A service

    /// The loops of a service that sleep when there is nothing to do.
    private static let loops = 7

    /// Runs a service while a test looks at it; its clock is let pass by hand.
    func serving(
        rereading: @escaping @Sendable (Surroundings) async -> Rereading = { _ in .unchanged },
        _ body: (ProjectService) async throws -> Void
    ) async throws {
        let service = ProjectService(surroundings, rereading: rereading)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await service.run() }
            await clock.sleeping(Stage.loops)
            do {
                try await body(service)
            } catch {
                await service.stop(within: 0)
                throw error
            }
            await service.stop(within: 0)
            try await group.waitForAll()
        }
    }

    /// Lets time pass in steps of so many seconds, in each of which everybody looks who would; alerts go out in the second.
    func pass(seconds: Int64, times: Int = 1) async {
        for _ in 0..<times {
            clock.advance(seconds: seconds)
            await clock.sleeping(Stage.loops)
        }
    }

    /// Waits until something is so.
    func until(_ condition: () async throws -> Bool) async rethrows {
        while !(try await condition()) { await Task.yield() }
    }

    /// The run that ends next, and what else is told until then is passed by.
    func ended(_ events: inout AsyncStream<NumberedEvent>.Iterator) async -> RunRecord? {
        while let event = await events.next(isolation: #isolation) {
            if case .run(let run) = event.event, run.endedAt != nil { return run }
        }
        return nil
    }

    /// Runs a promise or asset as a person does; nothing is sent.
    @discardableResult
    func run(_ target: String) async throws -> RunRecord {
        guard let target = SliceFinder(surroundings.catalog).target(target) else {
            throw PortFailure(.refused, "there is no \(target)")
        }
        var options = RunOptions()
        options.delivers = false
        return try await Execution(surroundings).run(target, slices: nil, options: options) { _ in }.run
    }

    /// What became of the starts that came due, in order.
    func firings() async throws -> [StartFiring] {
        try await state.facts(
            of: [.startFired], from: Instant(seconds: 0), to: clock.now().adding(seconds: 1)
        ).compactMap { memory in
            if case .startFired(let firing) = memory.fact { firing } else { nil }
        }
    }

    /// The incidents of the last day, `root status`, in order.
    func incidents() async throws -> [String] {
        try await state.incidents(endedSince: clock.now().adding(seconds: -86_400))
            .map { "\($0.root) \($0.status.rawValue)" }
    }
}

extension Catalog {
    /// Declares assets of daily rows that are made from nothing, and a promise of them each day at eight.
    mutating func promise(
        _ id: PromiseID, of asset: String, tier: Tier = .two, starts: [Start] = [],
        overlap: Promise.Overlap = .skip, and others: [String] = []
    ) {
        for name in [asset] + others {
            var built = Make.built(name, from: [])
            built.origin = .built(
                Build(
                    .sql(Build.SQLText("SELECT :interval_date AS day, 3 AS amount")), write: .replaceInterval)
            )
            assets[built.name] = built
        }
        var promise = Promise(
            id: id, location: Make.location, sentence: "Revenue by eight.", owner: "ana",
            deadline: .times([CivilTime(secondOfDay: 8 * 3600)], on: nil, zone: Stage.zone),
            through: .priorDay, needs: ([asset] + others).map(Make.name))
        promise.tier = tier
        promise.serves = ["board"]
        promise.starts = starts
        promise.overlap = overlap
        promises[id] = promise
    }
}
