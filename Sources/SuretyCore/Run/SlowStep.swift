/// A step that took much longer than it usually does.
public struct SlowStep: Hashable, Sendable {
    /// How many times the usual longest is slow.
    public static let factor = 1.5

    /// The step.
    public let step: StepRecord
    /// How long it took, in seconds.
    public let seconds: Double
    /// The 95th percentile of how long it took before, in seconds.
    public let usual: Double

    /// The steps of a run that took more than one and a half times the 95th percentile of earlier ones.
    ///
    /// - Parameter durations: How long earlier steps of each asset took, in seconds; fewer than eight are no measure.
    public static func all(in run: RunRecord, against durations: [AssetName: [Double]]) -> [SlowStep] {
        run.steps.compactMap { step in
            guard !step.kept, let start = step.startedAt, let end = step.endedAt,
                let earlier = durations[step.asset], earlier.count >= Forecast.enough,
                let usual = Statistics.percentile(95, of: earlier)
            else { return nil }
            let seconds = Double(end.milliseconds(since: start)) / 1000
            // What takes a moment is never slow.
            guard seconds > factor * usual, seconds >= 1 else { return nil }
            return SlowStep(step: step, seconds: seconds, usual: usual)
        }
    }
}
