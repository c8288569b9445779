import SuretyCore

/// Asks for a metric of many intervals in one query.
struct HistoryQuery {
    let terms: Terms
    /// The condition that narrows the rows.
    let filter: Fragment?
    let slots: IntervalSlots

    typealias Values = (Answer) throws(Misfit) -> [Int: Measured?]

    /// The question, and the value of each interval that has rows, by its number.
    func plan(_ metric: Metric) throws(Misfit) -> (Question, Values) {
        switch metric {
        case .rows: try counts("count(*)")
        case .missing(let name, let sentinels): try counts(.count([missing(name, sentinels)]))
        case .duplicates(let names): try combinations(names) { $1 - $0 }
        case .distinct(let names): try combinations(names) { values, _ in values }
        case .min(let name): try value(name, .min)
        case .max(let name): try value(name, .max)
        case .avg(let name): try value(name, .avg)
        case .sum(let name): try value(name, .sum)
        case .stddev(let name): try value(name, .stddev)
        case .percentile(let name, let percent): try percentile(name, percent)
        }
    }

    private func missing(_ name: String, _ sentinels: [Literal]) throws(Misfit) -> Fragment {
        let column = try terms.column(name)
        let null: Fragment = "\(identifier: name) IS NULL"
        guard !sentinels.isEmpty else { return null }
        return "(\(null) OR \(try terms.condition(column, in: sentinels)))"
    }

    private func rows(_ conditions: [Fragment]) throws(Misfit) -> Fragment {
        .all([try slots.window(), filter] + conditions)
    }

    private func grouped(_ select: [Fragment]) throws(Misfit) -> Question {
        .own(
            """
            SELECT \(.joined([try slots.number()] + select, by: ",\n  "))
            FROM \(table: terms.table.name)
            WHERE \(try rows([]))
            GROUP BY 1
            """)
    }

    private func counts(_ count: Fragment) throws(Misfit) -> (Question, Values) {
        (
            try grouped([count]),
            { answer throws(Misfit) in
                try byNumber(answer) { rows throws(Misfit) in
                    .count(try AnswerReader(answers: [rows]).count(0, 0))
                }
            }
        )
    }

    /// What is reckoned from how many distinct complete combinations there are, and how many complete rows.
    private func combinations(
        _ names: [String], _ reckon: @escaping (Int64, Int64) -> Int64
    ) throws(Misfit) -> (Question, Values) {
        let columns = try terms.columns(names).map { "\(identifier: $0.name)" as Fragment }
        let present = columns.map { "\($0) IS NOT NULL" as Fragment }
        let query: Fragment = """
            SELECT s, count(*), sum(n)
            FROM (SELECT \(try slots.number()) AS s, count(*) AS n FROM \(table: terms.table.name)
              WHERE \(try rows(present))
              GROUP BY 1, \(.joined(columns, by: ", "))) AS g
            GROUP BY s
            """
        return (
            .own(query),
            { answer throws(Misfit) in
                try byNumber(answer) { rows throws(Misfit) in
                    let reader = AnswerReader(answers: [rows])
                    return .count(reckon(try reader.count(0, 0), try reader.count(0, 1)))
                }
            }
        )
    }

    private func value(_ name: String, _ function: ValueFunction) throws(Misfit) -> (Question, Values) {
        let expression = ValueExpression(terms: terms, column: try terms.column(name), function: function)
        let known: Fragment = .all(["\(identifier: name) IS NOT NULL", try expression.finite()])
        let question = try grouped([.count([known])] + (try expression.select(rows: known)).map(\.sql))
        return (
            question,
            { answer throws(Misfit) in
                try byNumber(answer) { rows throws(Misfit) in
                    // Values follow two counts; of those that are not finite nothing is told here.
                    try expression.read(
                        AnswerReader(answers: [rows.map { $0.prefix(1) + ["0"] + $0.dropFirst() }]))
                }
            }
        )
    }

    private func percentile(_ name: String, _ percent: Int) throws(Misfit) -> (Question, Values) {
        let expression = ValueExpression(
            terms: terms, column: try terms.column(name), function: .percentile(percent))
        let known = try rows(["\(identifier: name) IS NOT NULL", try expression.finite()])
        let place: Fragment = "\(unchecked: String(percent)) * (n - 1)"
        let query: Fragment = """
            SELECT s, n, \(expression.chosen)
            FROM (SELECT s, v, row_number() OVER (PARTITION BY s ORDER BY v) AS r,
                count(*) OVER (PARTITION BY s) AS n
              FROM (SELECT \(try slots.number()) AS s, \(expression.single) AS v
                FROM \(table: terms.table.name) WHERE \(known)) AS f) AS o
            WHERE s IS NOT NULL AND r IN (1 + \(place) / 100, 1 + (\(place) + 99) / 100)
            GROUP BY s, n
            """
        return (
            .own(query),
            { answer throws(Misfit) in
                try byNumber(answer) { rows throws(Misfit) in try expression.interpolated(rows, percent) }
            }
        )
    }

    /// The values by the number that rows begin with; those without a number lie between two intervals.
    private func byNumber(
        _ answer: Answer, _ read: (Answer) throws(Misfit) -> Measured?
    ) throws(Misfit) -> [Int: Measured?] {
        var rows: [Int: Answer] = [:]
        for row in answer {
            guard let text = row.first.flatMap(\.self) else { continue }
            guard let number = Int(text) else {
                throw Misfit("the warehouse gave \(text) for a number", "22P02")
            }
            rows[number, default: []].append(Array(row.dropFirst()))
        }
        var values: [Int: Measured?] = [:]
        for (number, rows) in rows { values.updateValue(try read(rows), forKey: number) }
        return values
    }
}
