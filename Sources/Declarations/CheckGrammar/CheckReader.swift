import SuretyCore

/// The recursive descent over one line of the check grammar; every method reads one production.
///
/// It descends by production, never by the length of the line, so that no input makes the stack grow.
struct CheckReader {
    var scanner: CheckScanner
    let calendars: [CalendarID: BusinessCalendar]
    let zone: Zone
    /// Where the columns of `missing a, b` stand, so that each gets a line of its own.
    var split: (list: Range<Int>, columns: [Range<Int>])?
    /// The file of a `sql` check.
    var sqlFile: String?
    /// Whether the gaps are those of a business calendar, which `on` may name.
    var gapsByBusinessDay = false

    init(_ text: String, calendars: [CalendarID: BusinessCalendar], zone: Zone) {
        self.scanner = CheckScanner(text)
        self.calendars = calendars
        self.zone = zone
    }

    /// Reads the whole line.
    mutating func check() throws(CheckSyntaxError) -> ParsedCheck {
        guard !scanner.isAtEnd else {
            throw scanner.error(
                "the check is empty", hint: "Write `rows >= 1` or another line of the check grammar")
        }
        var bodies = try body()
        let tail = try tail(of: bodies)
        if gapsByBusinessDay { bodies = try byBusinessDay(bodies, days: tail.days) }
        guard scanner.isAtEnd else { throw scanner.unexpected() }
        var parsed = ParsedCheck(
            text: scanner.collapsed(0..<scanner.scalars.count), bodies: [], filter: tail.filter,
            scope: tail.scope,
            tolerance: tail.tolerance, days: tail.days, sqlFile: sqlFile)
        parsed.bodies = try parts(bodies, of: parsed.text)
        return parsed
    }

    /// Each body with the line that asserts it alone.
    private func parts(_ bodies: [CheckBody], of text: String) throws(CheckSyntaxError) -> [ParsedCheck.Part]
    {
        guard let split, bodies.count > 1 else {
            return bodies.map { ParsedCheck.Part(text: text, body: $0) }
        }
        guard bodies.count * text.utf8.count < 1 << 24 else {
            throw scanner.error(
                "the check is too long", hint: "Split it into several", at: split.list.lowerBound)
        }
        let before = scanner.collapsed(0..<split.list.lowerBound)
        let after = scanner.collapsed(split.list.upperBound..<scanner.scalars.count)
        return zip(bodies, split.columns).map { body, column in
            ParsedCheck.Part(text: "\(before) \(scanner.collapsed(column)) \(after)", body: body)
        }
    }

    // MARK: Bodies

    private mutating func body() throws(CheckSyntaxError) -> [CheckBody] {
        let word = scanner.peekWord()
        if let word, MetricWord(word) != nil { return try metricBody() }
        switch word {
        case "row":
            _ = scanner.takeWord()
            return [.row(.condition(try condition("a SQL condition in quotes")))]
        case "columns":
            _ = scanner.takeWord()
            return [.schema(try schema())]
        case "fresh":
            _ = scanner.takeWord()
            let column = try column()
            guard scanner.take("within") else { throw scanner.unexpected() }
            return [.fresh(column: column, within: try duration())]
        case "no":
            _ = scanner.takeWord()
            return [try noGaps()]
        case "sql":
            _ = scanner.takeWord()
            return [try query()]
        default:
            return [.row(try rowRule())]
        }
    }

    private mutating func noGaps() throws(CheckSyntaxError) -> CheckBody {
        guard scanner.take("gaps"), scanner.take("in") else {
            throw scanner.unexpected(hint: CheckReader.quotingHint("no"))
        }
        let column = try column()
        guard scanner.take("by") else { throw scanner.unexpected() }
        if scanner.take("hour") { return .noGaps(column: column, by: .hour) }
        if scanner.take("day") { return .noGaps(column: column, by: .day) }
        if scanner.take("week") { return .noGaps(column: column, by: .week) }
        if scanner.take("month") { return .noGaps(column: column, by: .month) }
        guard scanner.take("business") else { throw scanner.unexpected() }
        guard scanner.take("day") else { throw scanner.unexpected() }
        gapsByBusinessDay = true
        return .noGaps(column: column, by: .businessDay(BusinessCalendar(weekdays: [])))
    }

    /// Puts in the calendar that `on` names, else `business`.
    private func byBusinessDay(_ bodies: [CheckBody], days: DaySet?) throws(CheckSyntaxError) -> [CheckBody] {
        let calendar: BusinessCalendar
        if case .calendar(_, let named) = days {
            calendar = named
        } else if let business = calendars["business"] {
            calendar = business
        } else {
            throw scanner.error(
                "there is no calendar `business`",
                hint: "Declare it under `calendars`, or name another: `on CALENDAR`")
        }
        return bodies.map { body in
            guard case .noGaps(let column, .businessDay) = body else { return body }
            return .noGaps(column: column, by: .businessDay(calendar))
        }
    }

    private mutating func query() throws(CheckSyntaxError) -> CheckBody {
        let place = scanner.position
        var sql = ""
        if let text = try scanner.takeSQL() {
            try SQLFragment.checkQuery(text, at: (scanner, place))
            sql = text
        } else {
            scanner.want("a query in quotes")
            scanner.want("a file ending in `.sql`")
            let run = scanner.run { !$0.properties.isWhitespace && $0 != "'" && $0 != "\"" }
            let file = scanner.string(run)
            guard file.hasSuffix(".sql"), file != ".sql" else {
                throw scanner.unexpected(hint: CheckReader.quotingHint("sql"))
            }
            scanner.move(to: run.upperBound)
            sqlFile = file
        }
        if scanner.take("returns") {
            guard scanner.take("no"), scanner.take("rows") else { throw scanner.unexpected() }
            return .sql(sql, .noRows)
        }
        guard let comparison = try comparison(.result) else { throw scanner.unexpected() }
        return .sql(sql, .value(comparison))
    }

    /// A SQL condition in quotes.
    mutating func condition(_ what: String) throws(CheckSyntaxError) -> String {
        let place = scanner.position
        scanner.want(what)
        guard let sql = try scanner.takeSQL() else {
            throw scanner.unexpected(hint: "Put the SQL in quotes: \"amount > 0\"")
        }
        try SQLFragment.checkCondition(sql, at: (scanner, place))
        return sql
    }
}
