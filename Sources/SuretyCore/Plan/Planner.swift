/// Turns a wish into a plan: which slices are wanted, what they are made from, and what must be done about each.
public struct Planner: Sendable {
    /// How a plan is made.
    public struct Options: Hashable, Sendable {
        /// Build the wanted slices again even if they are certified.
        public var again = false
        /// Rebuild certified slices whose definition changed.
        public var stale = false
        /// The zone in which people read about assets that have none of their own.
        public var zone = Zone.utc
        /// Certificates of wanted whole tables that were given since then still serve; nil: none does.
        public var wholeTablesSince: Instant?

        /// The usual way.
        public init(
            again: Bool = false, stale: Bool = false, zone: Zone = .utc, wholeTablesSince: Instant? = nil
        ) {
            self.again = again
            self.stale = stale
            self.zone = zone
            self.wholeTablesSince = wholeTablesSince
        }
    }

    /// What a slice is made from.
    public let lineage: Lineage
    /// How the plan is made.
    public let options: Options
    private let definition: @Sendable (Asset) -> DefinitionHash
    let staleness: [CertificateID: String]

    /// A planner; `definition` hashes what affects an asset's data.
    public init(
        lineage: Lineage, options: Options = Options(),
        definition: @escaping @Sendable (Asset) -> DefinitionHash
    ) {
        self.lineage = lineage
        self.options = options
        self.definition = definition
        self.staleness = lineage.staleness()
    }

    /// The plan for slices of a target.
    public func plan(_ target: RunTarget, slices: [AssetName: [Slice]]) -> Plan {
        var search = Search(planner: self)
        let wanted = slices.flatMap { asset, slices in slices.map { StepKey(asset, $0) } }.sorted()
        search.wanted = Set(wanted)
        for key in wanted { search.visit(key, required: true) }
        let labels = wanted.compactMap(\.slice.interval).unique().sorted().map(\.description).unique()
        return Plan(target: target, intervals: labels, steps: search.steps())
    }

    /// How a slice's certificate stands: whether it holds, and rests on inputs that hold.
    public func standing(of key: StepKey) -> Standing {
        guard let certificate = lineage.certificates.newest(key) else { return .none }
        if let withdrawal = certificate.withdrawal { return .withdrawn(certificate, why: withdrawal.why) }
        if let why = staleness[certificate.id] { return .stale(certificate, why: why) }
        return .current(certificate)
    }

    /// How a slice's certificate stands.
    public enum Standing: Hashable, Sendable {
        /// There is none.
        case none
        /// It holds.
        case current(Certificate)
        /// It holds for what it says, but an input changed since.
        case stale(Certificate, why: String)
        /// It was withdrawn.
        case withdrawn(Certificate, why: String)
    }

    fileprivate func step(_ key: StepKey, isWanted: Bool, isRequired: Bool) -> PlannedStep? {
        guard let asset = lineage.assets[key.asset] else { return nil }
        let hash = definition(asset)
        let inputs = lineage.inputs(of: key)
        let (action, why, rebuilds, kept) = decide(asset, key, hash, isWanted: isWanted)
        return PlannedStep(
            key: key, kind: asset.stepKind, action: action, why: why, inputs: inputs, isRequired: isRequired,
            rebuilds: rebuilds, certificate: kept, definition: hash)
    }

    private func decide(
        _ asset: Asset, _ key: StepKey, _ hash: DefinitionHash, isWanted: Bool
    ) -> (PlannedStep.Action, String, Bool, Certificate?) {
        let work: PlannedStep.Action = asset.build == nil ? .check : .build
        if let interval = key.slice.interval, interval.end > lineage.now {
            return (.wait, "the interval ends \(interval.zone.words(interval.end))", false, nil)
        }
        let standing = standing(of: key)
        switch standing {
        case .none:
            return (work, "not certified yet", options.again && isWanted, nil)
        case .withdrawn(let certificate, let why):
            return (work, "\(reason(certificate))its certificate was withdrawn: \(why)", true, nil)
        case .stale(let certificate, let why):
            return (work, "\(reason(certificate))\(why)", true, nil)
        case .current(let certificate):
            if options.again, isWanted { return (work, "asked to be made again", true, nil) }
            if options.stale, certificate.definition != hash {
                return (work, "its definition changed", true, nil)
            }
            if key.slice == .whole, let why = outdated(certificate, of: asset, isWanted: isWanted) {
                return (work, why, true, nil)
            }
            return (.keep, "certified \(zone(of: asset).words(certificate.certifiedAt))", false, certificate)
        }
    }

    /// `late rows: ` where those are why a certificate does not hold any more.
    private func reason(_ certificate: Certificate) -> String {
        lineage.movedSources(behind: certificate).isEmpty ? "" : "late rows: "
    }

    /// The zone in which people read when something happened to an asset.
    private func zone(of asset: Asset) -> Zone { asset.interval?.cadence.zone ?? options.zone }

    /// Why a whole table's certificate does not serve: it must be of this run, or young enough for those who ask.
    private func outdated(_ certificate: Certificate, of asset: Asset, isWanted: Bool) -> String? {
        let each = "a whole table is looked at in each run"
        if isWanted {
            guard let since = options.wholeTablesSince else { return each }
            return certificate.certifiedAt >= since
                ? nil : "certified before \(zone(of: asset).words(since)), when it was last owed"
        }
        let reaches = lineage.assets.values.flatMap(\.needs).filter { $0.asset == certificate.asset }
        let allowed = reaches.map { need in
            switch need.reach {
            case .overlapping(let within), .latest(let within): within
            case .last(let period): Optional(period)
            }
        }
        guard allowed.allSatisfy({ $0 != nil }), let shortest = allowed.compactMap({ $0?.seconds }).min()
        else {
            return each
        }
        let age = lineage.now.milliseconds(since: certificate.certifiedAt) / 1000
        return age <= shortest
            ? nil
            : "certified \(zone(of: asset).words(certificate.certifiedAt)), longer ago than its users allow"
    }
}

extension Asset {
    /// The kind of work that its step is.
    public var stepKind: StepKind {
        switch build?.work {
        case nil: .source
        case .sql: .sql
        case .command: .command
        case .load: .load
        case .http: .http
        case .manual: .manual
        case .choose: .choose
        }
    }
}

/// A walk from what is wanted to what it is made from.
private struct Search {
    let planner: Planner
    var wanted: Set<StepKey> = []
    private var required: [StepKey: Bool] = [:]
    private var order: [StepKey] = []

    init(planner: Planner) { self.planner = planner }

    /// Visits a slice and, unless it is kept, what it is made from; declarations have no cycles.
    mutating func visit(_ key: StepKey, required isRequired: Bool) {
        if let before = required[key] {
            guard isRequired, !before else { return }
        }
        let isNew = required.updateValue(isRequired, forKey: key) == nil
        guard
            let step = planner.step(
                key, isWanted: wanted.contains(key), isRequired: isRequired)
        else { return }
        if step.action != .keep {
            for input in step.inputs {
                switch input {
                case .all(let keys): for key in keys { visit(key, required: isRequired) }
                case .newest(let keys, _): for key in keys { visit(key, required: false) }
                }
            }
        }
        if isNew { order.append(key) }
    }

    /// The steps, inputs first.
    func steps() -> [PlannedStep] {
        order.compactMap { key in
            planner.step(key, isWanted: wanted.contains(key), isRequired: required[key] ?? true)
        }
    }
}
