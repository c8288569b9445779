import Logging
import SuretyCore

/// What the service looks at again and again.
extension ProjectService {
    /// Wakes at least every 30 seconds, and whenever something happened, and compares what is with what should be.
    func watch() async {
        while !isStopping, !Task.isCancelled {
            await tick()
            await pause(problem == nil ? 30 : 5)
        }
    }

    func tick() async {
        let surroundings = self.surroundings
        let now = surroundings.clock.now()
        do throws(PortFailure) {
            try await beat(surroundings, at: now)
            try await DeadRuns(surroundings).end()
            if !isPrepared {
                try await surroundings.prepare()
                isPrepared = true
            }
            try await startWhatIsDue(surroundings, at: now)
            if isReviewDue(surroundings, at: now) {
                reviewedAt = now
                try await OutcomeDesk(surroundings).judge()
                for change in try await IncidentDesk(surroundings).review() {
                    log.add(.incident(change.incident))
                }
            }
            problem = nil
            isReady = !dispatcher.isDraining
        } catch {
            problem = error.description
            isReady = false
            reviewedAt = nil
            surroundings.logger.error("the service could not look", metadata: ["why": "\(error.description)"])
            if error.isBlindness { await tell(of: error, surroundings) }
        }
        tickedAt = surroundings.clock.now()
    }

    /// A warehouse that is away is told of, and what comes due meanwhile is not known.
    func tell(of blindness: PortFailure, _ surroundings: Surroundings) async {
        do throws(PortFailure) {
            try await IncidentDesk(surroundings).report(blindness)
            try await OutcomeDesk(surroundings).judge()
        } catch {
            surroundings.logger.error("nobody could be told", metadata: ["why": "\(error.description)"])
        }
    }

    /// Notes once a minute that the service is alive; tells when it was not while something came due.
    func beat(_ surroundings: Surroundings, at now: Instant) async throws(PortFailure) {
        if let beatAt, now.milliseconds(since: beatAt) < 60_000, now >= beatAt { return }
        let isFirst = beatAt == nil
        beatAt = now
        let before = try await surroundings.state.beat(at: now)
        let desk = IncidentDesk(surroundings)
        guard isFirst, let before, now.milliseconds(since: before) > Self.gap * 1000 else {
            // It is told for an hour, and then it is history.
            if isFirst || now.milliseconds(since: startedAt) > 3_600_000 { try await desk.alarm(.gap, nil) }
            return
        }
        let missed = surroundings.catalog.promisesInOrder.reduce(0) { count, promise in
            count + promise.deadline.instants(from: before, to: now).count
        }
        guard missed > 0 else { return }
        let zone = surroundings.catalog.project.zone
        let deadlines = "\(missed) deadline\(missed == 1 ? "" : "s") passed"
        try await desk.alarm(
            .gap, "no service was there from \(zone.words(before)) to \(zone.words(now)), while \(deadlines)")
    }

    /// Whether promises are looked at again: at the start, after a run, when a deadline or the last moment to keep it has
    /// passed, each minute while something is wrong or due within the hour, and every five minutes.
    func isReviewDue(_ surroundings: Surroundings, at now: Instant) -> Bool {
        guard let last = reviewedAt, last <= now else { return true }
        let elapsed = now.milliseconds(since: last)
        if elapsed >= 300_000 { return true }
        return surroundings.catalog.promisesInOrder.contains { promise in
            let before = promise.deadline.last(atOrBefore: now)
            if let before, before > last { return true }
            guard elapsed >= 60_000, let next = promise.deadline.next(after: now) else { return false }
            return next.milliseconds(since: now) < 3_600_000
        }
    }
}
