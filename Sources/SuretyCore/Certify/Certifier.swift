/// The only place that gives certificates.
public struct Certifier: Sendable {
    /// The asset.
    public let asset: Asset
    /// The slice.
    public let slice: Slice
    /// The run.
    public let run: RunID
    /// What affects the asset's data, as a hash.
    public let definition: DefinitionHash
    /// The certificates of the inputs.
    public let inputs: [CertificateID]
    /// The id that a certificate would get.
    public let certificate: CertificateID

    /// A certifier for one slice in one run.
    public init(
        asset: Asset, slice: Slice, run: RunID, definition: DefinitionHash, inputs: [CertificateID],
        certificate: CertificateID
    ) {
        self.asset = asset
        self.slice = slice
        self.run = run
        self.definition = definition
        self.inputs = inputs
        self.certificate = certificate
    }

    /// Certifies or refuses, from what the checks found out.
    ///
    /// A blocking result that is unfavourable refuses. So does a slice without rows, unless the asset allows it to be
    /// empty or a person took what its checks said, and one of which no stop check has looked at any row. An asset
    /// without stop checks is built, never certified.
    public func judge(_ evidence: Evidence, at now: Instant) -> Judgement {
        if let result = evidence.results.first(where: \.blocks) {
            return .refused(cause(of: result))
        }
        guard !asset.stop.isEmpty else { return .built }
        let mayBeEmpty = evidence.content.rows == 0 && asset.mayBeEmpty(slice, today: now)
        let isAccepted = evidence.results.contains { $0.list == .stop && $0.accepted }
        let hasEvidence = evidence.results.contains { $0.list == .stop && $0.isEvidence }
        guard mayBeEmpty || isAccepted || hasEvidence && evidence.content.rows > 0 else {
            return .refused(
                Cause(
                    .noEvidence, asset: asset.name, interval: slice.label,
                    message: evidence.content.rows == 0
                        ? "there are no rows for \(slice)"
                        : "no stop check has looked at any row of \(slice)",
                    owner: asset.owner))
        }
        return .certified(
            Certificate(
                id: certificate, asset: asset.name, slice: slice, certifiedAt: now, run: run,
                definition: definition, inputs: inputs, results: evidence.results,
                snapshot: evidence.snapshot, content: evidence.content, columns: evidence.columns,
                constraints: evidence.constraints))
    }

    private func cause(of result: CheckResult) -> Cause {
        let kind: Cause.Kind =
            switch result.verdict {
            case .noEvidence: .noEvidence
            case .error: .checkError
            case .pass, .fail, .notRun: .checkFailed
            }
        return Cause(
            kind, asset: asset.name, interval: slice.label, check: result.check, message: result.sentence,
            owner: asset.owner)
    }
}

/// What a step or a round of checks found out before it is judged.
public struct Evidence: Hashable, Sendable {
    /// What every check found out, in the order of the declaration.
    public var results: [CheckResult]
    /// The snapshot that was looked at.
    public var snapshot: SnapshotMark
    /// The rows of the slice.
    public var content: ContentMark
    /// The table's columns in order.
    public var columns: [ColumnInfo]
    /// The table's constraints; nil: not looked at.
    public var constraints: [ConstraintInfo]?

    /// Evidence.
    public init(
        results: [CheckResult], snapshot: SnapshotMark, content: ContentMark, columns: [ColumnInfo],
        constraints: [ConstraintInfo]? = nil
    ) {
        self.results = results
        self.snapshot = snapshot
        self.content = content
        self.columns = columns
        self.constraints = constraints
    }
}

/// What the core makes of evidence.
public enum Judgement: Hashable, Sendable {
    /// Every stop check that was asked passed.
    case certified(Certificate)
    /// There is no stop check: the data may stay, and is not certified.
    case built
    /// It must not be seen.
    case refused(Cause)
}

extension Asset {
    /// Whether the slice may certify without rows; a whole table is judged by today's date in its zone.
    public func mayBeEmpty(_ slice: Slice, today now: Instant) -> Bool {
        let date = slice.interval?.date ?? Zone.utc.civil(of: now).date
        return switch empty {
        case .refused: false
        case .allowed: true
        case .allowedOn(let days): days.contains(date)
        case .allowedExceptOn(let days): !days.contains(date)
        }
    }
}

extension CheckResult {
    /// The result in one sentence: what was expected, what was observed.
    public var sentence: String {
        var text = "`\(check)`: \(verdict.rawValue.replacing("_", with: " "))"
        // Of columns it says what is wrong with them; all that there are would hide it.
        guard unit != CheckResult.columns else { return text + (why.isEmpty ? "" : " (\(why))") }
        if let observed { text += ", observed \(observed)" }
        if verdict == .fail, let expected { text += ", expected \(expected)" }
        if let violations, violations > 0, observed == nil { text += ", \(violations) \(unit ?? "rows")" }
        if !why.isEmpty { text += " (\(why))" }
        return text
    }
}
