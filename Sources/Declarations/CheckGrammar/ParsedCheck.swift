public import SuretyCore

/// A line of the check grammar, read.
public struct ParsedCheck: Hashable, Sendable {
    /// The line with white space collapsed outside quotes.
    public var text: String
    /// What it asserts: one body, or one for each column of `missing a, b`.
    public var bodies: [Part]
    /// The SQL condition after `where`, or given beside the line.
    public var filter: String?
    /// The scope after `over`; nil: the default for the body.
    public var scope: CheckScope?
    /// The tolerated violations after `except`.
    public var tolerance: Tolerance?
    /// The days after `on`; nil: every day.
    public var days: DaySet?
    /// The file that holds the query of a `sql` check, as written; `filled(with:)` puts its text in.
    public var sqlFile: String?

    /// One of the assertions of a line, with the line that would assert it alone.
    public struct Part: Hashable, Sendable {
        /// The line that asserts this alone.
        public var text: String
        /// What it asserts.
        public var body: CheckBody

        /// An assertion.
        public init(text: String, body: CheckBody) {
            self.text = text
            self.body = body
        }
    }

    /// The same with the text of the query's file in the place of its name.
    ///
    /// Throws if the text is not one SELECT; offsets are those of the file's text.
    public func filled(with sql: String) throws(CheckSyntaxError) -> ParsedCheck {
        guard sqlFile != nil else { return self }
        try SQLFragment.checkQuery(sql, at: nil)
        var filled = self
        filled.bodies = bodies.map { part in
            guard case .sql(_, let expectation) = part.body else { return part }
            return Part(text: part.text, body: .sql(sql, expectation))
        }
        return filled
    }

    /// The same with a SQL condition given beside the line.
    ///
    /// Throws if there is one in the line already, or if the text cannot be a condition.
    public func narrowed(by filter: String) throws(CheckSyntaxError) -> ParsedCheck {
        guard self.filter == nil else {
            throw CheckSyntaxError(
                "`where` is given twice", hint: "Keep the one in the check or the one beside it", in: filter,
                offset: 0)
        }
        try SQLFragment.checkCondition(filter, at: nil)
        var narrowed = self
        narrowed.filter = filter
        return narrowed
    }
}
