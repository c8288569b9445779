import SuretyCore

/// A project that runs by itself: starts come due, deadlines are watched, alerts are sent, gates are answered.
///
/// Everything runs in `run()` and ends with it; `stop()` lets what runs come to its end.
public actor ProjectService: ServiceFront {
    /// How long nobody may have been there before it is a gap, in seconds.
    static let gap: Int64 = 300

    nonisolated let project: ProjectInForce
    nonisolated let log = EventLog()
    nonisolated let waitingRuns = WaitingRuns()
    nonisolated let tally = TallyDesk()
    nonisolated let gates: GateDesk
    let rereading: @Sendable (Surroundings) async -> Rereading
    let startedAt: Instant

    var dispatcher: Dispatcher
    var tickedAt: Instant?
    var reviewedAt: Instant?
    var beatAt: Instant?
    var problem: String?
    var isReady = false
    var isPrepared = false
    var isRecovered = false
    var isStopping = false
    var cancels: [RunID: AsyncStream<Void>.Continuation] = [:]
    var sleeper: AsyncStream<Void>.Continuation?
    var rests: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextRest = 0
    var isWoken = false
    let begun: AsyncStream<Begun>
    let begin: AsyncStream<Begun>.Continuation

    /// A run that begins, and what ends when it is cancelled.
    struct Begun: Sendable {
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

    /// Watches and works until it is stopped or cancelled.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watch() }
            group.addTask { await self.watchDeclarations() }
            group.addTask { await self.deliver() }
            group.addTask { await self.lookOut() }
            group.addTask { await self.sendReports() }
            group.addTask { await self.auditMemory() }
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
    func makeRuns() async {
        await withDiscardingTaskGroup { group in
            for await run in begun { group.addTask { await self.make(run.job, until: run.cancelled) } }
        }
    }

    func make(_ job: Dispatcher.Job, until cancelled: AsyncStream<Void>) async {
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

    func startRuns() {
        for job in dispatcher.begin(idle: waitingRuns.count) {
            let (cancelled, cancel) = AsyncStream<Void>.makeStream()
            cancels[job.id] = cancel
            begin.yield(Begun(job: job, cancelled: cancelled))
        }
    }

    func wakeUp() {
        isWoken = true
        sleeper?.finish()
    }

    /// Waits so long, or until something happens.
    func pause(_ seconds: Double) async {
        let (sleep, sleeper) = AsyncStream<Void>.makeStream()
        if isWoken { sleeper.finish() }
        self.sleeper = sleeper
        await wait(seconds, orFor: sleep)
        isWoken = false
    }

    /// Waits so long, or until it is stopped; says whether to go on.
    func rests(_ seconds: Double) async -> Bool {
        let (stop, end) = AsyncStream<Void>.makeStream()
        nextRest += 1
        let number = nextRest
        rests[number] = end
        if isStopping { end.finish() }
        await wait(seconds, orFor: stop)
        rests[number] = nil
        return !isStopping && !Task.isCancelled
    }

    nonisolated func wait(_ seconds: Double, orFor end: AsyncStream<Void>) async {
        let clock = surroundings.clock
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(seconds: seconds) }
            group.addTask { for await _ in end {} }
            await group.next()
            group.cancelAll()
        }
    }
}
