/// Finds what is made again because rows came late for what it rests on, as `late_rows: rebuild within …` asks.
public struct LateRebuilds: Sendable {
    /// A run that makes some of it.
    public struct Work: Hashable, Sendable {
        /// What is run.
        public let target: RunTarget
        /// The slices that it makes, with all that these need and that does not hold.
        public let slices: [AssetName: [Slice]]

        /// A run of slices.
        public init(target: RunTarget, slices: [AssetName: [Slice]]) {
            self.target = target
            self.slices = slices
        }
    }

    private let planner: Planner
    private var lineage: Lineage { planner.lineage }

    /// What a planner knows of.
    public init(_ planner: Planner) { self.planner = planner }

    /// The slices whose certificates were lost to late rows: those of sources that ended within their windows, and all that
    /// rests on them, however old. Those that were lost because their table was gone belong to them once it is back. Each with the instant since which there is something new to make it from.
    public func lost() -> [StepKey: Instant] {
        let since = lineage.assets.compactMapValues { $0.rebuildsSince(at: lineage.now) }
        guard !since.isEmpty else { return [:] }
        var lost: [StepKey: Instant] = [:]
        for asset in lineage.assets.values {
            for certificate in lineage.certificates.newestOfEach(of: asset.name) {
                guard !certificate.isValid || planner.staleness[certificate.id] != nil,
                    let slice = asset.slice(labelled: certificate.interval)
                else { continue }
                let late = lineage.movedSources(behind: certificate).filter { source in
                    guard let oldest = since[source.asset], let end = source.end else { return false }
                    return end >= oldest
                }
                let news = late.flatMap { source in
                    [
                        source.withdrawal?.at, lineage.isBackSince(source),
                        lineage.certificates.successor(of: source)?.certifiedAt,
                    ]
                }
                guard let newest = (news + [certificate.withdrawal?.at]).compactMap(\.self).max(),
                    !late.isEmpty
                else { continue }
                lost[StepKey(asset.name, slice)] = newest
            }
        }
        return lost
    }

    /// The runs that make lost slices again, those that matter most first, each slice in one of them.
    ///
    /// A promise makes those that it needs, with all that they are made from; what no promise needs is made by itself.
    public func work(for lost: Set<StepKey>, in catalog: Catalog) -> [Work] {
        var left = lost
        var work: [Work] = []
        func take(_ target: RunTarget) {
            let keys = left.filter { target.assets.contains($0.asset) }.sorted()
            guard !keys.isEmpty else { return }
            work.append(
                Work(
                    target: target,
                    slices: Dictionary(grouping: keys, by: \.asset).mapValues { $0.map(\.slice) }))
            left.subtract(lineage.everything(behind: keys))
        }
        for promise in catalog.promisesInTierOrder { take(.promise(promise)) }
        while let last = lastAsset(of: left, in: catalog) { take(.asset(last)) }
        return work
    }

    /// The first asset from which none of the others is made.
    private func lastAsset(of keys: Set<StepKey>, in catalog: Catalog) -> Asset? {
        let names = Set(keys.map(\.asset)).sorted()
        let last = names.first { name in
            !names.contains { $0 != name && catalog.upstream(of: [$0]).contains(name) }
        }
        return last.flatMap { catalog.assets[$0] }
    }
}
