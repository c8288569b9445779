import Logging
import SuretyCore
import Synchronization

/// One run that a service makes, from its plan to its last word.
struct ServiceRun: Sendable {
    let job: Dispatcher.Job
    let surroundings: Surroundings
    let log: EventLog

    /// Runs to the end; what keeps it from beginning was told where it happened, and is logged.
    func run() async {
        do throws(PortFailure) {
            try await perform()
        } catch {
            surroundings.logger.error(
                "a run could not be made",
                metadata: ["target": "\(job.request.target)", "why": "\(error.description)"])
        }
    }

    private func perform() async throws(PortFailure) {
        let finder = SliceFinder(surroundings.catalog)
        guard let target = finder.target(job.request.target) else { return }
        let execution = Execution(surroundings)
        let options = self.options
        let planned = try await execution.plan(target, slices: slices(finder, target), options: options)
        if planned.plan.isNothingToDo, let start = job.start {
            try await nothingOwed(start)
            let kept = RunRecord(
                id: job.id, target: planned.plan.target.name, intervals: planned.plan.intervals,
                trigger: options.trigger, definition: "", startedAt: surroundings.clock.now(), steps: [])
            let report = try await execution.conclude(kept, target, options)
            for incident in report.incidents { log.add(.incident(incident)) }
            return
        }
        // What follows a run belongs to it; one that was cancelled has ended too, though nothing follows it.
        let ended = Mutex<RunRecord?>(nil)
        defer { if let run = ended.withLock(\.self) { log.add(.run(run)) } }
        let report = try await execution.run(planned, options: options) { progress in
            switch progress {
            case .began(let run): log.add(.run(run))
            case .step(let step): log.add(.step(job.id, step))
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
        return options
    }

    private func slices(
        _ finder: SliceFinder, _ target: RunTarget
    ) throws(PortFailure) -> [AssetName: [Slice]]? {
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
