/// Everything recorded that the report of one week follows from.
public struct ReportFacts: Sendable {
    /// The week.
    public let week: DataInterval
    /// The instant as of which it is told: the week's end, or the present one while it goes on.
    public let asOf: Instant
    /// When the report is made.
    public let generatedAt: Instant
    /// What is declared.
    public let catalog: Catalog
    /// The hash of the declarations' text.
    public let definition: String
    /// The judged occurrences of the last 13 weeks, this one included, oldest first.
    public var occurrences: [OccurrenceRecord] = []
    /// The incidents that were open in the last nine weeks, oldest first.
    public var incidents: [Incident] = []
    /// The facts of the last four weeks and a day that tell what people and messages did, oldest first.
    public var facts: [FactMemory] = []
    /// The runs begun in the last four weeks, oldest first, without steps.
    public var runs: [RunRecord] = []
    /// What the gates answered in the week, oldest first.
    public var gateAnswers: [FactMemory] = []
    /// Whether each gate's last answer before the week was `open`; none where nobody had asked.
    public var gatesBefore: [ConsumerID: Bool] = [:]
    /// When all that an occurrence which lost a certificate owes was certified again; none where it is not.
    public var mended: [Occurrence.Key: Instant] = [:]
    /// The refreshes of consumers that ended well in the last 13 weeks, oldest first.
    public var refreshes: [RefreshMark] = []
    /// When each of them ended.
    public var refreshedAt: [Instant] = []
    /// The certificates of what comes from outside, in the order in which they were given.
    public var sources: [Certificate] = []
    /// The intervals of each asset that were owed and not certified as of the end.
    public var missing: [AssetName: [DataInterval]] = [:]

    /// The facts of a week, none yet.
    public init(
        week: DataInterval, generatedAt: Instant, catalog: Catalog, definition: String
    ) {
        self.week = week
        self.asOf = min(week.end, generatedAt)
        self.generatedAt = generatedAt
        self.catalog = catalog
        self.definition = definition
    }

    /// The kinds of facts that tell what people and messages did.
    public static let kinds: [Fact.Kind] = [
        .messageQueued, .messageDelivered, .messageFailed, .messageSuperseded, .checkAccepted,
        .occurrenceWaived, .approvalAnswered, .approvalAsked, .manualDone, .effectUndone, .consumerViewed,
    ]

    /// The midnight so many weeks before the week's end.
    public func weeksBeforeEnd(_ weeks: Int) -> Instant {
        week.zone.startOfDay(week.zone.civil(of: week.end).date.adding(days: -7 * weeks))
    }

    /// The instant four weeks before the week's end, from which work by hand is counted.
    public var fourWeeksAgo: Instant { weeksBeforeEnd(4) }

    /// The runs that people began; rehearsals change nothing.
    var runsByHand: [RunRecord] {
        runs.filter { $0.state != .rehearsed && ["person", "backfill"].contains($0.trigger) }
    }

    /// What people did by hand beside runs, and when, oldest first.
    var handwork: [(at: Instant, subject: String, kind: WeeklyReport.ManualLine.Kind)] {
        var approvals: [String: AssetName] = [:]
        return facts.compactMap { memory in
            if case .approvalAsked(let request) = memory.fact { approvals[request.id] = request.asset }
            if case .approvalAnswered(let id, _, _, _) = memory.fact {
                return approvals[id].map { (memory.at, $0.description, .approval) }
            }
            return memory.fact.subjectByHand.map { (memory.at, $0.subject, $0.kind) }
        }
    }

    /// Whether an instant lies in the week.
    func isInWeek(_ instant: Instant) -> Bool { week.start <= instant && instant < week.end }

    /// The assets on the way to any promise that is no experiment.
    var path: [Asset] {
        let needs = catalog.promisesInOrder.filter { !$0.experiment }.flatMap(\.needs)
        return catalog.upstream(of: needs).compactMap { catalog.assets[$0] }
    }
}
