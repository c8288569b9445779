/// The class of an incident's cause; one root has one incident of each class.
public enum CauseClass: String, Hashable, Codable, Sendable, CaseIterable {
    /// It is not there yet.
    case late
    /// A step failed, or its end is not known.
    case failed
    /// A check said no, or what was certified stopped being true.
    case check
    /// The columns are others than declared.
    case schema
    /// A right is missing.
    case permission
    /// A database or a server is not there.
    case infra
    /// The declarations ask for what cannot be.
    case config

    /// The class of a cause.
    public init(_ cause: Cause) {
        self =
            switch cause.kind {
            case .notReady, .notRun, .awaitingPerson: .late
            case .stepFailed where cause.message.contains(Cause.misfit): .schema
            case .stepFailed, .timeout, .conflict, .cancelled, .needsOperator, .rejected: .failed
            case .checkFailed where cause.check?.hasPrefix("columns ") == true: .schema
            case .checkFailed, .noEvidence, .checkError, .withdrawn: .check
            case .permission: .permission
            case .unreachable: .infra
            case .unsupported: .config
            }
    }
}
