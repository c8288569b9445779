import Engine
import SuretyCore
import SuretyTestKit
import Synchronization

/// A warehouse that a test can hold up, fail and count.
final class StagedWarehouse: Warehouse {
    /// What it does.
    struct Script: Sendable {
        /// What keeps it from being read; nil: nothing.
        var failure: PortFailure?
        /// How often certificates were read.
        var reads = 0
        /// Whether steps wait until they are let go on.
        var holds = false
        /// The steps that wait.
        var waiting: [AsyncStream<Void>.Continuation] = []
        /// How often rows were changed by somebody else.
        var loads = 0
        /// The assets that cannot be looked at, and why.
        var unseen: [AssetName: PortFailure] = [:]
        /// When what is kept of assets was read.
        var remembered: [AssetName: Instant] = [:]
        /// What was kept wrongly of them.
        var misremembered: [AssetName: String] = [:]
        /// The assets of which all rows were read.
        var readAll: [AssetName] = []
    }

    private let warehouse: any Warehouse
    let script = Mutex(Script())
    /// The slices that steps wait with.
    let held = AsyncStream.makeStream(of: StepKey.self)

    init(_ warehouse: any Warehouse) { self.warehouse = warehouse }

    /// Lets the steps that wait, and all later ones, go on.
    func letGo() {
        let waiting = script.withLock { script in
            script.holds = false
            defer { script.waiting = [] }
            return script.waiting
        }
        for step in waiting { step.finish() }
    }

    /// Changes tables of the schema `raw` as somebody else does, whether steps wait or not.
    func load(_ sql: String) async throws(PortFailure) {
        var loader = Make.built("raw.loader", from: [], days: nil)
        loader.stop = []
        loader.origin = .built(Build(.sql(Build.SQLText(sql)), write: .script))
        var order = StepOrder(
            run: "run0000load00", asset: loader, slice: .whole, work: .sql(sql), write: .script,
            definition: "loader", inputs: [], certificate: "none",
            context: CheckContext(now: Make.instant("2026-11-20T00:00:00Z")))
        order.generation = script.withLock { script in
            script.loads += 1
            return script.loads
        }
        _ = try await warehouse.apply(order) { _ in .built }
    }

    func apply(
        _ order: StepOrder, judging judge: @escaping @Sendable (Evidence) -> Judgement
    ) async throws(PortFailure) -> StepEnd {
        let (waiting, end) = AsyncStream.makeStream(of: Void.self)
        let isHeld = script.withLock { script in
            if script.holds { script.waiting.append(end) }
            return script.holds
        }
        if isHeld {
            held.continuation.yield(StepKey(order.asset.name, order.slice))
            for await _ in waiting {}
            if Task.isCancelled { throw PortFailure(.cancelled, "it was cancelled") }
        }
        return try await warehouse.apply(order, judging: judge)
    }

    func certificates(of assets: [AssetName]) async throws(PortFailure) -> [Certificate] {
        let failure = script.withLock { script in
            script.reads += 1
            return script.failure
        }
        if let failure { throw failure }
        return try await warehouse.certificates(of: assets)
    }

    func observations(
        of checks: [CheckID], on asset: AssetName
    ) async throws(PortFailure) -> [RecordedObservation] {
        try await warehouse.observations(of: checks, on: asset)
    }

    func undo(
        _ sql: String, of asset: Asset, slice: Slice, run: RunID, at now: Instant
    ) async throws(PortFailure) {
        try await warehouse.undo(sql, of: asset, slice: slice, run: run, at: now)
    }

    func ask(_ round: QuestionRound) async throws(PortFailure) -> Evidence {
        var evidence = try await warehouse.ask(round)
        guard round.readsAll else { return evidence }
        let wrong = script.withLock { script in
            script.readAll.append(round.asset.name)
            return script.misremembered[round.asset.name]
        }
        for index in evidence.results.indices { evidence.results[index].misremembered = wrong }
        return evidence
    }

    func remembered(readBefore instant: Instant) async throws(PortFailure) -> [AssetName] {
        script.withLock { $0.remembered.filter { $0.value < instant }.keys.sorted() }
    }

    func forget(_ asset: AssetName, readBefore instant: Instant) async throws(PortFailure) {
        script.withLock { script in
            if let readAt = script.remembered[asset], readAt < instant { script.remembered[asset] = nil }
        }
    }

    func prepare(clockOffset: Int64) async throws(PortFailure) {
        try await warehouse.prepare(clockOffset: clockOffset)
    }

    func record(_ certificate: Certificate, ledger: LedgerEntry?) async throws(PortFailure) -> Certificate {
        try await warehouse.record(certificate, ledger: ledger)
    }

    func record(_ entry: LedgerEntry) async throws(PortFailure) { try await warehouse.record(entry) }

    func withdraw(_ reasons: [CertificateID: String], at now: Instant) async throws(PortFailure) {
        try await warehouse.withdraw(reasons, at: now)
    }

    func ledger(of asset: AssetName) async throws(PortFailure) -> [LedgerEntry] {
        try await warehouse.ledger(of: asset)
    }

    func look(
        at asset: Asset, slices: [Slice], readsAll: Bool
    ) async throws(PortFailure) -> ContentLook {
        if let failure = script.withLock({ $0.unseen[asset.name] }) { throw failure }
        return try await warehouse.look(at: asset, slices: slices)
    }

    func publish(_ status: PromiseStatusRow, owed: [OwedRow]) async throws(PortFailure) {
        try await warehouse.publish(status, owed: owed)
    }

    func forget(_ promises: [PromiseID]) async throws(PortFailure) {
        try await warehouse.forget(promises)
    }

    func table(_ name: AssetName) async throws(PortFailure) -> TableInfo? {
        try await warehouse.table(name)
    }

    func tables() async throws(PortFailure) -> [TableInfo] { try await warehouse.tables() }

    func examine(_ assets: [Asset]) async throws(PortFailure) -> WarehouseReport {
        try await warehouse.examine(assets)
    }
}
