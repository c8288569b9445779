import SuretyCore

/// Runs whose process was killed, so that nobody says how they ended.
public struct DeadRuns: Sendable {
    private let surroundings: Surroundings

    /// The dead runs of a project.
    public init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Records of each that it was interrupted, and that what it was at was not finished. What the warehouse committed
    /// stands; the next run finds it there.
    public func end() async throws(PortFailure) {
        for run in try await surroundings.state.openRuns() {
            guard let holder = run.holder, surroundings.identities.isRunning(holder) == false else {
                continue
            }
            do throws(PortFailure) {
                try await surroundings.state.record(
                    run.steps.compactMap(\.interrupted).map { .stepChanged(run.id, $0) }
                        + [.runEnded(run.id, .interrupted)],
                    at: surroundings.clock.now())
            } catch  where error.kind == .conflict {
                // Another process has just recorded the same.
            }
        }
    }
}

extension StepRecord {
    /// The same step, cut off; nil if it had ended.
    fileprivate var interrupted: StepRecord? {
        guard !state.isEnd else { return nil }
        var copy = self
        copy.state = .cancelled
        if attempts > 0 {
            copy.cause = Cause(
                .cancelled, asset: asset, interval: interval, step: kind.rawValue,
                message: "its process was gone before it ended")
        }
        return copy
    }
}
