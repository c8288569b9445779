import SuretyCore

/// Plans checks that are a user's query.
struct QueryPlanner {
    let terms: Terms
    let judge: Judge

    func plan(_ text: String, _ expectation: SQLExpectation) throws(Misfit) -> Plan {
        let query = try terms.query(written: text)
        // The line ends before the bracket, in case that the text ends with a comment.
        switch expectation {
        case .noRows:
            // Of columns that nobody asks for PostgreSQL would not even try to find out the values.
            let count: Fragment = terms.dialect == .postgres ? "count(ROW(q.*))" : "count(*)"
            return Plan(questions: [.own("SELECT \(count) FROM (\(query)\n) AS q")]) {
                answers throws(Misfit) in
                judge.queryRows(try AnswerReader(answers: answers).count(0, 0))
            }
        case .value(let comparison):
            let bound = try terms.bound(comparison)
            if bound.isPercent { throw Misfit("a query's value is not compared with a percentage") }
            return Plan(questions: [.own("SELECT * FROM (\(query)\n) AS q LIMIT 2")]) {
                answers throws(Misfit) in
                let rows = answers[0]
                guard rows.count == 1, rows[0].count == 1 else {
                    let columns = rows.first.map { " of \($0.count) columns" } ?? ""
                    let count = rows.count == 2 ? "more than one row" : "\(rows.count) rows"
                    throw Misfit("the query gave \(count)\(columns), not one row with one column", "21000")
                }
                guard let text = rows[0][0] else { return judge.value(nil, bound) }
                if Self.isOdd(text), bound.isNumber {
                    return judge.oddValue(text, bound)
                }
                return judge.value(try value(text, for: bound), bound)
            }
        }
    }

    private static func isOdd(_ text: String) -> Bool {
        ["nan", "infinity", "-infinity", "inf", "-inf"].contains(text.lowercased())
    }

    /// A value read as what it is compared with.
    private func value(_ text: String, for bound: BoundComparison) throws(Misfit) -> Measured {
        let read: Measured?
        switch bound.kind {
        case .number: read = .number(text)
        case .text: read = .text(text)
        case .time:
            let full = text.hasOffsetInHours ? text + ":00" : text
            read =
                CivilDate(text).map { .date($0) }
                ?? StoredTime.instant(full, in: terms.zone).map {
                    .instant(microseconds: $0.milliseconds * 1000)
                }
        case .length: read = ExactNumber(text).map { .length($0) }
        }
        guard let read else { throw Misfit("the query gave '\(text)', which does not fit", "42804") }
        return read
    }
}

extension String {
    /// Whether it ends like `+00`, as PostgreSQL prints whole hours.
    fileprivate var hasOffsetInHours: Bool {
        let tail = Array(utf8.suffix(3))
        return utf8.count > 16 && tail.count == 3 && (tail[0] == 43 || tail[0] == 45)
    }
}
