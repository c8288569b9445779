import SuretyCore

/// How a metric of the rows in a scope is asked for, and what the answers mean.
struct MetricPlan {
    let questions: [Question]
    /// What is asked once those are answered, where the answers do not tell all.
    var further: ([Answer]) throws(Misfit) -> [Question] = { _ throws(Misfit) in [] }
    /// What all answers mean, those to further questions last.
    let measure: ([Answer]) throws(Misfit) -> MetricMeasurement
    /// The condition of rows that count against the data, for samples.
    var offending: Fragment?
    /// Whether a row tells by itself whether it is one of those.
    var isLocal = true
    /// Where an answer shows examples.
    var shown: ShownRows?
}

/// Where an answer shows rows that break a rule.
struct ShownRows {
    /// The place of the answer among those to a check.
    let answer: Int
    /// How many columns come before those of the rows, the last of which is not NULL where there is a row.
    let after: Int
}

extension Reply {
    /// The rows that an answer shows.
    func rows(_ shown: ShownRows) -> [ArraySlice<String?>] {
        guard case .success(let answer) = outcome else { return [] }
        return answer.filter { $0.count > shown.after && $0[shown.after - 1] != nil }.map {
            $0[shown.after...]
        }
    }
}

/// Plans metrics of one table.
struct MetricPlanner {
    let terms: Terms
    /// The condition that narrows the rows.
    let filter: Fragment?
    /// The rows looked at.
    let scope: CheckScope
    /// Whether `duplicates` compares the rows in scope with the whole table.
    let comparesWithTable: Bool
    /// The columns that name an example; none where none may be shown.
    var shown: [String] = []

    func plan(_ metric: Metric) throws(Misfit) -> MetricPlan {
        switch metric {
        case .rows: try rows()
        case .missing(let column, let sentinels): try missing(column, sentinels)
        case .duplicates(let columns): try duplicates(columns)
        case .distinct(let columns): try distinct(columns)
        case .min(let column): try value(column, .min)
        case .max(let column): try value(column, .max)
        case .avg(let column): try value(column, .avg)
        case .sum(let column): try value(column, .sum)
        case .stddev(let column): try value(column, .stddev)
        case .percentile(let column, let percent): try percentile(column, percent)
        }
    }

    private func aggregates(_ select: [Aggregate]) throws(Misfit) -> Question {
        .aggregates(of: terms.table.name, rows: try terms.condition(scope), select)
    }

    private func rows() throws(Misfit) -> MetricPlan {
        MetricPlan(questions: [try aggregates([.count([filter])])]) { answers throws(Misfit) in
            let count = try AnswerReader(answers: answers).count(0, 0)
            return MetricMeasurement(.count(count), looked: count, unit: "rows")
        }
    }

    private func missing(_ name: String, _ sentinels: [Literal]) throws(Misfit) -> MetricPlan {
        let column = try terms.column(name)
        var offending: Fragment = "\(identifier: name) IS NULL"
        if !sentinels.isEmpty {
            offending = "(\(offending) OR \(try terms.condition(column, in: sentinels)))"
        }
        let question = try aggregates([
            .count([filter]),
            sentinels.isEmpty ? .count(of: name, filter) : .count([filter, offending]),
        ])
        return MetricPlan(
            questions: [question],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let (looked, found) = (try reader.count(0, 0), try reader.count(0, 1))
                let missing = sentinels.isEmpty ? looked - found : found
                return MetricMeasurement(
                    .count(missing), looked: looked, base: looked, violations: missing, unit: "rows")
            }, offending: offending)
    }

    private func duplicates(_ names: [String]) throws(Misfit) -> MetricPlan {
        let groups = DuplicateGroups(
            terms: terms, columns: try terms.columns(names), filter: filter, scope: scope,
            comparesWithTable: comparesWithTable)
        let asked = try groups.plan(showing: shown)
        return MetricPlan(
            questions: asked.questions, further: asked.further,
            measure: { answers throws(Misfit) in
                let found = try groups.read(answers)
                return MetricMeasurement(
                    .count(found.surplus), looked: found.complete, base: found.complete,
                    violations: found.surplus, unit: MetricMeasurement.surplusRows, why: found.why)
            }, offending: try groups.offending(), isLocal: false, shown: asked.shown)
    }

    private func distinct(_ names: [String]) throws(Misfit) -> MetricPlan {
        let found = try terms.columns(names)
        let columns = found.map { "\(identifier: $0.name)" as Fragment }
        let present = columns.map { "\($0) IS NOT NULL" as Fragment }
        let rows = [try terms.condition(scope), filter]
        let condition: Fragment = .all(rows + present)
        // PostgreSQL sorts the values of one column faster than it groups by them, but not texts, few of which differ.
        let sorted: Fragment = "SELECT count(DISTINCT \(columns[0])), count(\(columns[0]))"
        let isSorted =
            terms.dialect == .postgres && columns.count == 1 && found[0].kind.isSortedFast
            && found[0].kind != .text
        let query: Fragment =
            isSorted
            ? "\(sorted) FROM \(table: terms.table.name)\(Fragment.those(rows))"
            : """
            SELECT count(*), sum(n)
            FROM (SELECT count(*) AS n FROM \(table: terms.table.name)
            WHERE \(condition)
            GROUP BY \(.joined(columns, by: ", "))) AS g
            """
        return MetricPlan(questions: [.own(query)]) { answers throws(Misfit) in
            let reader = AnswerReader(answers: answers)
            let (values, complete) = (try reader.count(0, 0), try reader.count(0, 1))
            return MetricMeasurement(.count(values), looked: complete, base: complete, unit: "values")
        }
    }

    private func value(_ name: String, _ function: ValueFunction) throws(Misfit) -> MetricPlan {
        let expression = ValueExpression(terms: terms, column: try terms.column(name), function: function)
        let finite = try expression.finite()
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        if function == .min || function == .max,
            let index = IndexedExtreme(expression, rows: try terms.condition(scope), filter: filter)
        {
            return MetricPlan(questions: [.own(try index.query())]) { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let (value, odd) = (try expression.read(reader), try reader.count(0, 1))
                return MetricMeasurement(
                    value, looked: value == nil ? 0 : nil, odd: odd, unit: expression.column.type)
            }
        }
        let known = try aggregates(
            [.count([filter, present, finite]), .count([filter, present, "NOT \(finite)"])]
                + (try expression.select(rows: .all([filter, present, finite]))))
        func measured(_ answer: Answer) throws(Misfit) -> MetricMeasurement {
            let reader = AnswerReader(answers: [answer])
            return MetricMeasurement(
                try expression.read(reader), looked: try reader.count(0, 0), odd: try reader.count(0, 1),
                unit: expression.column.type)
        }
        guard let plain = PlainValue(expression, filter: filter) else {
            return MetricPlan(questions: [known]) { answers throws(Misfit) in try measured(answers[0]) }
        }
        return MetricPlan(
            questions: [try aggregates(try plain.select())],
            further: { answers throws(Misfit) in try plain.read(answers[0]) == nil ? [known] : [] },
            measure: { answers throws(Misfit) in
                guard let found = try plain.read(answers[0]) else { return try measured(answers[1]) }
                return MetricMeasurement(found.value, looked: found.count, unit: expression.column.type)
            })
    }

    private func percentile(_ name: String, _ percent: Int) throws(Misfit) -> MetricPlan {
        let expression = ValueExpression(
            terms: terms, column: try terms.column(name), function: .percentile(percent))
        let finite = try expression.finite()
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        let counts = try aggregates([
            .count([filter, present, finite]), .count([filter, present, "NOT \(finite)"]),
        ])
        let scoped = try terms.condition(scope)
        let rows: Fragment = .all([scoped, filter, present, finite])
        func measured(_ answers: [Answer]) throws(Misfit) -> MetricMeasurement {
            let reader = AnswerReader(answers: answers)
            return MetricMeasurement(
                try expression.interpolated(answers[1], percent), looked: try reader.count(0, 0),
                odd: try reader.count(0, 1), unit: expression.column.type)
        }
        guard let plain = PlainValue(expression, filter: filter) else {
            let place: Fragment = "\(unchecked: String(percent)) * (n - 1)"
            let query: Fragment = """
                SELECT n, \(expression.chosen)
                FROM (SELECT v, row_number() OVER (ORDER BY v) AS r, count(*) OVER () AS n
                  FROM (SELECT \(expression.single) AS v FROM \(table: terms.table.name) WHERE \(rows)) AS f) AS o
                WHERE r IN (1 + \(place) / 100, 1 + (\(place) + 99) / 100)
                GROUP BY n
                """
            return MetricPlan(questions: [counts, .own(query)], measure: measured)
        }
        let sorted = expression.nearest(in: .some([scoped, filter]))
        let known = NearestValues(table: terms.table.name, rows: rows, value: expression.single)
        func further(_ answers: [Answer]) throws(Misfit) -> [Question] {
            // Where a statement is only planned there is no answer.
            guard !answers[0].isEmpty else { return [.nearest(known, percent)] }
            guard let found = try plain.read(answers[0]) else { return [counts, .nearest(known, percent)] }
            return found.count == 0 ? [] : [.nearest(sorted.of(found.count), percent)]
        }
        return MetricPlan(
            questions: [try aggregates(try plain.select())], further: further,
            measure: { answers throws(Misfit) in
                guard let found = try plain.read(answers[0]) else {
                    return try measured(Array(answers[1...]))
                }
                let value = found.count == 0 ? nil : try expression.interpolated(answers[1], percent)
                return MetricMeasurement(value, looked: found.count, unit: expression.column.type)
            })
    }
}

extension Fragment {
    /// All of the conditions; nil if there are none.
    static func some(_ conditions: [Fragment?]) -> Fragment? {
        conditions.contains { $0 != nil } ? .all(conditions) : nil
    }

    /// `WHERE` with all of the conditions; nothing if there are none.
    static func those(_ conditions: [Fragment?]) -> Fragment {
        some(conditions).map { " WHERE \($0)" } ?? ""
    }

    /// The number of rows that meet all conditions.
    static func count(_ conditions: [Fragment?]) -> Fragment {
        let present = conditions.compactMap(\.self)
        return present.isEmpty ? "count(*)" : "count(*) FILTER (WHERE \(.all(present)))"
    }
}
