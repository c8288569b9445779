/// Which slices of which assets a slice is made from.
public struct Lineage: Sendable {
    /// The assets by name.
    public let assets: [AssetName: Asset]
    /// The certificates that exist.
    public let certificates: CertificateIndex
    /// The present instant.
    public let now: Instant

    /// A lineage over declared assets at an instant.
    public init(assets: [AssetName: Asset], certificates: CertificateIndex, now: Instant) {
        self.assets = assets
        self.certificates = certificates
        self.now = now
    }

    /// The lineage as it stood at an instant.
    public func asOf(_ instant: Instant) -> Lineage {
        let then = certificates.order.compactMap { certificates[$0]?.asOf(instant) }
        return Lineage(assets: assets, certificates: CertificateIndex(then), now: instant)
    }

    /// The inputs of a slice, one for each declared need.
    public func inputs(of key: StepKey) -> [PlannedStep.Input] {
        guard let asset = assets[key.asset] else { return [] }
        return asset.needs.compactMap { need in
            assets[need.asset].map { input(of: asset, key.slice, need, $0) }
        }
    }

    /// Why certificates that were not withdrawn rest on inputs that were, directly or further up.
    ///
    /// Inputs that are whole tables, or reached by `latest`, may change without that.
    public func staleness() -> [CertificateID: String] {
        var search = StalenessSearch(lineage: self)
        var why: [CertificateID: String] = [:]
        for id in certificates.order {
            guard let certificate = certificates[id], certificate.isValid else { continue }
            if let input = search.movedInput(of: certificate) { why[id] = "\(input.place) changed since" }
        }
        return why
    }

    /// The input certificates whose later change makes this one stale: not those of whole tables or `latest` needs.
    public func bindingInputs(of certificate: Certificate) -> [CertificateID] {
        let binding = (assets[certificate.asset]?.needs ?? []).filter { need in
            if case .latest = need.reach { return false }
            return assets[need.asset]?.interval != nil
        }.map(\.asset)
        return certificate.inputs.filter { id in certificates[id].map { binding.contains($0.asset) } ?? false
        }
    }

    /// The certificates of sources whose rows moved since, on which a certificate rests, directly or further up; its own
    /// where it is a source's.
    public func movedSources(behind certificate: Certificate) -> [Certificate] {
        let isLost = !certificate.isValid
        var seen: Set<CertificateID> = []
        var open = [certificate]
        var moved: [Certificate] = []
        while let certificate = open.popLast() {
            guard seen.insert(certificate.id).inserted else { continue }
            guard assets[certificate.asset]?.build != nil else {
                if hasMoved(certificate) { moved.append(certificate) }
                continue
            }
            open += bindingInputs(of: certificate).compactMap { certificates[$0] }.map { input in
                // What was made anew with the same rows stands for what it replaced, as long as that was not noticed.
                guard !isLost, !input.isValid, let successor = certificates.successor(of: input),
                    successor.content == input.content
                else { return input }
                return successor
            }
        }
        return moved.sorted { $0.id < $1.id }
    }

    /// Whether the rows of a source's certificate became others, as somebody saw or as its successor says.
    private func hasMoved(_ certificate: Certificate) -> Bool {
        guard let withdrawal = certificate.withdrawal else { return false }
        let successor = certificates.successor(of: certificate)
        return withdrawal.isOfMovedRows || isBackSince(certificate) != nil
            || successor.map { $0.content != certificate.content } ?? false
    }

    /// Since when the table of a certificate that was lost because it was gone is known to be there again: since something
    /// of it was certified; nil: it was not gone, or is not known to be back.
    func isBackSince(_ certificate: Certificate) -> Instant? {
        guard let withdrawal = certificate.withdrawal, withdrawal.isOfGoneTable else { return nil }
        return certificates.all(of: certificate.asset).map(\.certifiedAt).filter { $0 > withdrawal.at }.min()
    }

    /// Some slices and all that they are made from.
    public func everything(behind keys: [StepKey]) -> Set<StepKey> {
        var found: Set<StepKey> = []
        var open = keys
        while let key = open.popLast() {
            guard found.insert(key).inserted else { continue }
            open += inputs(of: key).flatMap(\.keys)
        }
        return found
    }

    private func input(of asset: Asset, _ slice: Slice, _ need: Need, _ upstream: Asset) -> PlannedStep.Input
    {
        guard let rule = upstream.interval else { return .all([StepKey(upstream.name, .whole)]) }
        let end = slice.interval?.end ?? now
        let zone = asset.interval?.cadence.zone ?? rule.cadence.zone
        func keys(_ intervals: [DataInterval]) -> [StepKey] {
            intervals.filter { upstream.exists($0) }.map { StepKey(upstream.name, .interval($0)) }
        }
        switch need.reach {
        case .overlapping:
            guard let interval = slice.interval else {
                return .all(keys(history(of: upstream, rule, to: end)))
            }
            return .all(keys(rule.cadence.intervals(overlapping: interval.start, end: interval.end)))
        case .last(let period):
            let start = zone.instant(end, minus: period)
            return .all(keys(rule.cadence.intervals(overlapping: start, end: end)))
        case .latest(let within):
            let start = within.map { zone.instant(end, minus: $0) }
            return .newest(candidates(of: upstream, rule, from: start, to: end), of: upstream.name)
        }
    }

    /// Every closed interval of an input from its first one on, for an asset that is made from all of it.
    private func history(of upstream: Asset, _ rule: IntervalRule, to end: Instant) -> [DataInterval] {
        let declared = upstream.since.map { rule.cadence.zone.instant(of: CivilDateTime($0)) }
        let certified = certificates.all(of: upstream.name).compactMap(\.start).min()
        if let first = declared ?? certified { return rule.cadence.intervals(from: first, to: end) }
        return rule.cadence.interval(endingAtOrBefore: end).map { [$0] } ?? []
    }

    /// The intervals that `latest` may mean, newest first: those in reach down to the newest certified one.
    private func candidates(
        of upstream: Asset, _ rule: IntervalRule, from start: Instant?, to end: Instant
    ) -> [StepKey] {
        var keys: [StepKey] = []
        var interval = rule.cadence.interval(endingAtOrBefore: end)
        // Without a bound, what was never certified is not searched for ever.
        let oldest = start ?? certificates.all(of: upstream.name).compactMap(\.start).min()
        while let candidate = interval, upstream.exists(candidate) {
            // An interval is in reach when it ends no further back than the bound, itself included.
            if let oldest, candidate.end <= oldest, candidate.start < oldest { break }
            let key = StepKey(upstream.name, .interval(candidate))
            keys.append(key)
            if certificates.valid(key) != nil || (oldest == nil && keys.count == 7) { break }
            interval = rule.cadence.interval(before: candidate)
        }
        return keys
    }
}

extension Asset {
    /// Whether an interval is not before the first that exists.
    public func exists(_ interval: DataInterval) -> Bool {
        guard let since else { return true }
        return interval.date >= since || interval.end > interval.zone.instant(of: CivilDateTime(since))
    }
}

/// Finds certificates that rest on what is no longer so, each looked at once.
private struct StalenessSearch {
    let lineage: Lineage
    private var found: [CertificateID: Certificate?] = [:]

    init(lineage: Lineage) { self.lineage = lineage }

    /// The first input, directly below, that is no longer what it was; nil if all are.
    mutating func movedInput(of certificate: Certificate) -> Certificate? {
        if let known = found[certificate.id] { return known }
        // Inputs are of assets further up, so that the search ends; until it has, nothing is known against it.
        found[certificate.id] = .some(nil)
        let inputs = lineage.bindingInputs(of: certificate).compactMap { lineage.certificates[$0] }
        let moved = inputs.first { !stands($0) }
        found[certificate.id] = .some(moved)
        return moved
    }

    /// Whether an input holds, or was replaced by one about the same rows that does.
    private mutating func stands(_ input: Certificate) -> Bool {
        if input.isValid { return movedInput(of: input) == nil }
        guard let successor = lineage.certificates.successor(of: input) else { return false }
        return successor.content == input.content && movedInput(of: successor) == nil
    }
}
