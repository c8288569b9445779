import SuretyCore

/// What begins by the clock, after others, or again after a crash.
extension ProjectService {
    func startWhatIsDue(_ surroundings: Surroundings, at now: Instant) async throws(PortFailure) {
        guard !dispatcher.isDraining else { return }
        let fired = try await surroundings.state.startsFired()
        let seen = try await surroundings.state.promisesSeen()
        let waitsForOthers = surroundings.catalog.promisesInOrder.contains { promise in
            promise.starts.contains { if case .after = $0 { true } else { false } }
        }
        let upstream = waitsForOthers ? try await UpstreamTimes.read(surroundings) : UpstreamTimes()
        if !isRecovered {
            try await recover(surroundings, fired, at: now)
            isRecovered = true
        }
        for promise in surroundings.catalog.promisesInTierOrder where !promise.starts.isEmpty {
            let due = Timetable(promise).due(
                fired: fired[promise.id] ?? [:], since: seen[promise.id] ?? startedAt, at: now,
                upstream: upstream.certified)
            for start in due { try await take(start, of: promise, surroundings, at: now) }
        }
        startRuns()
    }

    /// Begins the runs that make again what late rows took away; what is under way is left for the next look.
    func beginRebuilds() async throws(PortFailure) {
        let surroundings = self.surroundings
        let now = surroundings.clock.now()
        for work in try await Lookout(surroundings).rebuilds() {
            var request = RunRequest(work.target.name)
            request.slices = work.slices
            request.trigger = "late_rows"
            let promise = surroundings.catalog.promises[PromiseID(rawValue: work.target.name)]
            let job = Dispatcher.Job(
                id: surroundings.identities.runID(), request: request, start: nil,
                tier: promise?.tier ?? .two, deadline: nil, askedAt: now)
            _ = dispatcher.ask(job, overlap: .skip)
        }
        startRuns()
    }

    /// Begins again what a service that was here before had begun, or was about to, when it was ended.
    func recover(
        _ surroundings: Surroundings, _ fired: [PromiseID: [String: Instant]], at now: Instant
    ) async throws(PortFailure) {
        for promise in surroundings.catalog.promisesInTierOrder where promise.catchUp != .none {
            let newest = (fired[promise.id] ?? [:]).max { $0.value < $1.value }
            guard let newest, now.milliseconds(since: newest.value) < promise.catchUpWindow.seconds * 1000
            else {
                continue
            }
            let last = try await surroundings.state.runs(of: promise.id.rawValue, limit: 1).first
            if let last, last.startedAt >= newest.value, last.state != .interrupted { continue }
            let due = Timetable.Due(start: newest.key, at: newest.value, begins: true)
            try await take(due, of: promise, surroundings, at: now)
        }
    }

    func take(
        _ start: Timetable.Due, of promise: Promise, _ surroundings: Surroundings, at now: Instant
    ) async throws(PortFailure) {
        func note(_ end: StartFiring.End) async throws(PortFailure) {
            try await surroundings.record(
                .startFired(StartFiring(promise: promise.id, start: start.start, dueAt: start.at, end: end)))
        }
        guard start.begins else { return try await note(.missed) }
        var request = RunRequest(promise.id.rawValue)
        request.trigger = "schedule"
        let job = Dispatcher.Job(
            id: surroundings.identities.runID(), request: request, start: start, tier: promise.tier,
            deadline: promise.deadline.next(after: now), askedAt: now)
        switch dispatcher.ask(job, overlap: promise.overlap) {
        case .accepted: try await note(.began(job.id))
        case .running: try await note(.skipped)
        case .cancelling(let id):
            cancels[id]?.finish()
            try await note(.began(job.id))
        }
    }
}
