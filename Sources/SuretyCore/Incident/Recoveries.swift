/// How long it took to make good what kept promises from being kept.
public struct Recoveries: Sendable {
    private let incidents: [Incident]

    /// How many of the last recoveries are looked at, and how many tell something.
    private static let (most, fewest) = (8, 3)

    /// What incidents tell that are over.
    public init(_ incidents: [Incident]) {
        self.incidents = incidents.filter { $0.resolvedAt != nil }
    }

    /// Seconds that recovery of a promise typically takes: the median of its last 8 where there were 3 of them, else what a
    /// run of it is expected to take, else half an hour.
    public func seconds(for promise: Promise) -> Double {
        let ends = incidents.compactMap { incident -> (end: Instant, seconds: Double)? in
            guard incident.promises.contains(promise.id), let end = incident.resolvedAt else { return nil }
            return (end, Double(end.milliseconds(since: incident.openedAt)) / 1000)
        }
        let last = ends.sorted { $0.end < $1.end }.suffix(Self.most).map(\.seconds)
        guard last.count >= Self.fewest, let median = last.median else {
            return Double(promise.expected?.seconds ?? 1800)
        }
        return median
    }
}
