import SuretyCore

/// How a metric of the rows in a scope is asked for, and what the answers mean.
struct MetricPlan {
    let questions: [Question]
    let measure: ([Answer]) throws(Misfit) -> MetricMeasurement
    /// The condition of rows that count against the data, for samples.
    var offending: Fragment?
    /// Whether a row tells by itself whether it is one of those.
    var isLocal = true
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
        let question = try aggregates([.count([filter]), .count([filter, offending])])
        return MetricPlan(
            questions: [question],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let (looked, missing) = (try reader.count(0, 0), try reader.count(0, 1))
                return MetricMeasurement(
                    .count(missing), looked: looked, base: looked, violations: missing, unit: "rows")
            }, offending: offending)
    }

    private func duplicates(_ names: [String]) throws(Misfit) -> MetricPlan {
        let groups = DuplicateGroups(
            terms: terms, columns: try terms.columns(names), filter: filter, scope: scope,
            comparesWithTable: comparesWithTable)
        return MetricPlan(
            questions: [.own(try groups.query())],
            measure: { answers throws(Misfit) in
                let found = try groups.read(answers)
                return MetricMeasurement(
                    .count(found.surplus), looked: found.complete, base: found.complete,
                    violations: found.surplus, unit: MetricMeasurement.surplusRows, why: found.why)
            }, offending: try groups.offending(), isLocal: false)
    }

    private func distinct(_ names: [String]) throws(Misfit) -> MetricPlan {
        let found = try terms.columns(names)
        let columns = found.map { "\(identifier: $0.name)" as Fragment }
        let present = columns.map { "\($0) IS NOT NULL" as Fragment }
        let condition: Fragment = .all([try terms.condition(scope), filter] + present)
        // PostgreSQL sorts one column faster than it groups by it.
        let sorted: Fragment = "SELECT count(DISTINCT \(columns[0])), count(\(columns[0]))"
        let isSorted = terms.dialect == .postgres && columns.count == 1 && found[0].kind.isSortedFast
        let query: Fragment =
            isSorted
            ? "\(sorted) FROM \(table: terms.table.name) WHERE \(condition)"
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
        let question = try aggregates(
            [.count([filter, present, finite]), .count([filter, present, "NOT \(finite)"])]
                + (try expression.select(rows: .all([filter, present, finite]))))
        return MetricPlan(questions: [question]) { answers throws(Misfit) in
            let reader = AnswerReader(answers: answers)
            return MetricMeasurement(
                try expression.read(reader), looked: try reader.count(0, 0), odd: try reader.count(0, 1),
                unit: expression.column.type)
        }
    }

    private func percentile(_ name: String, _ percent: Int) throws(Misfit) -> MetricPlan {
        let expression = ValueExpression(
            terms: terms, column: try terms.column(name), function: .percentile(percent))
        let finite = try expression.finite()
        let present: Fragment = "\(identifier: name) IS NOT NULL"
        let counts = try aggregates([
            .count([filter, present, finite]), .count([filter, present, "NOT \(finite)"]),
        ])
        let rows: Fragment = .all([try terms.condition(scope), filter, present, finite])
        let nearest: Question
        if terms.dialect == .postgres {
            let values = NearestValues(table: terms.table.name, rows: rows, value: expression.single)
            nearest = Question(form: .nearest(values, percent: percent))
        } else {
            let place: Fragment = "\(unchecked: String(percent)) * (n - 1)"
            let query: Fragment = """
                SELECT n, \(expression.chosen)
                FROM (SELECT v, row_number() OVER (ORDER BY v) AS r, count(*) OVER () AS n
                  FROM (SELECT \(expression.single) AS v FROM \(table: terms.table.name) WHERE \(rows)) AS f) AS o
                WHERE r IN (1 + \(place) / 100, 1 + (\(place) + 99) / 100)
                GROUP BY n
                """
            nearest = .own(query)
        }
        return MetricPlan(questions: [counts, nearest]) { answers throws(Misfit) in
            let reader = AnswerReader(answers: answers)
            return MetricMeasurement(
                try expression.interpolated(answers[1], percent), looked: try reader.count(0, 0),
                odd: try reader.count(0, 1), unit: expression.column.type)
        }
    }
}

extension Fragment {
    /// The number of rows that meet all conditions.
    static func count(_ conditions: [Fragment?]) -> Fragment {
        let present = conditions.compactMap(\.self)
        return present.isEmpty ? "count(*)" : "count(*) FILTER (WHERE \(.all(present)))"
    }
}
