import Logging
public import SuretyCore

/// Refreshes consumers whose data is certified, each once for each set of certificates.
public struct Refreshing: Sendable {
    private let surroundings: Surroundings

    /// Refreshing in a project's world.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What became of one consumer.
    public struct Outcome: Hashable, Sendable {
        /// The consumer.
        public let consumer: ConsumerID
        /// What became of it.
        public let end: End
    }

    /// What became of a consumer's refresh.
    public enum End: Hashable, Sendable {
        /// It was refreshed.
        case refreshed
        /// It was refreshed for these certificates before.
        case alreadyRefreshed
        /// Its gate is closed.
        case closed(GateAnswer)
        /// It could not be refreshed.
        case failed(PortFailure)
    }

    /// Refreshes the consumers that the promises around some assets serve.
    public func refresh(after assets: [AssetName]) async throws(PortFailure) -> [Outcome] {
        let catalog = surroundings.catalog
        let consumers = catalog.consumersInOrder.filter { consumer in
            consumer.refresh != nil && !catalog.promises(serving: consumer.id).isEmpty
                && !Set(catalog.upstream(of: catalog.assets(concerning: consumer))).isDisjoint(with: assets)
        }
        var outcomes: [Outcome] = []
        for consumer in consumers {
            guard let action = consumer.refresh else { continue }
            outcomes.append(
                Outcome(consumer: consumer.id, end: try await refresh(consumer, by: action)))
        }
        return outcomes
    }

    private func refresh(_ consumer: Consumer, by action: RefreshAction) async throws(PortFailure) -> End {
        let answer = try await Gatekeeper(surroundings).ask(consumer)
        guard answer.isOpen else { return .closed(answer) }
        let mark = try await surroundings.refreshMark(of: consumer, for: answer)
        let earlier = try await surroundings.state.refreshes(of: consumer.id, limit: 100)
        if earlier.contains(where: { $0.mark.key == mark.key && $0.wentWell }) {
            return .alreadyRefreshed
        }
        try await surroundings.record(.refreshIntended(mark))
        do {
            try await send(action, mark)
            try await surroundings.record(.refreshEnded(mark, failure: nil))
            return .refreshed
        } catch {
            try await surroundings.record(.refreshEnded(mark, failure: error.description))
            return .failed(error)
        }
    }

    private func send(_ action: RefreshAction, _ mark: RefreshMark) async throws(PortFailure) {
        switch action {
        case .http(let request): try await surroundings.refresher.send(request, key: mark.key)
        case .command(let arguments):
            let environment = [
                "SURETY_IDEMPOTENCY_KEY": mark.key, "SURETY_CONSUMER": mark.consumer.rawValue,
                "SURETY_INTERVALS": mark.intervals.joined(separator: " "),
            ]
            let end = try await surroundings.processes.run(
                arguments, environment: environment, timeout: Period(5, .minute)
            ) { [logger = surroundings.logger] line in
                logger.info("a refresh says", metadata: ["consumer": "\(mark.consumer)", "line": "\(line)"])
            }
            guard end == .exited(0) else {
                throw PortFailure(.refused, "the refresh of \(mark.consumer) ended with \(end)")
            }
        }
    }
}

extension Surroundings {
    /// The refresh that an open gate allows; the same certificates give the same key, and so does no other: what was
    /// certified last of all that the consumer reads counts too, since an older interval may have been made anew.
    func refreshMark(of consumer: Consumer, for answer: GateAnswer) async throws(PortFailure) -> RefreshMark {
        // In the order in which they were given, whatever clocks said.
        let newest = try await warehouse.certificates(of: consumer.uses).last(where: \.isValid)
        let ids = Set(answer.certificates + (newest.map { [$0.id] } ?? [])).map(\.rawValue).sorted()
        let text = ([consumer.id.rawValue] + ids).joined(separator: "|")
        return RefreshMark(
            consumer: consumer.id, intervals: answer.intervals, key: identities.digest(text),
            certificates: answer.certificates.sorted())
    }
}
