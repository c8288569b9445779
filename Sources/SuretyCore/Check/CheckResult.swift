/// What one check found out about one slice of an asset, with everything that explains it.
public struct CheckResult: Hashable, Codable, Sendable {
    /// The asset.
    public var asset: AssetName
    /// The interval as on the command line; nil for the whole table.
    public var interval: String?
    /// The check's text with white space collapsed; `missing a, b` gives a result per column, each with its own.
    public var check: String
    /// The check's id.
    public var id: CheckID
    /// The list that the check stands in.
    public var list: CheckList
    /// What it found out.
    public var verdict: Verdict
    /// Whether a pass was established from the catalogue without reading rows.
    public var proved = false
    /// Whether a pass had nothing to judge.
    public var vacuous = false
    /// Why, for people: empty when the numbers say it.
    public var why = ""
    /// What was observed, exact; nil when there is no value.
    public var observed: String?
    /// The same as a number, where it is one.
    public var observedNumber: Double?
    /// The number that later checks are compared with, where it may not be shown; certificates alone keep it.
    public var concealed: String?
    /// What was expected, for people.
    public var expected: String?
    /// Rows looked at; nil where they are not counted, and of a proof unless it is known whether it is about any row.
    public var rows: Int64?
    /// Rows (or slots, or surplus rows) that break the rule.
    public var violations: Int64?
    /// Rows of which the rule could not tell.
    public var unknown: Int64?
    /// What is counted or measured: `rows`, `%`, `surplus rows`, `days`, the column's type.
    public var unit: String?
    /// The snapshot that it was asked in.
    public var snapshot: String?
    /// How long it took, in milliseconds.
    public var durationMilliseconds: Double?
    /// How much of what it says rests on rows that were read by an earlier round, and what tells that they did not change;
    /// nil where all rows were read.
    public var reused: String?
    /// What earlier rounds found otherwise than it is, though nothing told that it changed; nil where nothing is known of
    /// such a thing.
    public var misremembered: String?
    /// Up to five violating rows: columns of the key and those asked for, private ones never.
    public var samples: [[String: String?]] = []
    /// What all violating rows have in common and not all others have; a value of the data, so that alerts leave it out.
    public var slice: String?
    /// SQLSTATE of an `error`.
    public var sqlState: String?
    /// Whether a person took the failure as it is.
    public var accepted = false

    /// A result of a check, with a verdict and nothing more.
    public init(_ check: Check, of asset: AssetName, slice: Slice, _ verdict: Verdict, why: String = "") {
        self.asset = asset
        self.interval = slice.label
        self.check = check.text
        self.id = check.id
        self.list = check.list
        self.verdict = verdict
        self.why = why
    }

    /// Why, and what all violating rows have in common; nil when the numbers say it.
    public var explanation: String? {
        let words = [why.isEmpty ? nil : why, slice].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// Whether the verdict blocks what a blocking check guards: `fail`, `no_evidence` or `error`, unless accepted.
    public var isUnfavourable: Bool {
        switch verdict {
        case .fail, .noEvidence, .error: !accepted
        case .pass, .notRun: false
        }
    }

    /// Whether a blocking list, or the built-in check that counts as one, holds this result.
    public var blocks: Bool {
        switch list {
        case .stop: isUnfavourable
        case .builtIn: isUnfavourable && check == CheckResult.insideInterval
        case .ready, .warn: false
        }
    }

    /// Whether a pass rests on rows that were looked at; a query's pass counts, as it does not tell of how many. A proof
    /// counts only once a row was seen that it is about.
    public var isEvidence: Bool {
        verdict == .pass && !vacuous && (proved ? rows ?? 0 > 0 : rows != 0)
    }

    /// What is counted by checks of columns.
    static let columns = "columns"
    /// The text of the built-in check of built assets.
    public static let insideInterval = "inside the interval"
    /// The text of the built-in check of sources.
    public static let intervalColumnNotNull = "interval column not null"
}
