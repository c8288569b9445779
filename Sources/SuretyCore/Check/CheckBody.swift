/// What a check asserts; one case per family of the grammar.
public enum CheckBody: Hashable, Sendable {
    /// A metric compared with a value: `missing promo_code < 40%`.
    case metric(Metric, Comparison)
    /// A metric compared with its own history.
    case relative(Metric, Relative)
    /// A rule that each row obeys.
    case row(RowRule)
    /// What columns there are.
    case schema(SchemaRule)
    /// `fresh loaded_at within 6h`.
    case fresh(column: String, within: Period)
    /// `no gaps in day by business day`.
    case noGaps(column: String, by: GapUnit)
    /// A metric compared with one of another table.
    case cross(Metric, CrossComparison, CrossMetric)
    /// A query.
    case sql(String, SQLExpectation)
    /// Built in: every row that the step wrote lies inside the interval.
    case insideInterval
}

/// A number about the rows in scope.
public enum Metric: Hashable, Sendable {
    /// Rows.
    case rows
    /// NULLs and sentinels of one column.
    case missing(column: String, sentinels: [Literal])
    /// Surplus rows: complete rows less distinct complete rows.
    case duplicates([String])
    /// Distinct complete combinations.
    case distinct([String])
    /// The smallest value.
    case min(String)
    /// The largest value.
    case max(String)
    /// The mean.
    case avg(String)
    /// The sum.
    case sum(String)
    /// The sample standard deviation.
    case stddev(String)
    /// An interpolated percentile, 1 to 99; the median is 50.
    case percentile(String, Int)
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`.
public enum Comparator: String, Hashable, Codable, Sendable, CaseIterable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
}

/// A comparison with a value, or with a range that includes both ends.
public enum Comparison: Hashable, Sendable {
    /// With one value.
    case compare(Comparator, CheckValue)
    /// With a range.
    case between(CheckValue, CheckValue)
    /// With all outside a range.
    case notBetween(CheckValue, CheckValue)
}

/// A literal in a check.
public enum Literal: Hashable, Sendable {
    /// A number, by its digits as written.
    case number(String)
    /// A text.
    case text(String)
    /// A bare word in a list, a text.
    case word(String)
    /// A date.
    case date(CivilDate)
    /// A date and time with an offset, or a wall time in the asset's zone.
    case dateTime(CivilDateTime, milliseconds: Int, offsetSeconds: Int?)
}

/// What a metric or a column is compared with.
public enum CheckValue: Hashable, Sendable {
    /// A literal.
    case literal(Literal)
    /// A percentage, by its digits, 0 to 100.
    case percent(String)
    /// A length of time.
    case period(Period)
    /// Another column of the same row.
    case column(String)
    /// The interval's first instant.
    case intervalStart
    /// The first instant after the interval.
    case intervalEnd
    /// The present date in the asset's zone.
    case today
    /// The date before.
    case yesterday
    /// The present instant.
    case now
}

/// A rule that each row obeys.
public enum RowRule: Hashable, Sendable {
    /// No other row has the same values.
    case unique([String])
    /// The column is not NULL.
    case notNull(String)
    /// The column's value is in a list.
    case inList(String, [Literal])
    /// The column's value is in no list.
    case notInList(String, [Literal])
    /// The column compares so.
    case compare(String, Comparison)
    /// The text's length in characters compares so.
    case length(String, Comparison)
    /// The text matches a regular expression somewhere.
    case matches(String, pattern: String)
    /// The text does not.
    case doesNotMatch(String, pattern: String)
    /// The text is like a pattern.
    case like(String, pattern: String)
    /// The text is not.
    case notLike(String, pattern: String)
    /// The text has a format.
    case format(String, TextFormat)
    /// The value exists in a column of another table.
    case references(String, table: AssetName, column: String)
    /// The value is not after now, five minutes allowed.
    case notInFuture(String)
    /// The value never falls, in the order of another column.
    case increasing(String, by: String, strictly: Bool)
    /// The value never rises, in the order of another column.
    case decreasing(String, by: String, strictly: Bool)
    /// A SQL condition is not false.
    case condition(String)
}

/// A format of text.
public enum TextFormat: String, Hashable, Codable, Sendable, CaseIterable {
    case email, uuid, url, ipv4, ipv6, date, datetime, json, integer, number
}

/// What columns there are.
public enum SchemaRule: Hashable, Sendable {
    /// These, and perhaps others.
    case include([ColumnType])
    /// Exactly these, in any order.
    case exactly([ColumnType])
    /// Exactly these, in this order.
    case inOrder([ColumnType])
    /// The same as with the newest certificate, added ones perhaps excepted.
    case unchanged(exceptAdded: Bool)

    /// A column and its type.
    public struct ColumnType: Hashable, Sendable {
        /// The name.
        @ExactText public private(set) var name: String
        /// The type as written; nil: any.
        public let type: String?
        /// A column of a type.
        public init(name: String, type: String?) {
            self.name = name
            self.type = type
        }
    }
}

/// The slots between which there may be no gaps.
public enum GapUnit: Hashable, Sendable {
    case hour
    case day
    case businessDay(BusinessCalendar)
    case week
    case month
}

/// A comparison of a metric with its own history.
public enum Relative: Hashable, Sendable {
    /// Within a percentage of the interval before.
    case withinPrevious(percent: String)
    /// Within a percentage of the median of the last so many.
    case withinMedian(percent: String, count: Int, sameWeekday: Bool)
    /// Within what its history makes likely.
    case likeUsual
}

/// How two metrics are compared.
public enum CrossComparison: Hashable, Sendable {
    /// Exactly equal.
    case equals
    /// Within a percentage of the other.
    case within(percent: String)
}

/// A metric of another table.
public struct CrossMetric: Hashable, Sendable {
    /// What is measured there.
    public let metric: Metric
    /// Where.
    public let table: AssetName
    /// A metric of a table.
    public init(_ metric: Metric, of table: AssetName) {
        self.metric = metric
        self.table = table
    }
}

/// What a query must give.
public enum SQLExpectation: Hashable, Sendable {
    /// No rows.
    case noRows
    /// One value that compares so.
    case value(Comparison)
}
