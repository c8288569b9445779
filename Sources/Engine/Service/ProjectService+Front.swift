public import SuretyCore

/// What the service does for those who ask.
extension ProjectService {
    /// How the service itself is.
    public func health() async -> ServiceHealth {
        let backlog = (try? await surroundings.state.backlog()) ?? 0
        return ServiceHealth(
            startedAt: startedAt, tickedAt: tickedAt, isReady: isReady, isDraining: dispatcher.isDraining,
            problem: problem, runs: dispatcher.runs, waiting: dispatcher.waitingRuns, backlog: backlog)
    }

    /// Begins a run as soon as there is room; a conflict while another of the same target is under way.
    public func begin(_ request: RunRequest) async throws(PortFailure) -> RunID {
        guard !dispatcher.isDraining else {
            throw PortFailure(
                .conflict, "the service is draining", hint: "Ask again once it has been started anew.")
        }
        let surroundings = self.surroundings
        let finder = SliceFinder(surroundings.catalog)
        guard let target = finder.target(request.target) else {
            throw PortFailure(.refused, "there is no promise or asset \(request.target)")
        }
        if let intervals = request.intervals {
            do { _ = try finder.slices(intervals, of: target.assets) } catch {
                throw PortFailure(.refused, error.message, hint: error.hint)
            }
        }
        let now = surroundings.clock.now()
        let promise = surroundings.catalog.promises[PromiseID(rawValue: request.target)]
        let job = Dispatcher.Job(
            id: surroundings.identities.runID(), request: request, start: nil, tier: promise?.tier ?? .two,
            deadline: promise?.deadline.next(after: now), askedAt: now)
        if case .running(let id) = dispatcher.ask(job, overlap: .skip) {
            throw PortFailure(
                .conflict, "run \(id) of \(request.target) is under way",
                hint: "`surety show \(id)` tells more.")
        }
        startRuns()
        return job.id
    }

    /// Begins a backfill whose plan a person looked at; a conflict when it is not the plan any more.
    public func backfill(_ request: RunRequest, plan hash: String?) async throws(PortFailure) -> RunID {
        let finder = SliceFinder(surroundings.catalog)
        if let hash, let target = finder.target(request.target), let text = request.intervals {
            let slices: [AssetName: [Slice]]
            do { slices = try finder.slices(text, of: target.assets) } catch {
                throw PortFailure(.refused, error.message, hint: error.hint)
            }
            var options = RunOptions()
            options.again = request.again
            let preview = try await Backfill(surroundings).preview(target, slices: slices, options: options)
            guard preview.planned.hash == hash else {
                throw PortFailure(
                    .conflict, "the plan is another one than \(hash)",
                    hint: "Look at it again, and take its hash.")
            }
        }
        var request = request
        request.trigger = "backfill"
        return try await begin(request)
    }

    /// Ends a run that this service runs or is about to.
    public func cancel(_ run: RunID) async -> Bool {
        if dispatcher.drop(run) { return true }
        guard let cancel = cancels[run] else { return false }
        cancel.finish()
        return true
    }

    /// Begins nothing more.
    public func drain() async {
        dispatcher.isDraining = true
        isReady = false
    }

    /// A gate's answer, shared by those who ask at once; waits for it to open.
    public nonisolated func gate(
        _ consumer: Consumer, slices: [AssetName: [Slice]]?, waiting: Period
    ) async throws(PortFailure) -> GateAnswer {
        let clock = surroundings.clock
        let until = clock.now().adding(seconds: waiting.seconds)
        while true {
            let answer = try await gates.ask(consumer, slices: slices, surroundings)
            let left = Double(until.milliseconds(since: clock.now())) / 1000
            if answer.isOpen || left <= 0 { return answer }
            do { try await clock.sleep(seconds: min(1.1, left)) } catch {
                throw PortFailure(.cancelled, "the wait for the gate was ended")
            }
        }
    }

    /// What happens from now on, or from after an event that was seen.
    public nonisolated func events(after id: Int64?) async -> AsyncStream<NumberedEvent> {
        log.listen(after: id)
    }
}
