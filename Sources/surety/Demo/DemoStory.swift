import Engine
import Foundation
import LocalSystem
import Presentation
import SuretyCore

/// The demo's story: a good morning, a bad one and the recovery. What is shown is what the program answers; the story
/// only says what happens and what to look at, and ends with an error where an answer is another than it says.
struct DemoStory: Sendable {
    let folder: DemoFolder
    /// The address of a warehouse; nil for the embedded one.
    let warehouse: String?
    let teller: DemoTeller

    private static let export = AssetName(schema: "raw", table: "billing_export")
    private static let mart = AssetName(schema: "mart", table: "revenue_daily")

    /// Tells it.
    func tell() async throws {
        let place = warehouse == nil ? "the embedded warehouse" : "PostgreSQL"
        teller.say(
            "A small company's revenue on \(place). "
                + teller.style("simulated clock", .warning) + ": the days are those of the sample.\n")
        try await catchUp()
        try await goodMorning()
        try await badMorning()
        try await recovery()
        try await week()
    }

    private func catchUp() async throws {
        let scene = try await scene("2026-03-30T07:30:00+01:00")
        introduce(scene.surroundings.catalog)
        try await refuseUsed(scene.surroundings)
        teller.begin(
            "Monday 30 March 2026, 07:30",
            "Nothing has run yet, and five days are owed. A run builds them, each step checked before it commits."
        )
        try await scene.run(.certified, isWhole: false)
        try await scene.runBeside()
    }

    private func goodMorning() async throws {
        let scene = try await scene("2026-03-31T07:30:00+01:00")
        teller.begin(
            "Tuesday 31 March, 07:30: a good morning",
            "Monday's files have arrived. Collections runs beside revenue.")
        try await scene.run(.certified)
        try await scene.runBeside()
        try await scene.board()
        try await scene.gate(open: true)
    }

    private func badMorning() async throws {
        try folder.deliver("billing/2026-03-31.csv", of: "half-loaded-day")
        let scene = try await scene("2026-04-01T07:30:00+01:00")
        teller.begin(
            "Wednesday 1 April, 07:30: a bad morning",
            "The billing export of Tuesday has arrived with 8 of its 17 invoices: a plausible file, and wrong."
        )
        try await scene.run(.blocked)
        teller.say("\nWhat reached the owner? One message, however much is held up:\n")
        try await scene.alert(.opened, telling: Self.export)
        teller.say("\nMay the dashboard refresh?\n")
        try await scene.gate(open: false, root: Self.export)
        teller.say("\nWhat do its readers see? The bad rows were rolled back before anybody could:\n")
        try await scene.readers(of: [Self.export, Self.mart], see: "2026-03-30", not: "2026-03-31")
        try await scene.lastRefresh(through: "2026-03-30")
        teller.say("\nWhy, who, and what now?\n")
        try await scene.explain(root: Self.export, "2026-03-31")
        try await scene.status(.blocked)
    }

    private func recovery() async throws {
        try folder.deliver("billing/2026-03-31.csv")
        let scene = try await scene("2026-04-01T07:45:00+01:00")
        teller.begin(
            "Wednesday 1 April, 07:45: the recovery",
            "Billing has sent the whole file. The same command again does what is missing, and no more.")
        try await scene.run(.certified)
        try await scene.alert(.resolved, telling: Self.export)
        try await scene.gate(open: true)
        try await scene.lastRefresh(through: "2026-03-31")
        try await scene.status(.kept)
        try await scene.runBeside()
    }

    private func week() async throws {
        let scene = try await scene("2026-04-01T09:05:00+01:00")
        teller.begin(
            "Wednesday 1 April, 09:05: how reliable was the week so far?",
            "Every figure follows from what was recorded; the whole report also comes as a page, mail or JSON."
        )
        try await scene.report("2026-W14", kept: 6)
    }

    // MARK: The world

    private func introduce(_ catalog: Catalog) {
        guard let promise = catalog.promises[DemoScene.promise] else { return }
        let owner = catalog.owners[promise.owner]?.name ?? promise.owner.rawValue
        let chain = chain(of: promise, catalog)
        let checks = chain.compactMap { catalog.assets[$0]?.stop.count }.reduce(0, +)
        let consumers = promise.serves.compactMap { catalog.consumers[$0]?.name }
        teller.begin(
            "What is promised",
            """
              \(promise.sentence)
              deadline  \(promise.deadline)
              owner     \(owner)
              made of   \(chain.map(\.description).joined(separator: ", "))
              stopped by any of \(checks) checks on the way
              read by   \(consumers.joined(separator: ", "))
            """)
    }

    private func chain(of promise: Promise, _ catalog: Catalog) -> [AssetName] {
        var found: Set<AssetName> = []
        var open = promise.needs
        while let name = open.popLast() {
            guard found.insert(name).inserted else { continue }
            open += catalog.assets[name]?.needs.map(\.asset) ?? []
        }
        return found.sorted()
    }

    /// The project as it is at a moment; the same as a command under `SURETY_CLOCK`.
    private func scene(_ moment: String) async throws -> DemoScene {
        guard let instant = Instant(rfc3339: moment) else {
            throw CommandFailure(.no, kind: "demo", "\(moment) is no instant")
        }
        var environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "USER": "ana",
        ]
        if let warehouse { environment["SURETY_WAREHOUSE"] = warehouse }
        let workspace = try Workspace(
            demo: folder.project, startingAt: SystemClock(startingAt: instant), environment: environment)
        return try DemoScene(try await workspace.surroundings(), teller)
    }

    /// The story begins with nothing certified, and leaves tables alone that it did not make.
    private func refuseUsed(_ surroundings: Surroundings) async throws {
        let names = surroundings.catalog.assetsInOrder.map(\.name)
        let present = try await attempting { () throws(PortFailure) in
            try await surroundings.warehouse.tables()
        }.map(\.name)
        guard let name = names.first(where: { present.contains($0) }) else { return }
        throw CommandFailure(
            .conflict, kind: "conflict", "the warehouse holds \(name) already; nothing was touched",
            hint: "Name an empty database.")
    }
}
