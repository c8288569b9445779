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
    /// The refreshes of consumers that ended well since the week began.
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

    /// The instant four weeks before the week's end, from which work by hand is counted.
    public var fourWeeksAgo: Instant { week.end.adding(seconds: -28 * 86_400) }

    /// Whether an instant lies in the week.
    func isInWeek(_ instant: Instant) -> Bool { week.start <= instant && instant < week.end }

    /// The assets on the way to any promise that is no experiment.
    var path: [Asset] {
        let needs = catalog.promisesInOrder.filter { !$0.experiment }.flatMap(\.needs)
        return catalog.upstream(of: needs).compactMap { catalog.assets[$0] }
    }
}
