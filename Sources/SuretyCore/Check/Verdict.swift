/// What a check found out.
public enum Verdict: String, Hashable, Codable, Sendable, CaseIterable {
    /// The assertion holds.
    case pass
    /// It does not.
    case fail
    /// There was nothing to judge.
    case noEvidence = "no_evidence"
    /// It could not be found out.
    case error
    /// It was not asked.
    case notRun = "not_run"
}
