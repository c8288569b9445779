/// Why something did not come about, at the root.
public struct Cause: Hashable, Codable, Sendable {
    /// What is said where a file or a query has other columns than its table.
    public static let misfit = "the columns do not fit"

    /// The class of a cause.
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
        /// A stop check failed.
        case checkFailed = "check_failed"
        /// A stop check had nothing to judge, or nothing was looked at.
        case noEvidence = "no_evidence"
        /// A stop check could not find out.
        case checkError = "check_error"
        /// Data is not there yet.
        case notReady = "not_ready"
        /// A step failed.
        case stepFailed = "step_failed"
        /// A step took too long.
        case timeout
        /// The warehouse or a server could not be reached.
        case unreachable
        /// A right is missing.
        case permission
        /// Another run is at it.
        case conflict
        /// A person's answer is awaited.
        case awaitingPerson = "awaiting_person"
        /// A person said no.
        case rejected
        /// An end is unknown and a person must look.
        case needsOperator = "needs_operator"
        /// It was cancelled.
        case cancelled
        /// A certificate stopped being true.
        case withdrawn
        /// Nothing has run.
        case notRun = "not_run"
        /// What is asked for is not in this version.
        case unsupported

        /// Whether it is about what a step needs beside the data, which may pass by itself or be put right without it.
        public var isOfSurroundings: Bool {
            switch self {
            case .timeout, .unreachable, .permission, .conflict: true
            case .checkFailed, .noEvidence, .checkError, .notReady, .stepFailed, .awaitingPerson, .rejected,
                .needsOperator, .cancelled, .withdrawn, .notRun, .unsupported:
                false
            }
        }
    }

    /// Its class.
    public var kind: Kind
    /// The asset at the root.
    public var asset: AssetName
    /// The interval as on the command line; nil for the whole table.
    public var interval: String?
    /// The step's kind: `sql`, `command`, `load`, `manual`, `choose`, `source`.
    public var step: String?
    /// The check's text, when it is about one.
    public var check: String?
    /// What happened, for people.
    public var message: String
    /// Who owns recovery.
    public var owner: OwnerID?
    /// What to do, filled in.
    public var recovery: [String]

    /// A cause.
    public init(
        _ kind: Kind, asset: AssetName, interval: String?, step: String? = nil, check: String? = nil,
        message: String, owner: OwnerID? = nil, recovery: [String] = []
    ) {
        self.kind = kind
        self.asset = asset
        self.interval = interval
        self.step = step
        self.check = check
        self.message = message.withoutControls
        self.owner = owner
        self.recovery = recovery
    }

    /// `raw.billing_export 2026-11-19`, or the asset's name alone.
    public var place: String { interval.map { "\(asset) \($0)" } ?? asset.description }
}

extension String {
    /// The same with what a terminal would obey, and what would turn the direction of writing, shown as `�`; lines and tabs
    /// stay.
    var withoutControls: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }))
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
