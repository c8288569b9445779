/// What a command's end tells a script.
public enum ExitCode: Int32, Hashable, Sendable, CaseIterable {
    /// Done, certified, open.
    case done = 0
    /// The answer is no.
    case no = 1
    /// The command was misused.
    case usage = 2
    /// The declarations are invalid.
    case invalid = 3
    /// A database or server cannot be reached.
    case unreachable = 4
    /// A right is missing.
    case permission = 5
    /// A person is waited for.
    case person = 6
    /// Something else is at it, or the plan changed.
    case conflict = 7
    /// The data is not there yet.
    case notYet = 75
    /// The state store is unusable or newer.
    case store = 78
    /// Interrupted from the keyboard.
    case interrupted = 130
    /// Asked to end.
    case terminated = 143

    /// How bad it is as the end of a step: 4 and 5 before 1, then 7, 6 and 75.
    private var rank: Int {
        switch self {
        case .interrupted, .terminated: 9
        case .store: 8
        case .unreachable: 7
        case .permission: 6
        case .no, .invalid, .usage: 5
        case .conflict: 4
        case .person: 3
        case .notYet: 2
        case .done: 0
        }
    }

    /// The end of a run: that of its worst step on which the outcome depends.
    public init(of run: RunRecord) {
        let codes = run.steps.filter(\.isRequired).map { ExitCode(of: $0) }
        self = codes.max { $0.rank < $1.rank } ?? .done
    }

    /// The end of a step.
    public init(of step: StepRecord) {
        switch step.state {
        case .certified, .built: self = .done
        case .pending, .running, .checking: self = .interrupted
        case .cancelled: self = .interrupted
        case .blocked: self = .no
        case .failed, .skipped: self = step.cause.map { ExitCode(of: $0.kind) } ?? .no
        case .awaitingData: self = .notYet
        case .awaitingApproval, .awaitingPerson, .needsOperator: self = .person
        }
    }

    /// The end that a cause leads to.
    public init(of kind: Cause.Kind) {
        switch kind {
        case .unreachable: self = .unreachable
        case .permission: self = .permission
        case .conflict: self = .conflict
        case .awaitingPerson, .needsOperator: self = .person
        case .notReady: self = .notYet
        case .cancelled: self = .interrupted
        case .checkFailed, .noEvidence, .checkError, .stepFailed, .timeout, .rejected, .withdrawn, .notRun,
            .unsupported:
            self = .no
        }
    }
}
