import Logging
public import SuretyCore

/// Sends the messages that are due, each once as far as can be known, and never twice under another id.
public struct Postman: Sendable {
    /// How long a message is ours once it is claimed; a process that dies holds it up no longer.
    static let claim: Int64 = 120
    /// After how many seconds no further message is begun for a recipient in one round.
    static let turn: Int64 = 5

    private let surroundings: Surroundings

    /// The postman of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// What became of a message.
    public struct Delivery: Hashable, Sendable {
        /// The message.
        public let message: AlertMessage
        /// Why it was not delivered; nil when it was.
        public let failure: String?
        /// Whether it is tried again later.
        public var isTriedAgain = false
    }

    /// Sends a message that says it is a test, once and at once.
    public func test(_ channel: ChannelID) async throws(PortFailure) {
        guard let declared = surroundings.catalog.channels[channel] else {
            throw PortFailure(.refused, "there is no channel \(channel)")
        }
        let now = surroundings.clock.now()
        let person = surroundings.catalog.owners.values.filter { $0.to.contains(channel) }.min {
            $0.id < $1.id
        }
        let cause = Cause(
            .unsupported, asset: AssetName(schema: "surety", table: "test"), interval: nil,
            message: "this is a test by \(surroundings.person); nothing is wrong", owner: person?.id)
        let incident = Incident(
            id: IncidentID(rawValue: "inc_test\(surroundings.identities.shortID())"),
            trouble: Trouble(
                cause: cause, intervals: [], affects: [], promises: [], consumers: [], severity: .info),
            at: now)
        var alert = Alert(event: .opened, at: now, incident: incident, headline: cause.message)
        alert.owner = person.map(Alert.Person.init)
        var message = AlertMessage(
            alert, to: AlertRecipient(channel: channel, person: person?.id), dueAt: now)
        message.isTest = true
        _ = try await surroundings.messenger.send(message, over: declared, to: person, after: nil)
    }

    /// Sends what is due; what goes elsewhere because a channel refused it is sent too.
    public func deliver() async throws(PortFailure) -> [Delivery] {
        var deliveries: [Delivery] = []
        for _ in 0..<10 {
            let round = try await deliverOnce()
            deliveries += round
            guard !round.isEmpty else { break }
        }
        return deliveries
    }

    /// One after another on each channel and the channels side by side, so that one that hangs holds up no other.
    private func deliverOnce() async throws(PortFailure) -> [Delivery] {
        let now = surroundings.clock.now()
        // Who could not be reached just now is left alone by all messages until the one that failed tries again.
        let resting = try await surroundings.state.recipientsResting(at: now)
        let due = try await surroundings.state.messages(dueAt: now, limit: 5000)
        let groups = Dictionary(grouping: due) { $0.message.recipient }.filter { !resting.contains($0.key) }
            .map(\.value)
        let ends = await withTaskGroup(of: Result<[Delivery], PortFailure>.self) { group in
            for messages in groups {
                group.addTask {
                    do throws(PortFailure) { return .success(try await deliver(messages)) } catch {
                        return .failure(error)
                    }
                }
            }
            var ends: [Result<[Delivery], PortFailure>] = []
            for await end in group { ends.append(end) }
            return ends
        }
        var deliveries: [Delivery] = []
        for end in ends { deliveries += try end.get() }
        return deliveries.sorted { $0.message.id < $1.message.id }
    }

    /// Sends to one recipient, one message after another; one that is slow leaves the rest to the next round, so that
    /// nobody else waits for its whole queue.
    private func deliver(_ messages: [MessageMemory]) async throws(PortFailure) -> [Delivery] {
        var deliveries: [Delivery] = []
        let began = surroundings.clock.now()
        for memory in messages {
            if surroundings.clock.now().milliseconds(since: began) > Self.turn * 1000 { break }
            guard let delivery = try await deliver(memory) else { continue }
            deliveries.append(delivery)
            if delivery.isTriedAgain { break }
        }
        if let last = deliveries.last, last.failure == nil {
            try await IncidentDesk(surroundings).alarm(.notifier(last.message.channel), nil)
        }
        return deliveries
    }

    /// Sends one message; nil if it was another's, or is not to be said any more.
    private func deliver(_ memory: MessageMemory) async throws(PortFailure) -> Delivery? {
        let message = memory.message
        let incident = try await surroundings.state.incident(message.alert.incident.id)
        if message.isEscalation, incident?.acknowledgement != nil || incident?.status == .resolved {
            try await surroundings.record(.messageSuperseded(message.id))
            return nil
        }
        if let incident, message.alert.event != .resolved, try await isSilenced(incident) { return nil }
        do throws(PortFailure) {
            let until = surroundings.clock.now().adding(seconds: Self.claim)
            try await surroundings.record(.messageClaimed(message.id, until: until))
        } catch  where error.kind == .conflict {
            return nil
        }
        do throws(PortFailure) {
            guard let channel = surroundings.catalog.channels[message.channel] else {
                throw PortFailure(.refused, "the channel \(message.channel) is not declared any more")
            }
            var telling = message
            let now = surroundings.clock.now()
            let hasWaited = memory.attempts == 0 && now.milliseconds(since: message.alert.at) > 60_000
            if message.isLate || hasWaited { telling.asOf = now }
            let receipt = try await surroundings.messenger.send(
                telling, over: channel, to: message.person.flatMap { surroundings.catalog.owners[$0] },
                after: try await first(before: message))
            try await surroundings.record(.messageDelivered(message.id, receipt: receipt))
            return Delivery(message: message, failure: nil)
        } catch {
            let isTriedAgain = try await fail(memory, error)
            return Delivery(message: message, failure: error.description, isTriedAgain: isTriedAgain)
        }
    }

    /// Whether a person silenced an incident, perhaps after its messages were queued; then they wait on.
    private func isSilenced(_ incident: Incident) async throws(PortFailure) -> Bool {
        let now = surroundings.clock.now()
        return Silence.quiet(incident, by: try await surroundings.state.silences(at: now), at: now) != nil
    }

    /// The delivered message that told of the incident on this channel first.
    private func first(before message: AlertMessage) async throws(PortFailure) -> MessageMemory? {
        try await surroundings.state.messages(about: message.alert.incident.id).first {
            $0.state == .delivered && $0.message.channel == message.channel
                && $0.message.person == message.person
        }
    }

    /// Plans the next try, and says whether there is one; else somebody else is told that this one was not reached.
    private func fail(_ memory: MessageMemory, _ failure: PortFailure) async throws(PortFailure) -> Bool {
        let message = memory.message
        let now = surroundings.clock.now()
        guard failure.kind != .cancelled else {
            // We were ended, not the message: whoever comes next sends it.
            try await surroundings.state.record(
                [.messageFailed(message.id, why: failure.description, again: now)], at: now)
            return true
        }
        let wait =
            failure.isRetryable
            ? DeliveryPolicy.wait(
                after: memory.attempts + 1, jitter: surroundings.identities.fraction(),
                asked: failure.waitSeconds) : nil
        let again = wait.map { now.adding(milliseconds: Int64($0 * 1000)) }
        var facts: [Fact] = [.messageFailed(message.id, why: failure.description, again: again)]
        if again == nil { facts += try await fallback(for: message, failure) }
        try await surroundings.state.record(facts, at: now)
        if again == nil {
            try await IncidentDesk(surroundings).alarm(.notifier(message.channel), failure.description)
        }
        surroundings.logger.warning(
            "an alert could not be sent",
            metadata: ["channel": "\(message.channel)", "why": "\(failure.description)"])
        return again != nil
    }

    /// The same alert to those of the last route who are reached otherwise, saying over which channel it was lost.
    private func fallback(
        for message: AlertMessage, _ failure: PortFailure
    ) async throws(PortFailure) -> [Fact] {
        // What is itself said instead is not said instead again, or two that refuse would go on for ever.
        guard !message.isInstead, let last = surroundings.catalog.routes.last else { return [] }
        let routing = AlertRouting(surroundings.catalog)
        let incident = message.alert.incident
        let others = try await surroundings.state.messages(about: incident.id).filter { memory in
            memory.message.alert.incident.sequence == incident.sequence
                && memory.message.isEscalation == message.isEscalation && memory.state != .superseded
        }
        // Who is told the same anyway, or could not be, is not told that somebody else was not.
        let told = Set(others.map(\.message.recipient))
        var alert = message.alert
        alert.headline = Alert.cut("Not told over \(message.channel): \(alert.headline)", to: 120)
        return last.to.flatMap { routing.recipients(named: $0, of: alert) }.unique()
            .filter { $0.channel != message.channel && !told.contains($0) }
            .map {
                .messageQueued(
                    AlertMessage(alert, to: $0, insteadOf: message, dueAt: surroundings.clock.now()))
            }
    }
}
