public import SuretyCore

/// What reading a project gave.
public struct ReadProject: Sendable {
    /// Everything that the project declares; nil when there are errors.
    public let catalog: Catalog?
    /// Errors and warnings, by place.
    public let findings: [Finding]
    /// The declarations as written, with the names of their files: the same text declares the same project, but for
    /// the environment, which is never part of it.
    public let text: String

    /// The errors.
    public var errors: [Finding] { findings.filter { $0.severity == .error } }
    /// The warnings.
    public var warnings: [Finding] { findings.filter { $0.severity == .warning } }
}
