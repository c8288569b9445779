public import Logging
public import SuretyCore

/// A project and the world that it lives in: what every use case is handed.
public struct Surroundings: Sendable {
    /// What is declared.
    public let catalog: Catalog
    /// The text of the declarations, that runs are pinned to.
    public let declarations: String
    /// The warehouse.
    public let warehouse: any Warehouse
    /// The state store.
    public let state: any StateStore
    /// The time.
    public let clock: any WallClock
    /// Ids, hashes and chance.
    public let identities: any Identities
    /// Programs.
    public let processes: any Processes
    /// Files below the project's parent.
    public let files: any Files
    /// What sends refreshes.
    public let refresher: any Refresher
    /// What sends alerts.
    public let messenger: any Messenger
    /// Where a service logs.
    public let logger: Logger
    /// Who is at the keyboard, for the record.
    public let person: String

    /// A project in its world.
    public init(
        catalog: Catalog, declarations: String, warehouse: any Warehouse, state: any StateStore,
        clock: any WallClock, identities: any Identities, processes: any Processes, files: any Files,
        refresher: any Refresher, messenger: any Messenger, logger: Logger, person: String
    ) {
        self.catalog = catalog
        self.declarations = declarations
        self.warehouse = warehouse
        self.state = state
        self.clock = clock
        self.identities = identities
        self.processes = processes
        self.files = files
        self.refresher = refresher
        self.messenger = messenger
        self.logger = logger
        self.person = person
    }

    /// The hash of what affects an asset's data.
    func definition(of asset: Asset) -> DefinitionHash {
        DefinitionHash(rawValue: identities.digest(asset.definitionText))
    }

    /// Makes the warehouse's own schema where it is missing.
    public func prepare() async throws(PortFailure) {
        try await warehouse.prepare(clockOffset: clock.simulatedOffset ?? 0)
    }

    /// The table as it was recorded with an asset's newest certificate, or as a person took it since; only read where a
    /// check compares with it.
    func baseline(of asset: Asset) async throws(PortFailure) -> TableShape? {
        let isAsked = (asset.ready + asset.stop + asset.warn).contains { check in
            if case .schema(.unchanged) = check.body { return true }
            return false
        }
        guard isAsked else { return nil }
        let newest = try await warehouse.certificates(of: [asset.name]).last
        let taken = try await state.acceptances(of: asset.name).compactMap(\.baseline).last
        if let taken, newest.map({ taken.at > $0.certifiedAt }) ?? true { return taken.shape }
        return newest?.shape
    }

    /// What the checks that compare with history observed with an asset's earlier certificates, by the check's id; only
    /// read where there is such a check.
    func recorded(of asset: Asset) async throws(PortFailure) -> [CheckID: [RecordedObservation]] {
        let checks = (asset.ready + asset.stop + asset.warn).filter(\.comparesWithHistory)
        guard !checks.isEmpty else { return [:] }
        let observations = try await warehouse.observations(of: checks.map(\.id), on: asset.name)
        return Dictionary(grouping: observations, by: \.check)
    }

    /// Lets a context know the checks of an asset's slice whose failure a person takes as it is at its instant.
    func accept(
        in context: inout CheckContext, of asset: Asset, _ slice: Slice
    ) async throws(PortFailure) {
        let zone = asset.interval?.cadence.zone ?? catalog.project.zone
        for acceptance in try await state.acceptances(of: asset.name) {
            guard acceptance.interval == slice.label else { continue }
            if let until = acceptance.until, zone.civil(of: context.now).date > until { continue }
            context.accepted[acceptance.check] = acceptance.reason
            context.acceptedColumns[acceptance.check] = acceptance.baseline?.shape
        }
    }

    /// Appends facts, stamped with the present instant.
    func record(_ facts: Fact...) async throws(PortFailure) {
        try await state.record(facts, at: clock.now())
    }
}
