import Logging
public import SuretyCore

/// A project that runs by itself: starts come due, deadlines are watched, alerts are sent, gates are answered.
///
/// Everything runs in `run()` and ends with it; `stop()` lets what runs come to its end.
public actor ProjectService: ServiceFront {
    /// How long nobody may have been there before it is a gap, in seconds.
    static let gap: Int64 = 300

    private nonisolated let project: ProjectInForce
    private nonisolated let log = EventLog()
    private nonisolated let waitingRuns = WaitingRuns()
    private nonisolated let tally = TallyDesk()
    private nonisolated let gates: GateDesk
    private let rereading: @Sendable (Surroundings) async -> Rereading
    private let startedAt: Instant

    private var dispatcher: Dispatcher
    private var tickedAt: Instant?
    private var reviewedAt: Instant?
    private var beatAt: Instant?
    private var problem: String?
    private var isReady = false
    private var isPrepared = false
    private var isRecovered = false
    private var isStopping = false
    private var cancels: [RunID: AsyncStream<Void>.Continuation] = [:]
    private var sleeper: AsyncStream<Void>.Continuation?
    private var rests: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextRest = 0
    private var isWoken = false
    private let begun: AsyncStream<Begun>
    private let begin: AsyncStream<Begun>.Continuation

    /// A run that begins, and what ends when it is cancelled.
    private struct Begun: Sendable {
        let job: Dispatcher.Job
        let cancelled: AsyncStream<Void>
    }

    /// A service for a project.
    ///
    /// - Parameter rereading: Reads the declarations anew where they changed, given the project in force.
    public init(
        _ surroundings: Surroundings, rereading: @escaping @Sendable (Surroundings) async -> Rereading
    ) {
        project = ProjectInForce(surroundings)
        gates = GateDesk(tally: tally, log: log)
        startedAt = surroundings.clock.now()
        self.rereading = rereading
        dispatcher = Dispatcher(limit: surroundings.catalog.project.runLimit)
        (begun, begin) = AsyncStream<Begun>.makeStream()
    }

    /// The project as it is in force.
    public nonisolated var surroundings: Surroundings { project.current }

    // MARK: - Running

    /// Watches and works until it is stopped or cancelled.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watch() }
            group.addTask { await self.watchDeclarations() }
            group.addTask { await self.deliver() }
            group.addTask { await self.lookOut() }
            group.addTask { await self.sendReports() }
            group.addTask { await self.guardTicks() }
            await self.makeRuns()
            group.cancelAll()
        }
        // What was written down before the end is told before the end.
        if !Task.isCancelled { await send() }
        log.close()
    }

    /// Begins nothing more, gives what runs so many seconds to end, and then cancels it.
    public func stop(within seconds: Double) async {
        isStopping = true
        isReady = false
        dispatcher.isDraining = true
        wakeUp()
        for rest in rests.values { rest.finish() }
        let until = surroundings.clock.now().adding(milliseconds: Int64(seconds * 1000))
        while !dispatcher.running.isEmpty, surroundings.clock.now() < until {
            do { try await surroundings.clock.sleep(seconds: 0.1) } catch { break }
        }
        for cancel in cancels.values { cancel.finish() }
        begin.finish()
    }

    /// Runs jobs as they come, each beside the others.
    private func makeRuns() async {
        await withDiscardingTaskGroup { group in
            for await run in begun { group.addTask { await self.make(run.job, until: run.cancelled) } }
        }
    }

    private func make(_ job: Dispatcher.Job, until cancelled: AsyncStream<Void>) async {
        let work = ServiceRun(job: job, surroundings: surroundings, log: log, waiting: waitingRuns)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await work.run() }
            group.addTask { for await _ in cancelled {} }
            await group.next()
            group.cancelAll()
        }
        cancels[job.id] = nil
        dispatcher.ended(job.id)
        waitingRuns.forget(job.id)
        await gates.forget()
        reviewedAt = nil
        startRuns()
        wakeUp()
    }

    private func startRuns() {
        for job in dispatcher.begin(idle: waitingRuns.count) {
            let (cancelled, cancel) = AsyncStream<Void>.makeStream()
            cancels[job.id] = cancel
            begin.yield(Begun(job: job, cancelled: cancelled))
        }
    }

    // MARK: - Watching

    /// Wakes at least every 30 seconds, and whenever something happened, and compares what is with what should be.
    private func watch() async {
        while !isStopping, !Task.isCancelled {
            await tick()
            await pause(problem == nil ? 30 : 5)
        }
    }

    private func tick() async {
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
    private func tell(of blindness: PortFailure, _ surroundings: Surroundings) async {
        do throws(PortFailure) {
            try await IncidentDesk(surroundings).report(blindness)
            try await OutcomeDesk(surroundings).judge()
        } catch {
            surroundings.logger.error("nobody could be told", metadata: ["why": "\(error.description)"])
        }
    }

    /// Notes once a minute that the service is alive; tells when it was not while something came due.
    private func beat(_ surroundings: Surroundings, at now: Instant) async throws(PortFailure) {
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
    private func isReviewDue(_ surroundings: Surroundings, at now: Instant) -> Bool {
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

    private func startWhatIsDue(_ surroundings: Surroundings, at now: Instant) async throws(PortFailure) {
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

    /// Begins again what a service that was here before had begun, or was about to, when it was ended.
    private func recover(
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

    private func take(
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

    /// Looks every few seconds whether the declarations changed.
    private func watchDeclarations() async {
        repeat { await readAnew() } while await rests(3)
    }

    /// Reads the declarations anew where they changed; refused ones leave those in force as they are.
    public func readAnew() async {
        switch await rereading(surroundings) {
        case .unchanged: return
        case .changed(let next):
            let before = surroundings
            project.replace(next)
            dispatcher.limit = next.catalog.project.runLimit
            endWhatChanged(since: before.catalog, next.catalog)
            reviewedAt = nil
            await gates.forget()
            log.add(.declarations(refused: nil))
            await alarm(.declarations, nil)
            wakeUp()
        case .restored: await alarm(.declarations, nil)
        case .refused(let why):
            log.add(.declarations(refused: why))
            await alarm(.declarations, why)
        }
    }

    /// Cancels runs whose promise does not let them finish with declarations that are not in force any more, and begins
    /// those again that shall be.
    private func endWhatChanged(since before: Catalog, _ now: Catalog) {
        for job in dispatcher.running.values.sorted(by: { $0.id < $1.id }) {
            let id = PromiseID(rawValue: job.request.target)
            guard let old = before.promises[id], old.inFlight != .finish else { continue }
            let chain = before.upstream(of: old.needs)
            let isSame = now.promises[id] == old && chain.allSatisfy { now.assets[$0] == before.assets[$0] }
            guard !isSame else { continue }
            cancels[job.id]?.finish()
            guard old.inFlight == .restart, let promise = now.promises[id] else { continue }
            let again = Dispatcher.Job(
                id: surroundings.identities.runID(), request: job.request, start: job.start,
                tier: promise.tier,
                deadline: job.deadline, askedAt: surroundings.clock.now())
            _ = dispatcher.ask(again, overlap: .queue)
        }
    }

    private func alarm(_ alarm: ServiceAlarm, _ why: String?) async {
        do throws(PortFailure) {
            try await IncidentDesk(surroundings).alarm(alarm, why)
        } catch {
            surroundings.logger.error(
                "an alarm could not be noted", metadata: ["why": "\(error.description)"])
        }
    }

    // MARK: - Beside

    /// Sends what is due, so that a channel that hangs holds up nothing else.
    private func deliver() async {
        repeat { await send() } while await rests(5)
    }

    /// Sends the weekly report when it is due.
    private func sendReports() async {
        while await rests(30) {
            do throws(PortFailure) {
                try await ReportPost(surroundings).sendWhatIsDue()
            } catch {
                surroundings.logger.error(
                    "the report could not be sent", metadata: ["why": "\(error.description)"])
            }
        }
    }

    private func send() async {
        do throws(PortFailure) {
            guard try await surroundings.state.backlog() > 0 else { return }
            _ = try await Postman(surroundings).deliver()
        } catch {
            surroundings.logger.error("alerts could not be sent", metadata: ["why": "\(error.description)"])
        }
    }

    /// Every 15 minutes looks whether what was certified is still there.
    private func lookOut() async {
        while await rests(900) {
            do throws(PortFailure) {
                if try await Lookout(surroundings).look() {
                    await gates.forget()
                    reviewedAt = nil
                    wakeUp()
                }
            } catch {
                surroundings.logger.error(
                    "the sentinel could not look", metadata: ["why": "\(error.description)"])
            }
        }
    }

    /// Tells when the watch itself does not come round any more.
    private func guardTicks() async {
        var isStalled = false
        while await rests(30) {
            let age = surroundings.clock.now().milliseconds(since: tickedAt ?? startedAt) / 1000
            if age > 120, !isStalled {
                isStalled = true
                await alarm(.scheduler, "nothing was looked at for \(age) s")
            } else if age <= 120, isStalled {
                isStalled = false
                await alarm(.scheduler, nil)
            }
        }
    }

    private func wakeUp() {
        isWoken = true
        sleeper?.finish()
    }

    /// Waits so long, or until something happens.
    private func pause(_ seconds: Double) async {
        let (sleep, sleeper) = AsyncStream<Void>.makeStream()
        if isWoken { sleeper.finish() }
        self.sleeper = sleeper
        await wait(seconds, orFor: sleep)
        isWoken = false
    }

    /// Waits so long, or until it is stopped; says whether to go on.
    private func rests(_ seconds: Double) async -> Bool {
        let (stop, end) = AsyncStream<Void>.makeStream()
        nextRest += 1
        let number = nextRest
        rests[number] = end
        if isStopping { end.finish() }
        await wait(seconds, orFor: stop)
        rests[number] = nil
        return !isStopping && !Task.isCancelled
    }

    private nonisolated func wait(_ seconds: Double, orFor end: AsyncStream<Void>) async {
        let clock = surroundings.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(seconds: seconds) }
            group.addTask { for await _ in end {} }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: - For those who ask

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
