import Logging
import SuretyCore
import Synchronization

/// One run that a service makes, from its plan to its last word.
struct ServiceRun: Sendable {
    let job: Dispatcher.Job
    let surroundings: Surroundings
    let log: EventLog
    let waiting: WaitingRuns

    /// Runs to the end. A start that cannot be made because something cannot be reached is tried again until its promise
    /// gives up; what keeps it from beginning was told where it happened, and is logged.
    func run() async {
        while true {
            do throws(PortFailure) {
                return try await perform()
            } catch {
                surroundings.logger.error(
                    "a run could not be made",
                    metadata: ["target": "\(job.request.target)", "why": "\(error.description)"])
                guard error.isBlindness || error.isRetryable, let end = givesUpAt,
                    surroundings.clock.now() < end
                else { return }
                do { try await surroundings.clock.sleep(seconds: 15) } catch { return }
            }
        }
    }

    /// When a start is not tried any more: with the deadline after the one that it is for; nil: it is tried once.
    private var givesUpAt: Instant? {
        guard job.start != nil,
            let promise = surroundings.catalog.promises[PromiseID(rawValue: job.request.target)]
        else { return nil }
        return promise.deadline.next(after: job.deadline ?? job.askedAt)
    }

    private func perform() async throws(PortFailure) {
        let finder = SliceFinder(surroundings.catalog)
        guard let target = finder.target(job.request.target) else { return }
        let execution = Execution(surroundings)
        var options = self.options
        // A run that was recorded before has used its id.
        if try await surroundings.state.run(job.id) != nil { options.id = nil }
        let settled = options
        let planned = try await execution.plan(target, slices: slices(finder, target), options: settled)
        // Somebody has made it meanwhile.
        if planned.plan.isNothingToDo, job.request.slices != nil { return }
        if planned.plan.isNothingToDo, let start = job.start {
            try await nothingOwed(start)
            let kept = RunRecord(
                id: job.id, target: planned.plan.target.name, intervals: planned.plan.intervals,
                trigger: settled.trigger, definition: "", startedAt: surroundings.clock.now(), steps: [])
            let report = try await execution.conclude(kept, target, settled)
            for incident in report.incidents { log.add(.incident(incident)) }
            return
        }
        // What follows a run belongs to it; one that was cancelled has ended too, though nothing follows it.
        let ended = Mutex<RunRecord?>(nil)
        defer { if let run = ended.withLock(\.self) { log.add(.run(run)) } }
        let report = try await execution.run(planned, options: settled) { progress in
            switch progress {
            case .began(let run): log.add(.run(run))
            case .step(let step):
                waiting.note(step, of: job.id)
                log.add(.step(job.id, step))
            case .ended(let run): ended.withLock { $0 = run }
            }
        }
        for incident in report.incidents { log.add(.incident(incident)) }
    }

    private var options: RunOptions {
        var options = RunOptions()
        options.id = job.id
        options.again = job.request.again
        options.trigger = job.request.trigger
        options.waitsUntilGivingUp = job.start != nil
        options.delivers = false
        // One promise takes at most half of the warehouse's connections, so that others can go on beside it.
        let connections = surroundings.catalog.project.mainWarehouse.connections
        options.stepLimit = max(1, connections / 2)
        return options
    }

    private func slices(
        _ finder: SliceFinder, _ target: RunTarget
    ) throws(PortFailure) -> [AssetName: [Slice]]? {
        if let slices = job.request.slices { return slices }
        guard let text = job.request.intervals else { return nil }
        do { return try finder.slices(text, of: target.assets) } catch {
            throw PortFailure(.refused, error.message, hint: error.hint)
        }
    }

    private func nothingOwed(_ start: Timetable.Due) async throws(PortFailure) {
        try await surroundings.record(
            .startFired(
                StartFiring(
                    promise: PromiseID(rawValue: job.request.target), start: start.start, dueAt: start.at,
                    end: .nothingOwed)))
    }
}
