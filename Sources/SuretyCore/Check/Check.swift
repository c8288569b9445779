/// One assertion on an asset.
public struct Check: Hashable, Sendable {
    /// `asset/name` when named, else `asset/` and a slug of the text; stable while those are.
    public let id: CheckID
    /// Its text with white space collapsed.
    public let text: String
    /// The list that it stands in.
    public let list: CheckList
    /// Where it is declared.
    public let location: SourceLocation
    /// What it asserts.
    public let body: CheckBody
    /// A SQL condition that narrows the rows looked at.
    public var filter: String?
    /// The rows it is about; nil: the default for its body.
    public var scope: CheckScope?
    /// Violations that are tolerated.
    public var tolerance: Tolerance?
    /// The days on which it is asked; nil: every day.
    public var days: DaySet?
    /// Columns shown in samples beside the key.
    public var samples: [String] = []
    /// A note for people.
    public var note: String?

    /// A check.
    public init(id: CheckID, text: String, list: CheckList, location: SourceLocation, body: CheckBody) {
        self.id = id
        self.text = text
        self.list = list
        self.location = location
        self.body = body
    }

    /// Whether it compares a metric with its own history, so that it cannot tell before there is some.
    public var comparesWithHistory: Bool {
        switch body {
        case .relative: true
        case .metric, .row, .schema, .fresh, .noGaps, .cross, .sql, .insideInterval: false
        }
    }
}

/// What a check's verdict does.
public enum CheckList: String, Hashable, Codable, Sendable, CaseIterable {
    /// It is waited for.
    case ready
    /// It blocks.
    case stop
    /// It is told.
    case warn
    /// Built in; *inside the interval* blocks, *interval column not null* is told.
    case builtIn = "built_in"
}

/// The rows that a check is about.
public enum CheckScope: Hashable, Sendable {
    /// Those of the interval.
    case interval
    /// All.
    case table
    /// Those of the period before the interval's end, by the interval column.
    case last(Period)
}

/// Violations that are tolerated: `except 3`, `except <= 3 rows`, `except 0.1%`, `except < 0.1%`.
public struct Tolerance: Hashable, Sendable {
    /// How the amount is compared; a bare amount means at most.
    public let comparator: Comparator
    /// The amount, decimal digits.
    public let amount: String
    /// Whether it is a percentage of the rows looked at.
    public let isPercent: Bool

    /// A tolerance.
    public init(_ comparator: Comparator = .atMost, _ amount: String, isPercent: Bool) {
        self.comparator = comparator
        self.amount = amount
        self.isPercent = isPercent
    }
}
