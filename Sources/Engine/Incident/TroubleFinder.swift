import SuretyCore

/// Finds the root causes that keep promises from being kept.
struct TroubleFinder: Sendable {
    let world: World
    let detective: Detective
    let reader: StandingReader
    private var planner: Planner { reader.planner }

    /// Every trouble of some promises, those that matter most first: one for each root and class, with everything that it
    /// affects.
    func troubles(of promises: [Promise]) async throws(PortFailure) -> [Trouble] {
        var found: [IncidentRoot: Trouble] = [:]
        for promise in promises {
            let view = try await reader.view(of: promise)
            for trouble in troubles(of: promise, view) {
                found[trouble.root] = found[trouble.root].map { $0.joined(with: trouble) } ?? trouble
            }
        }
        return found.values.sorted { $0.root < $1.root }
    }

    private func troubles(of promise: Promise, _ view: PromiseView) -> [Trouble] {
        let required = reader.required(by: promise)
        let missing = required.filter { reader.current($0, for: promise) == nil }
        return older(than: required, of: promise) + newest(missing, of: promise, view)
    }

    /// The trouble of the newest occurrence.
    private func newest(_ missing: [StepKey], of promise: Promise, _ view: PromiseView) -> [Trouble] {
        let isDue: Bool
        switch view.state {
        case .blocked: isDue = false
        case .atRisk, .late, .missed: isDue = true
        case .kept, .running, .waiting, .waived, .unknown: return []
        }
        let isOverdue = view.state == .late || view.state == .missed
        let secondsLeft = view.timeLeftSeconds.map(Double.init)
        guard !missing.isEmpty else {
            // A refresh that is under way is no trouble until the deadline has passed.
            return isOverdue
                ? view.cause.map { [trouble($0, nil, promise, secondsLeft, isOverdue)] } ?? [] : []
        }
        return missing.compactMap { key in
            var cause = detective.cause(of: key, planner)
            // Before it is late, data that is only awaited is no trouble.
            guard isDue || CauseClass(cause) != .late else { return nil }
            if let risk = view.risk, CauseClass(cause) == .late {
                cause.message = risk.words(secondsLeft: secondsLeft ?? 0)
            }
            return trouble(cause, key, promise, secondsLeft, isOverdue)
        }
    }

    /// What is wrong with intervals that were owed before: certified once perhaps, and not any more.
    private func older(than required: [StepKey], of promise: Promise) -> [Trouble] {
        let oldest = world.now.adding(seconds: -Int64(World.lookBack) * 86_400)
        return world.owed(by: .promise(promise), judgedBy: planner)
            .flatMap { asset, slices in slices.map { StepKey(asset, $0) } }.sorted()
            .filter { !required.contains($0) && ($0.slice.interval?.end ?? oldest) > oldest }
            .compactMap { key in
                guard !planner.isCurrent(key), !detective.isRunning(key) else { return nil }
                let cause = detective.cause(of: key, planner)
                return CauseClass(cause) == .late ? nil : trouble(cause, key, promise, nil, false)
            }
    }

    private func trouble(
        _ cause: Cause, _ key: StepKey?, _ promise: Promise, _ secondsLeft: Double?, _ isOverdue: Bool
    ) -> Trouble {
        let chain = key.map { detective.memory(of: $0)?.step.chain ?? [$0.description] } ?? []
        var trouble = Trouble(
            cause, affects: chain + [cause.place] + (key.map { [$0.description] } ?? []), of: promise,
            secondsLeft: secondsLeft, isOverdue: isOverdue)
        trouble.faultAt = faultAt(cause, secondsLeft: secondsLeft)
        return trouble
    }

    /// When a step at the root ended, or what was owed became late.
    private func faultAt(_ cause: Cause, secondsLeft: Double?) -> Instant? {
        let slice = world.catalog.assets[cause.asset]?.slice(labelled: cause.interval)
        let ended = slice.flatMap { detective.memory(of: StepKey(cause.asset, $0))?.at }
        guard CauseClass(cause) == .late || ended == nil else { return ended }
        return secondsLeft.flatMap { $0 <= 0 ? world.now.adding(milliseconds: Int64($0 * 1000)) : nil }
    }
}

extension Trouble {
    /// A cause as one promise sees it. Recovery takes as long as a run of the promise is expected to, else half an hour.
    init(_ cause: Cause, affects: [String], of promise: Promise, secondsLeft: Double?, isOverdue: Bool) {
        self.init(
            cause: cause, intervals: cause.interval.map { [$0] } ?? [], affects: Set(affects).sorted(),
            promises: [promise.id], consumers: promise.serves.sorted(),
            severity: Severity(
                tier: promise.tier, secondsLeft: secondsLeft,
                recovery: Double(promise.expected?.seconds ?? 1800)),
            isExperiment: promise.experiment)
        self.isOverdue = isOverdue
    }

    /// The same root as two promises see it.
    func joined(with other: Trouble) -> Trouble {
        var copy = self
        copy.cause = (cause.interval ?? "") >= (other.cause.interval ?? "") ? cause : other.cause
        copy.intervals = Set(intervals).union(other.intervals).sorted()
        copy.affects = Set(affects).union(other.affects).sorted()
        copy.promises = (promises + other.promises).unique()
        copy.consumers = Set(consumers).union(other.consumers).sorted()
        copy.severity = min(severity, other.severity)
        copy.isExperiment = isExperiment && other.isExperiment
        copy.isOverdue = isOverdue || other.isOverdue
        copy.faultAt = [faultAt, other.faultAt].compactMap { $0 }.min()
        return copy
    }
}
