/// How long a plan will take, judged by how long its assets' steps took before.
public struct PlanEstimate: Hashable, Sendable {
    /// The time that all of it takes, in seconds.
    public let seconds: Double
    /// How many steps have nothing to be judged by, and count as nothing.
    public let unknownSteps: Int

    /// The longest chain, or all the work shared among `slots` steps at once, whichever is longer.
    ///
    /// - Parameters:
    ///   - durations: Earlier durations of each asset's steps in seconds; their median counts.
    ///   - slots: How many steps run at once, at least 1.
    /// - Returns: nil if there is nothing to do, or nothing to judge by.
    public init?(_ plan: Plan, durations: [AssetName: [Double]], slots: Int) {
        let typical = durations.compactMapValues(\.median)
        var finished: [StepKey: Double] = [:]
        var total = 0.0
        var work = 0
        var unknown = 0
        for step in plan.steps where step.action == .build || step.action == .check {
            work += 1
            if typical[step.key.asset] == nil { unknown += 1 }
            let own = typical[step.key.asset] ?? 0
            total += own
            let before = step.inputs.flatMap(\.keys).compactMap { finished[$0] }.max() ?? 0
            finished[step.key] = before + own
        }
        guard work > unknown else { return nil }
        seconds = Swift.max(finished.values.max() ?? 0, total / Double(Swift.max(1, slots)))
        unknownSteps = unknown
    }
}

extension [Double] {
    /// The middle value, or the mean of the two in the middle; nil of none.
    public var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        let middle = count / 2
        return count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
