public import SuretyCore

/// Reads how promises stand.
public struct Board: Sendable {
    private let surroundings: Surroundings

    /// A board in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// All promises, in order of tier and id.
    ///
    /// A warehouse that cannot be read makes every promise `unknown`, with the reason.
    public func promises() async throws(PortFailure) -> [PromiseView] {
        do throws(PortFailure) {
            return try await readPromises()
        } catch  where error.isBlindness {
            return surroundings.catalog.promisesInTierOrder.map { PromiseView(of: $0, unknownBecause: error) }
        }
    }

    private func readPromises() async throws(PortFailure) -> [PromiseView] {
        try await surroundings.prepare()
        let world = try await World.read(surroundings)
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        var views: [PromiseView] = []
        for promise in world.catalog.promisesInTierOrder {
            views.append(try await reader.view(of: promise))
        }
        return views
    }

    /// One promise, with its chain.
    public func promise(_ promise: Promise) async throws(PortFailure) -> PromiseView {
        do throws(PortFailure) {
            return try await readPromise(promise)
        } catch  where error.isBlindness {
            return PromiseView(of: promise, unknownBecause: error)
        }
    }

    private func readPromise(_ promise: Promise) async throws(PortFailure) -> PromiseView {
        try await surroundings.prepare()
        let world = try await World.read(surroundings)
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        var view = try await reader.view(of: promise)
        view.chain = reader.chain(behind: reader.required(by: promise))
        return view
    }

    /// Writes `surety.owed` and `surety.promise_status` for the promises made from some assets, so that SQL users see
    /// what is owed for 60 days to come.
    public func publish(after assets: [AssetName]) async throws(PortFailure) {
        let catalog = surroundings.catalog
        let promises = catalog.promisesInOrder.filter { promise in
            !Set(catalog.upstream(of: promise.needs)).isDisjoint(with: assets)
        }
        let world = try await World.read(surroundings, for: promises.flatMap(\.needs))
        let detective = try await Detective.read(surroundings, world)
        let reader = StandingReader(surroundings: surroundings, world: world, detective: detective)
        let gone = Set(world.promisesSeen.keys).subtracting(catalog.promises.keys).sorted()
        if !gone.isEmpty { try await surroundings.warehouse.forget(gone) }
        for promise in promises {
            let view = try await reader.view(of: promise)
            let row = PromiseStatusRow(
                promise: promise.id, owner: promise.owner, deadline: view.deadline,
                through: view.through, state: view.state.rawValue,
                reason: view.cause.map { "\($0.place): \($0.message)" } ?? "")
            try await surroundings.warehouse.publish(row, owed: world.owedRows(of: promise))
        }
    }
}

extension PortFailure {
    /// Whether it says that the warehouse could not be looked at.
    public var isBlindness: Bool {
        switch kind {
        case .unreachable, .permission, .contention, .timeout: true
        case .refused, .unknownEnd, .exhausted, .cancelled, .notYet, .storeUnusable, .conflict: false
        }
    }

    /// The cause that it is for whatever was to be looked at.
    func cause(of promise: Promise) -> Cause? {
        promise.needs.first.map {
            Cause(
                kind == .permission ? .permission : .unreachable, asset: $0, interval: nil,
                message: description, owner: promise.owner, recovery: ["surety doctor"])
        }
    }
}

extension PromiseView {
    /// A view of a promise of which nothing can be found out.
    fileprivate init(of promise: Promise, unknownBecause failure: PortFailure) {
        self.init(of: promise)
        state = .unknown
        cause = failure.cause(of: promise)
    }
}

extension World {
    /// What a promise owes: the newest occurrence whose cover has closed, and all of the next 60 days.
    func owedRows(of promise: Promise) -> [OwedRow] {
        let calendar = occurrences(of: promise)
        let coming = calendar.all(from: now, to: now.adding(seconds: 60 * 86_400))
        let closed = calendar.newestClosed(at: now)
        let all = (closed.map { [$0] } ?? []) + coming.filter { $0.deadline != closed?.deadline }
        return all.flatMap { occurrence in
            promise.needs.flatMap { asset in
                occurrence.slices(of: asset).map { slice in
                    OwedRow(
                        promise: promise.id, asset: asset, start: slice.interval?.start,
                        end: slice.interval?.end, closesAt: occurrence.closesAt,
                        deadline: occurrence.deadline)
                }
            }
        }
    }
}
