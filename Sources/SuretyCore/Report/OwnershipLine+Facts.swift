extension WeeklyReport.OwnershipLine {
    /// Promises and assets whose owner is missing or cannot do what owners do, the most important first.
    static func all(_ facts: ReportFacts) -> [Self] {
        let promises = facts.catalog.promisesInTierOrder.filter { !$0.experiment }
        let lines = promises.compactMap { Self($0, facts) } + facts.path.compactMap { Self($0, facts) }
        return lines.sorted { ($0.tier, $0.subject) < ($1.tier, $1.subject) }
    }

    private init?(_ promise: Promise, _ facts: ReportFacts) {
        let catalog = facts.catalog
        var flags: [Flag] = []
        if let owner = catalog.owners[promise.owner], owner.to.isEmpty { flags.append(.ownerUnreachable) }
        if catalog.routes.isEmpty { flags.append(.noRoute) }
        let recovery = catalog.upstream(of: promise.needs).flatMap { catalog.assets[$0]?.recovery ?? [] }
        if promise.recovery.isEmpty, recovery.isEmpty { flags.append(.noRecoverySteps) }
        if Self.isNeverAcknowledged(promise, facts) { flags.append(.neverAcknowledges) }
        guard !flags.isEmpty else { return nil }
        self.init(subject: promise.id.rawValue, owner: promise.owner, tier: promise.tier, flags: flags)
    }

    private init?(_ asset: Asset, _ facts: ReportFacts) {
        guard asset.owner == nil, let tier = facts.catalog.promise(madeFrom: asset.name)?.tier, tier != .three
        else { return nil }
        self.init(subject: asset.name.description, owner: nil, tier: tier, flags: [.noOwner])
    }

    /// Whether several incidents of a promise in 60 days went without anybody's word.
    private static func isNeverAcknowledged(_ promise: Promise, _ facts: ReportFacts) -> Bool {
        let oldest = facts.asOf.adding(seconds: -60 * 86_400)
        let own = facts.incidents.filter { $0.promises.first == promise.id && $0.openedAt >= oldest }
        let grave = own.filter { $0.severity <= .high }
        return grave.count >= 2 && own.allSatisfy { $0.acknowledgement == nil }
    }
}

extension WeeklyReport.BackfillLine {
    /// What was owed and not certified at the end of the week, the oldest first.
    static func all(_ facts: ReportFacts) -> [Self] {
        facts.missing.compactMap { asset, intervals in
            let sorted = intervals.sorted()
            guard let first = sorted.first, let last = sorted.last else { return nil }
            let range = first == last ? "\(first)" : "\(first)..\(last)"
            return Self(
                asset: asset, owner: facts.catalog.recoveryOwner(of: asset),
                missing: sorted.map(\.description),
                oldestDays: Int(facts.asOf.milliseconds(since: first.end) / 86_400_000),
                command: "surety backfill \(asset) --for \(range)",
                affects: facts.catalog.promisesInTierOrder.filter {
                    facts.catalog.upstream(of: $0.needs).contains(asset)
                }.map(\.id))
        }
        .sorted { ($1.oldestDays, $0.asset) < ($0.oldestDays, $1.asset) }
    }
}
