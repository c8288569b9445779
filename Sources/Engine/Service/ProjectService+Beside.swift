import Logging
import SuretyCore

/// What goes on beside the watch, so that nothing that hangs holds it up.
extension ProjectService {
    /// Sends what is due, so that a channel that hangs holds up nothing else.
    func deliver() async {
        repeat { await send() } while await rests(5)
    }

    /// Sends the weekly report when it is due.
    func sendReports() async {
        while await rests(30) {
            do throws(PortFailure) {
                try await ReportPost(surroundings).sendWhatIsDue()
            } catch {
                surroundings.logger.error(
                    "the report could not be sent", metadata: ["why": "\(error.description)"])
            }
        }
    }

    func send() async {
        do throws(PortFailure) {
            guard try await surroundings.state.backlog() > 0 else { return }
            _ = try await Postman(surroundings).deliver()
        } catch {
            surroundings.logger.error("alerts could not be sent", metadata: ["why": "\(error.description)"])
        }
    }

    /// Every 15 minutes looks whether what was certified is still there, and begins what makes good what rows that came late
    /// took away: once for each look, however much comes.
    func lookOut() async {
        while await rests(900) {
            do throws(PortFailure) {
                let sight = try await Lookout(surroundings).look()
                if !sight.withdrawn.isEmpty {
                    for incident in sight.incidents { log.add(.incident(incident)) }
                    await gates.forget()
                    reviewedAt = nil
                    wakeUp()
                    // Told before it is mended, however soon that is.
                    await send()
                }
                if let failure = sight.unseen {
                    surroundings.logger.error(
                        "the sentinel could not look", metadata: ["why": "\(failure.description)"])
                }
                await alarm(.sentinel, sight.unseen?.description)
                try await beginRebuilds()
            } catch {
                surroundings.logger.error(
                    "the sentinel could not look", metadata: ["why": "\(error.description)"])
            }
        }
    }

    /// Every hour reads again what was kept for long, and tells if it was wrong.
    func auditMemory() async {
        while await rests(3600) {
            do throws(PortFailure) { try await MemoryAudit(surroundings).audit() } catch {
                surroundings.logger.error(
                    "what is kept could not be compared", metadata: ["why": "\(error.description)"])
            }
        }
    }

    /// Tells when the watch itself does not come round any more.
    func guardTicks() async {
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
}
