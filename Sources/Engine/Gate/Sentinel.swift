import SuretyCore

/// Looks whether what was certified is still what is there, and withdraws what is not.
struct Sentinel: Sendable {
    let surroundings: Surroundings

    /// What a look came to.
    struct Sight: Sendable {
        /// What was withdrawn.
        var withdrawn: [Certificate] = []
        /// The incidents that changed.
        var incidents: [Incident] = []
        /// Why one of the assets could not be looked at; the others were.
        var unseen: PortFailure?
    }

    /// Looks, and lets those know who must of what was withdrawn: SQL users at once, and by an incident whoever owns
    /// recovery, to whom it is sent with the next messages.
    func lookAndTell(
        at certificates: [Certificate], in world: World, opensIncidents: Bool = true
    ) async throws(PortFailure) -> Sight {
        var sight = try await look(at: certificates, in: world)
        guard !sight.withdrawn.isEmpty else { return sight }
        let assets = Set(sight.withdrawn.map(\.asset)).sorted()
        try await Board(surroundings).publish(after: assets)
        guard opensIncidents else { return sight }
        sight.incidents = try await IncidentDesk(surroundings).review(after: assets).map(\.incident)
        return sight
    }

    /// Looks at the content behind certificates, and at that of the sources they rest on; withdraws those that stopped
    /// being true with all that was made from them.
    private func look(at certificates: [Certificate], in world: World) async throws(PortFailure) -> Sight {
        var sight = Sight()
        var moved: [(Certificate, String)] = []
        let watched = withSources(certificates, world)
        for (name, group) in Dictionary(grouping: watched, by: \.asset).sorted(by: { $0.key < $1.key }) {
            guard let asset = world.catalog.assets[name] else { continue }
            do throws(PortFailure) {
                let doubtful = try await contradicted(group, asset, readsAll: false).map(\.0)
                // What is remembered takes no certificate away; what is there does.
                guard !doubtful.isEmpty else { continue }
                moved += try await contradicted(doubtful, asset, readsAll: true)
            } catch {
                guard error.isOfOneAsset else { throw error }
                sight.unseen = sight.unseen ?? error.about(asset, surroundings.catalog)
            }
        }
        guard !moved.isEmpty else { return sight }
        // What rests on them may lie outside the part of the world that was asked about.
        let whole = try await World.read(surroundings)
        for (certificate, why) in moved {
            sight.withdrawn += try await withdraw(certificate, why: why, in: whole)
        }
        return sight
    }

    /// Those of an asset's certificates that a look contradicts, and why.
    private func contradicted(
        _ certificates: [Certificate], _ asset: Asset, readsAll: Bool
    ) async throws(PortFailure) -> [(Certificate, String)] {
        let slices = certificates.compactMap { asset.slice(labelled: $0.interval) }
        let look = try await surroundings.warehouse.look(at: asset, slices: slices, readsAll: readsAll)
        return certificates.compactMap { certificate in
            guard let slice = asset.slice(labelled: certificate.interval),
                let why = certificate.isContradicted(by: look, at: slice)
            else { return nil }
            return (certificate, why)
        }
    }

    /// Withdraws a certificate, and all that rests on it.
    func withdraw(
        _ certificate: Certificate, why: String, in world: World
    ) async throws(PortFailure) -> [Certificate] {
        let now = surroundings.clock.now()
        let dependants = world.dependants(of: certificate.id)
        let whyDependants = "\(certificate.place) changed since"
        // All at once: whoever is cut off in between leaves nothing that rests on what is gone.
        var reasons = Dictionary(dependants.map { ($0.id, whyDependants) }) { $1 }
        reasons[certificate.id] = why
        try await surroundings.warehouse.withdraw(reasons, at: now)
        let withdrawn =
            [certificate.withdrawn(at: now, why: why)]
            + dependants.map { $0.withdrawn(at: now, why: whyDependants) }
        try await surroundings.state.record(withdrawn.map { .certificateSeen($0) }, at: now)
        return withdrawn
    }

    private func withSources(_ certificates: [Certificate], _ world: World) -> [Certificate] {
        var seen: Set<CertificateID> = []
        var open = certificates
        var watched: [Certificate] = []
        while let certificate = open.popLast() {
            guard certificate.isValid, seen.insert(certificate.id).inserted else { continue }
            let asset = world.catalog.assets[certificate.asset]
            if asset?.build != nil || asset?.tellsOfLateRows == true {
                watched.append(certificate)
            }
            open += certificate.inputs.compactMap { world.lineage.certificates[$0] }
        }
        return watched
    }
}

extension Certificate {
    /// Why a look says that it stopped being true; nil if it does not.
    func isContradicted(by look: ContentLook, at slice: Slice) -> String? {
        if look.snapshot.system != snapshot.system {
            return Withdrawal.anotherWarehouse
        }
        if look.snapshot.timeline < snapshot.timeline {
            return Withdrawal.setBack
        }
        guard let content = look.content[slice] else { return Withdrawal.gone(asset) }
        if !snapshot.relation.isEmpty, look.snapshot.relation != snapshot.relation {
            return Withdrawal.madeAnew(asset)
        }
        return content == self.content ? nil : Withdrawal.rowsMoved(from: self.content, to: content)
    }
}

extension PortFailure {
    /// The same failure, saying which asset could not be looked at, and who can do something about it.
    fileprivate func about(_ asset: Asset, _ catalog: Catalog) -> PortFailure {
        let owner = catalog.recoveryOwner(of: asset.name).map { "; owner \($0)" } ?? ""
        let next = kind == .permission ? "`surety doctor` prints the rights that are missing." : hint
        var failure = PortFailure(
            kind, "\(asset.name) could not be looked at: \(message)\(owner)", hint: next,
            sqlState: sqlState, isRetryable: isRetryable)
        failure.asset = asset.name
        return failure
    }

    /// Whether others can be looked at all the same.
    fileprivate var isOfOneAsset: Bool {
        switch kind {
        case .contention, .permission, .timeout, .refused, .exhausted: true
        case .unreachable, .unknownEnd, .cancelled, .notYet, .storeUnusable, .conflict: false
        }
    }
}
