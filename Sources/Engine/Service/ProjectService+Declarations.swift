import Logging
import SuretyCore

/// The declarations as they are read anew, and the alarms about the service itself.
extension ProjectService {
    /// Looks every few seconds whether the declarations changed.
    func watchDeclarations() async {
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
    func endWhatChanged(since before: Catalog, _ now: Catalog) {
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

    func alarm(_ alarm: ServiceAlarm, _ why: String?) async {
        do throws(PortFailure) {
            try await IncidentDesk(surroundings).alarm(alarm, why)
        } catch {
            surroundings.logger.error(
                "an alarm could not be noted", metadata: ["why": "\(error.description)"])
        }
    }
}
