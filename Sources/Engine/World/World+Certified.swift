import SuretyCore

extension World {
    /// What must be certified for a consumer: the newest closed occurrence of each promise that serves it; where none
    /// speaks of an asset that it uses, that asset's newest closed interval.
    func required(by consumer: Consumer) -> [StepKey] {
        var keys: Set<StepKey> = []
        var covered: Set<AssetName> = []
        for promise in catalog.promises(serving: consumer.id) {
            covered.formUnion(promise.needs)
            guard let occurrence = occurrences(of: promise).newestClosed(at: now) else { continue }
            for asset in promise.needs {
                keys.formUnion(occurrence.slices(of: asset).map { StepKey(asset, $0) })
            }
        }
        for asset in consumer.uses where !covered.contains(asset) {
            if let slice = newestSlice(of: asset) { keys.insert(StepKey(asset, slice)) }
        }
        return keys.sorted()
    }

    /// The newest closed interval of an asset, or the whole table.
    func newestSlice(of asset: AssetName) -> Slice? {
        guard let rule = catalog.assets[asset]?.interval else { return .whole }
        return rule.cadence.interval(endingAtOrBefore: now).map { .interval($0) }
    }

    /// Whether a whole table's certificate is young enough for the promises that serve a consumer.
    func serves(_ certificate: Certificate, _ key: StepKey, _ consumer: Consumer) -> Bool {
        guard key.slice == .whole else { return true }
        return catalog.promises(serving: consumer.id).filter { $0.needs.contains(key.asset) }.allSatisfy {
            serves(certificate, $0)
        }
    }

    /// Whether a whole table's certificate was given since the promise's newest occurrence closed.
    func serves(_ certificate: Certificate, _ promise: Promise) -> Bool {
        guard certificate.start == nil else { return true }
        guard let closed = occurrences(of: promise).newestClosed(at: now) else { return true }
        return certificate.certifiedAt >= closed.closesAt
    }

    /// The newest certified interval before the first that is owed and not certified; nil if there is none.
    func certifiedThrough(_ asset: AssetName, _ planner: Planner) -> String? {
        guard let declared = catalog.assets[asset], let rule = declared.interval else {
            return lineage.certificates.valid(StepKey(asset, .whole))?.certifiedAt.description
        }
        let owed = catalog.promisesInOrder.filter { $0.needs.contains(asset) }
            .flatMap { occurrences(of: $0).owed(of: declared, upTo: now) }.sorted()
        let missing = owed.first { !planner.isCurrent(StepKey(asset, .interval($0))) }
        let certified = lineage.certificates.all(of: asset).filter(\.isValid).compactMap(\.start)
            .compactMap { rule.cadence.interval(containing: $0) }
            .filter { interval in missing.map { interval.end <= $0.start } ?? true }
            .filter { planner.isCurrent(StepKey(asset, .interval($0))) }
        return certified.max()?.description
    }
}
