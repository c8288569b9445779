public import SuretyCore

/// Answers whether a consumer may refresh now.
public struct Gatekeeper: Sendable {
    /// What is answered, and what came to light on the way.
    struct Decision: Sendable {
        var answer: GateAnswer
        /// The incidents that changed.
        var incidents: [Incident] = []
    }

    private let surroundings: Surroundings
    private let tells: Bool

    /// A gatekeeper in a project's world.
    ///
    /// - Parameter tells: Whether an incident is opened about what it withdraws; not where it looks at the world as of
    ///   another instant.
    public init(_ surroundings: Surroundings, tells: Bool = true) {
        self.surroundings = surroundings
        self.tells = tells
    }

    /// The answer for the newest closed occurrences of all promises that serve the consumer, or for given slices.
    ///
    /// Looks at the data before it says `open`, and records the answer.
    public func ask(_ consumer: Consumer, slices: [AssetName: [Slice]]? = nil) async throws(PortFailure)
        -> GateAnswer
    {
        let answer = try await decide(consumer, slices: slices).answer
        let now = surroundings.clock.now()
        // A question about other intervals says nothing about whether the consumer may refresh now.
        if slices == nil { try await surroundings.state.record([.gateAnswered(answer)], at: now) }
        try await surroundings.state.tally([
            GateTally(consumer: consumer.id, isOpen: answer.isOpen, at: now, count: 1)
        ])
        return answer
    }

    /// Asks until the gate opens or the wait is over.
    public func ask(
        _ consumer: Consumer, slices: [AssetName: [Slice]]?, waiting: Period
    ) async throws(PortFailure) -> GateAnswer {
        let until = surroundings.clock.now().adding(seconds: waiting.seconds)
        while true {
            var answer: GateAnswer?
            do throws(PortFailure) {
                answer = try await ask(consumer, slices: slices)
            } catch  where error.isRetryable {
                // It may pass by itself; only when the wait is over it is the answer.
                guard surroundings.clock.now() < until else { throw error }
            }
            let left = Double(until.milliseconds(since: surroundings.clock.now())) / 1000
            if let answer, answer.isOpen || left <= 0 { return answer }
            do {
                try await surroundings.clock.sleep(seconds: min(1, left))
            } catch {
                throw PortFailure(.cancelled, "interrupted while waiting for the gate")
            }
        }
    }

    func decide(_ consumer: Consumer, slices: [AssetName: [Slice]]? = nil) async throws(PortFailure)
        -> Decision
    {
        let assets = surroundings.catalog.assets(concerning: consumer)
        var world = try await World.read(surroundings, for: assets)
        let required = slices.map { $0.keys(of: assets) } ?? world.required(by: consumer)
        let answer = try await judge(consumer, required, world)
        guard answer.isOpen else { return Decision(answer: answer) }
        let certificates = answer.certificates.compactMap { world.lineage.certificates[$0] }
        let sight: Sentinel.Sight
        do throws(PortFailure) {
            sight = try await Sentinel(surroundings: surroundings).lookAndTell(
                at: certificates, in: world, opensIncidents: tells)
            if let failure = sight.unseen { throw failure }
        } catch  where error.kind == .contention || error.kind == .permission || error.kind == .timeout {
            return Decision(answer: answer.closed(because: error))
        }
        guard !sight.withdrawn.isEmpty else { return Decision(answer: answer) }
        world = try await World.read(surroundings, for: assets)
        return Decision(answer: try await judge(consumer, required, world), incidents: sight.incidents)
    }

    private func judge(
        _ consumer: Consumer, _ required: [StepKey], _ world: World
    ) async throws(PortFailure) -> GateAnswer {
        let planner = Planner(lineage: world.lineage) { [surroundings] in surroundings.definition(of: $0) }
        var reasons: [GateAnswer.Reason] = []
        var certificates: [CertificateID] = []
        let detective = try await Detective.read(surroundings, world)
        for key in required {
            if case .current(let certificate) = planner.standing(of: key),
                world.serves(certificate, key, consumer)
            {
                certificates.append(certificate.id)
            } else {
                reasons.append(detective.reason(for: key, planner))
            }
        }
        if required.isEmpty {
            reasons = consumer.uses.map {
                GateAnswer.Reason(asset: $0, interval: nil, why: "no interval has closed yet", cause: nil)
            }
        }
        let through = Dictionary(
            uniqueKeysWithValues: Set(required.map(\.asset) + consumer.uses).map {
                ($0.description, world.certifiedThrough($0, planner))
            })
        return GateAnswer(
            consumer: consumer.id, isOpen: reasons.isEmpty,
            intervals: Set(required.compactMap(\.slice.interval)).sorted().map(\.description).unique(),
            certifiedThrough: through, reasons: reasons, certificates: certificates)
    }
}

extension [AssetName: [Slice]] {
    fileprivate func keys(of assets: [AssetName]) -> [StepKey] {
        assets.flatMap { asset in (self[asset] ?? []).map { StepKey(asset, $0) } }.sorted()
    }
}

extension GateAnswer {
    /// The answer closed, since what it rests on could not be looked at.
    fileprivate func closed(because failure: PortFailure) -> GateAnswer {
        var copy = self
        copy.isOpen = false
        copy.certificates = []
        copy.reasons = certifiedThrough.keys.sorted().compactMap { AssetName($0) }.map {
            Reason(asset: $0, interval: intervals.last, why: failure.description, cause: nil)
        }
        return copy
    }
}
