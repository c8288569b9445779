import SuretyCore

/// Answers for gates in a service: requests for one consumer that arrive while an answer is made, and for a second after,
/// share it; each is counted before it is answered.
actor GateDesk {
    private struct Key: Hashable {
        let consumer: ConsumerID
        let slices: [AssetName: [Slice]]?
    }

    private struct Look {
        let answer: GateAnswer
        let at: Instant
    }

    /// How long an answer serves those who ask after it was made, in milliseconds.
    static let shelfLife: Int64 = 1000

    private var newest: [Key: Look] = [:]
    private var waiters: [Key: [CheckedContinuation<Swift.Result<GateAnswer, PortFailure>, Never>]] = [:]
    private var told: [ConsumerID: GateAnswer] = [:]
    private let tally: TallyDesk
    private let log: EventLog

    init(tally: TallyDesk, log: EventLog) {
        self.tally = tally
        self.log = log
    }

    /// The answer for a consumer; a change of answer is noted at once, an equal one is counted.
    func ask(
        _ consumer: Consumer, slices: [AssetName: [Slice]]?, _ surroundings: Surroundings
    ) async throws(PortFailure) -> GateAnswer {
        let key = Key(consumer: consumer.id, slices: slices)
        let now = surroundings.clock.now()
        let answer: GateAnswer
        if let look = newest[key], now.milliseconds(since: look.at) < Self.shelfLife, now >= look.at {
            answer = look.answer
        } else if waiters[key] != nil {
            answer = try await withCheckedContinuation { waiters[key]?.append($0) }.get()
        } else {
            waiters[key] = []
            let result = await look(consumer, slices, surroundings)
            if case .success(let answer) = result {
                newest[key] = Look(answer: answer, at: surroundings.clock.now())
            }
            for waiter in waiters.removeValue(forKey: key) ?? [] { waiter.resume(returning: result) }
            answer = try result.get()
        }
        try await tally.count(
            GateTally(consumer: consumer.id, isOpen: answer.isOpen, at: now, count: 1), surroundings.state)
        return answer
    }

    /// Forgets what was seen, as after a run.
    func forget() { newest = [:] }

    private func look(
        _ consumer: Consumer, _ slices: [AssetName: [Slice]]?, _ surroundings: Surroundings
    ) async -> Swift.Result<GateAnswer, PortFailure> {
        do throws(PortFailure) {
            let decision = try await Gatekeeper(surroundings).decide(consumer, slices: slices)
            let answer = decision.answer
            for incident in decision.incidents { log.add(.incident(incident)) }
            // A question about other intervals says nothing about whether the consumer may refresh now.
            if slices == nil, told[consumer.id] != answer {
                try await surroundings.record(.gateAnswered(answer))
                told[consumer.id] = answer
                log.add(.gate(answer))
            }
            return .success(answer)
        } catch {
            return .failure(error)
        }
    }
}

/// Counts answers in groups: those that come while one group is written are written together after it.
actor TallyDesk {
    private var open: [GateTally: Int] = [:]
    private var waiting: [CheckedContinuation<PortFailure?, Never>] = []
    private var isWriting = false

    /// Returns once the answer is counted in the state.
    func count(_ tally: GateTally, _ state: any StateStore) async throws(PortFailure) {
        open[tally, default: 0] += tally.count
        let failure: PortFailure?
        if isWriting {
            failure = await withCheckedContinuation { waiting.append($0) }
        } else {
            failure = await write(state)
        }
        if let failure { throw failure }
    }

    /// Writes what is open, then what came meanwhile, until nothing is; returns what became of the first group.
    private func write(_ state: any StateStore) async -> PortFailure? {
        isWriting = true
        defer { isWriting = false }
        let own = await writeGroup(state)
        while !open.isEmpty {
            let group = waiting
            waiting = []
            let failure = await writeGroup(state)
            for waiter in group { waiter.resume(returning: failure) }
        }
        return own
    }

    private func writeGroup(_ state: any StateStore) async -> PortFailure? {
        let tallies = open.map { tally, count in
            GateTally(consumer: tally.consumer, isOpen: tally.isOpen, at: tally.second, count: count)
        }
        open = [:]
        do throws(PortFailure) {
            try await state.tally(tallies)
            return nil
        } catch {
            return error
        }
    }
}
