/// How one try of a step ended.
public enum StepOutcome: Hashable, Sendable {
    /// It is certified.
    case certified(Certificate, rows: Int64?, results: [CheckResult])
    /// It was built; there is no stop check that could certify it.
    case built(rows: Int64?, results: [CheckResult])
    /// It was rehearsed and would have been certified or built.
    case rehearsed(rows: Int64?, results: [CheckResult])
    /// A check said no.
    case blocked(Cause, rows: Int64?, results: [CheckResult])
    /// It could not be done; the same may succeed later by itself, or not.
    case failed(Cause, isRetryable: Bool, results: [CheckResult])
    /// Data is not there yet.
    case notYet(Cause, results: [CheckResult])
    /// A person's yes is awaited.
    case awaitingApproval(Cause, results: [CheckResult])
    /// A person's work is awaited.
    case awaitingPerson(Cause)
    /// A person must look.
    case needsOperator(Cause)
}
