/// What a plan means to do about one slice of one asset, and why.
public struct PlannedStep: Hashable, Sendable {
    /// What is done.
    public enum Action: String, Hashable, Codable, Sendable, CaseIterable {
        /// The step builds it.
        case build
        /// The source is checked.
        case check
        /// It is not there yet.
        case wait
        /// It is certified, and kept as it is.
        case keep
    }

    /// What it needs before it starts.
    public enum Input: Hashable, Sendable {
        /// All of these certified.
        case all([StepKey])
        /// The first of these, newest first, that is certified in the end.
        case newest([StepKey], of: AssetName)

        /// The steps that it mentions.
        public var keys: [StepKey] {
            switch self {
            case .all(let keys), .newest(let keys, _): keys
            }
        }
    }

    /// What it is about.
    public let key: StepKey
    /// The kind of work.
    public let kind: StepKind
    /// What is done.
    public let action: Action
    /// Why, for people.
    public let why: String
    /// What it needs.
    public let inputs: [Input]
    /// Whether the run's outcome depends on it; a candidate of a `latest` need is only tried.
    public let isRequired: Bool
    /// Whether an effect that is already there is made anew.
    public let rebuilds: Bool
    /// The certificate that is kept.
    public let certificate: Certificate?
    /// What affects the asset's data, as a hash.
    public let definition: DefinitionHash
}

/// What a run would do, in an order in which inputs come first.
public struct Plan: Hashable, Sendable {
    /// The promise or asset.
    public let target: RunTarget
    /// The intervals asked for, as on the command line.
    public let intervals: [String]
    /// The steps, inputs first.
    public let steps: [PlannedStep]

    /// A plan.
    public init(target: RunTarget, intervals: [String], steps: [PlannedStep]) {
        self.target = target
        self.intervals = intervals
        self.steps = steps
    }

    /// A text that changes whenever definitions, actions or kept certificates do; `backfill` compares its hash.
    public var fingerprintText: String {
        let lines = steps.map { step in
            "\(step.key)|\(step.action.rawValue)|\(step.rebuilds)|\(step.definition)"
                + "|\(step.certificate?.id.rawValue ?? "-")"
        }
        return ([target.name] + lines).joined(separator: "\n")
    }

    /// Whether every step keeps what is there.
    public var isNothingToDo: Bool { steps.allSatisfy { $0.action == .keep } }
}

/// What is run: a promise, or one asset and what it is made from.
public enum RunTarget: Hashable, Sendable {
    /// A promise.
    case promise(Promise)
    /// An asset.
    case asset(Asset)

    /// The promise's id or the asset's name.
    public var name: String {
        switch self {
        case .promise(let promise): promise.id.rawValue
        case .asset(let asset): asset.name.description
        }
    }

    /// The assets whose certificates are wanted.
    public var assets: [AssetName] {
        switch self {
        case .promise(let promise): promise.needs
        case .asset(let asset): [asset.name]
        }
    }
}
