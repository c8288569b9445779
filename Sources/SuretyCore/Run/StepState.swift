/// Where a step of a run is.
public enum StepState: String, Hashable, Codable, Sendable, CaseIterable {
    case pending
    case awaitingData = "awaiting_data"
    case running
    case checking
    case certified
    /// It was built, and has no stop check that could certify it.
    case built
    /// A check said no.
    case blocked
    /// It could not be done.
    case failed
    /// Something upstream.
    case skipped
    case cancelled
    case awaitingApproval = "awaiting_approval"
    case awaitingPerson = "awaiting_person"
    case needsOperator = "needs_operator"

    /// Whether it stays so in this run.
    public var isEnd: Bool {
        switch self {
        case .pending, .running, .checking: false
        case .awaitingData, .certified, .built, .blocked, .failed, .skipped, .cancelled, .awaitingApproval,
            .awaitingPerson, .needsOperator:
            true
        }
    }
}

/// What kind of work a step is.
public enum StepKind: String, Hashable, Codable, Sendable, CaseIterable {
    /// A source is checked.
    case source
    case sql, command, load, http, manual, choose
}

/// Where a run is: that of its worst step once it has ended.
public enum RunState: String, Hashable, Codable, Sendable, CaseIterable {
    case running
    case certified
    case blocked
    case failed
    case waiting
    case cancelled
    /// There was nothing to do.
    case nothingOwed = "nothing_owed"
    /// It was only rehearsed.
    case rehearsed
    /// Its process was gone before it ended.
    case interrupted
}
