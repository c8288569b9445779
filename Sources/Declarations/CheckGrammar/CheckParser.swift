public import SuretyCore

/// Reads the check grammar, and the small grammars beside it, into the nouns of the core.
public struct CheckParser: Sendable {
    private let calendars: [CalendarID: BusinessCalendar]
    private let zone: Zone

    /// A parser that knows the calendars after `on`, and the zone in which times without an offset are read.
    public init(calendars: [CalendarID: BusinessCalendar], zone: Zone) {
        self.calendars = calendars
        self.zone = zone
    }

    /// Reads one check.
    ///
    /// Takes time in proportion to the length of the text, whatever it holds.
    public func parse(_ text: String) throws(CheckSyntaxError) -> ParsedCheck {
        var reader = reader(text)
        return try reader.check()
    }

    /// Reads the block form `row: …`, with what would follow the condition on a line.
    public func parse(row condition: String, tail: String = "") throws(CheckSyntaxError) -> ParsedCheck {
        try SQLFragment.checkCondition(condition, at: nil)
        var parsed = try parse("row \(doubled(condition, "\"")) \(tail)")
        parsed.retext("row \(doubled(SQLTemplate.collapsed(condition), "\""))", tail: tail)
        return parsed
    }

    /// How a text is held against a pattern.
    public enum PatternRule: String, Hashable, Sendable, CaseIterable {
        /// A regular expression matches somewhere.
        case matches
        /// A regular expression matches nowhere.
        case doesNotMatch = "does not match"
        /// A SQL pattern matches the whole text.
        case like
        /// A SQL pattern does not match the whole text.
        case notLike = "not like"
    }

    /// Reads the block form `{column: …, matches: …}`, with what would follow the pattern on a line.
    ///
    /// The column is its name as it is, without quotes.
    public func parse(
        column: String, _ rule: PatternRule, pattern: String, tail: String = ""
    ) throws(CheckSyntaxError) -> ParsedCheck {
        try parse("\(CheckParser.written(column)) \(rule.rawValue) \(doubled(pattern, "'")) \(tail)")
    }

    /// Reads the block form `{sql: …, expect: …}`; one word ending in `.sql` is a file, anything else the query.
    public func parse(sql: String, expect: String, tail: String = "") throws(CheckSyntaxError) -> ParsedCheck
    {
        let word = sql.filter { !$0.isWhitespace }
        if word.hasSuffix(".sql"), sql.split(whereSeparator: \.isWhitespace).count == 1 {
            return try parse("sql \(word) \(expect) \(tail)")
        }
        try SQLFragment.checkQuery(sql, at: nil)
        var parsed = try parse("sql \(doubled(sql, "\"")) \(expect) \(tail)")
        parsed.retext("sql \(doubled(SQLTemplate.collapsed(sql), "\"")) \(expect)", tail: tail)
        return parsed
    }

    /// Reads DAYS: a calendar, weekdays, `day N`, `last day`, `business day N` or `last business day`.
    public func parseDays(_ text: String) throws(CheckSyntaxError) -> DaySet {
        var reader = reader(text)
        let days = try reader.days()
        guard reader.scanner.isAtEnd else { throw reader.scanner.unexpected() }
        return days
    }

    /// Reads the condition of an arm of `choose`: `rows raw.orders > 5000000`.
    public func parseChoiceCondition(_ text: String) throws(CheckSyntaxError) -> Build.ChoiceCondition {
        var reader = reader(text)
        guard let kind = reader.scanner.peekWord().flatMap(MetricWord.init) else {
            reader.scanner.want("a metric of another table")
            throw reader.scanner.unexpected(
                hint: "Write a metric and what it must be: rows raw.orders > 5000000")
        }
        let other = try reader.crossMetric()
        guard let comparison = try reader.comparison(kind.context), reader.scanner.isAtEnd else {
            throw reader.scanner.unexpected()
        }
        let written = reader.scanner.collapsed(0..<reader.scanner.scalars.count)
        return Build.ChoiceCondition(
            text: written, metric: other.metric, table: other.table, comparison: comparison)
    }

    /// Reads one of an asset's `needs`: `raw.fx_rates latest within 4d`, `raw.refunds last 30 days`.
    public func parseNeed(_ text: String) throws(CheckSyntaxError) -> Need {
        var reader = reader(text)
        return try reader.need()
    }

    /// How a column is written in the check grammar: plainly, or as `column "…"`.
    public static func written(_ column: String) -> String {
        let scalars = column.unicodeScalars
        let isPlain = scalars.first?.startsName == true && scalars.allSatisfy(\.continuesName)
        guard !isPlain || CheckReader.isReserved(column) else { return column }
        return "column \"\(column.replacing("\"", with: "\"\""))\""
    }

    private func reader(_ text: String) -> CheckReader {
        CheckReader(text, calendars: calendars, zone: zone)
    }

    private func doubled(_ text: String, _ quote: String) -> String {
        quote + text.replacing(quote, with: quote + quote) + quote
    }
}

extension ParsedCheck {
    /// Gives a block form a text for people, on one line.
    fileprivate mutating func retext(_ start: String, tail: String) {
        let collapsed = CheckScanner("\(start) \(tail)")
        text = collapsed.collapsed(0..<collapsed.scalars.count)
        bodies = bodies.map { Part(text: text, body: $0.body) }
    }
}
