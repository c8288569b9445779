import SuretyCore

/// Plans rules that each row obeys.
struct RowPlanner {
    let terms: Terms
    let filter: Fragment?
    let scope: CheckScope
    let comparesWithTable: Bool
    /// Tables that rules refer to.
    let others: [AssetName: TableInfo]
    /// The columns that name an example; none where none may be shown.
    let shown: [String]

    /// What is asked, how violations are counted, and the condition of rows that break the rule.
    struct Asked {
        let questions: [Question]
        /// What is asked once those are answered, where the answers do not tell all.
        var further: ([Answer]) throws(Misfit) -> [Question] = { _ throws(Misfit) in [] }
        /// What all answers mean, those to further questions last.
        let measure: ([Answer]) throws(Misfit) -> RowMeasurement
        /// The condition of violating rows among those in scope; nil where a query of its own finds them.
        var offending: Fragment?
        /// Whether a row tells by itself whether it is one of those.
        var isLocal = true
        /// A query for violating rows that gives columns.
        var samples: (([String]) -> Fragment)?
        /// Where an answer shows violating rows.
        var shown: ShownRows?
    }

    func plan(_ rule: RowRule) throws(Misfit) -> Asked {
        switch rule {
        case .unique(let names): return try unique(names)
        case .notNull(let name):
            let column = try terms.column(name)
            return try notNull(column)
        case .inList(let name, let list):
            let column = try terms.column(name)
            return try simple(column, holds: try terms.condition(column, in: list))
        case .notInList(let name, let list):
            let column = try terms.column(name)
            return try simple(column, breaks: try terms.condition(column, in: list))
        case .compare(let name, let comparison):
            let column = try terms.column(name)
            let holds = try terms.condition(column, comparison)
            return try comparison.namesColumn ? uncertain(column, holds) : simple(column, holds: holds)
        case .length(let name, let comparison):
            let column = try text(name)
            return try simple(column, holds: try length(column, comparison))
        case .matches(let name, let pattern):
            let column = try text(name)
            return try simple(column, holds: matches(column, pattern))
        case .doesNotMatch(let name, let pattern):
            let column = try text(name)
            return try simple(column, breaks: matches(column, pattern))
        case .like(let name, let pattern):
            let column = try text(name)
            return try simple(column, holds: like(column, pattern))
        case .notLike(let name, let pattern):
            let column = try text(name)
            return try simple(column, breaks: like(column, pattern))
        case .format(let name, let format):
            let column = try text(name)
            return try simple(column, holds: self.format(column, format))
        case .references(let name, let table, let other):
            return try references(try terms.column(name), table, other)
        case .notInFuture(let name):
            let column = try terms.column(name)
            guard column.kind.isTemporal || column.kind == .untyped else {
                throw Misfit("\(name) is \(column.type), which is not a point in time")
            }
            return try notInFuture(column)
        case .increasing(let name, let by, let strictly):
            return try ordered(try terms.column(name), try terms.column(by), "", strictly ? "<=" : "<")
        case .decreasing(let name, let by, let strictly):
            return try ordered(try terms.column(name), try terms.column(by), " DESC", strictly ? ">=" : ">")
        case .condition(let text):
            let condition = try terms.condition(written: text)
            // What it is true or false of, and all rows, tell of how many it is neither.
            let question = try aggregates([
                .count([filter]), .count(values: condition, filter), .count([filter, "NOT \(condition)"]),
            ])
            return Asked(
                questions: [question],
                measure: { answers throws(Misfit) in
                    let reader = AnswerReader(answers: answers)
                    let known = try reader.count(0, 1)
                    return RowMeasurement(
                        looked: known, violations: try reader.count(0, 2),
                        unknown: try reader.count(0, 0) - known)
                }, offending: "NOT \(condition)")
        }
    }

    private func aggregates(_ select: [Aggregate]) throws(Misfit) -> Question {
        .aggregates(of: terms.table.name, rows: try terms.condition(scope), select)
    }

    private func text(_ name: String) throws(Misfit) -> CheckedColumn {
        let column = try terms.column(name)
        guard column.kind.isText else { throw Misfit("\(name) is \(column.type), not text") }
        return column
    }

    private func notNull(_ column: CheckedColumn) throws(Misfit) -> Asked {
        let question = try aggregates([.count([filter]), .count(of: column.name, filter)])
        return Asked(
            questions: [question],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let looked = try reader.count(0, 0)
                return RowMeasurement(looked: looked, violations: looked - (try reader.count(0, 1)))
            }, offending: "\(identifier: column.name) IS NULL")
    }

    /// A rule that ignores NULLs of its column.
    private func simple(_ column: CheckedColumn, holds: Fragment) throws(Misfit) -> Asked {
        try simple(column, breaks: "NOT (\(holds))")
    }

    private func simple(_ column: CheckedColumn, breaks: Fragment) throws(Misfit) -> Asked {
        let violation = violation(column, breaks)
        return try counted(column, violation, .count([filter, violation]))
    }

    /// What is later than now ceases to be so.
    private func notInFuture(_ column: CheckedColumn) throws(Misfit) -> Asked {
        let violation = violation(column, try terms.compare(column, .greater, instant: terms.latest))
        let value = ValueExpression(terms: terms, column: column, function: .max)
        let later = value.moment(filter).map {
            Aggregate.countLater(
                [filter, violation], greatest: $0, limit: value.isPrivate ? nil : value.latestMoment)
        }
        return try counted(column, violation, later ?? Aggregate(.count([filter, violation])))
    }

    /// The condition of rows that break a rule about values. On PostgreSQL it is NULL by itself where the value is.
    private func violation(_ column: CheckedColumn, _ breaks: Fragment) -> Fragment {
        terms.dialect == .postgres ? breaks : "\(identifier: column.name) IS NOT NULL AND \(breaks)"
    }

    private func counted(
        _ column: CheckedColumn, _ violation: Fragment, _ violations: Aggregate
    ) throws(Misfit) -> Asked {
        let question = try aggregates([.count(of: column.name, filter), violations])
        return Asked(
            questions: [question],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                return RowMeasurement(looked: try reader.count(0, 0), violations: try reader.count(0, 1))
            }, offending: violation)
    }

    /// A comparison with another column, which may be NULL where this one is not.
    private func uncertain(_ column: CheckedColumn, _ holds: Fragment) throws(Misfit) -> Asked {
        let question = try aggregates([
            .count(of: column.name, filter), .count(values: "(\(holds))", filter),
            .count([filter, "NOT (\(holds))"]),
        ])
        return Asked(
            questions: [question],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let known = try reader.count(0, 1)
                return RowMeasurement(
                    looked: known, violations: try reader.count(0, 2),
                    unknown: try reader.count(0, 0) - known)
            }, offending: "NOT (\(holds))")
    }

    private func length(_ column: CheckedColumn, _ comparison: Comparison) throws(Misfit) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        let length: Fragment = terms.dialect == .postgres ? "char_length(\(name)::text)" : "length(\(name))"
        func compared(_ comparator: Comparator, _ value: CheckValue) throws(Misfit) -> Fragment {
            guard case .literal(.number(let text)) = value else {
                throw Misfit("a length is compared with a number")
            }
            return
                "\(length) \(unchecked: comparator.rawValue) \(.decimal(try terms.number(text).description))"
        }
        switch comparison {
        case .compare(let comparator, let value): return try compared(comparator, value)
        case .between(let low, let high):
            return "(\(try compared(.atLeast, low)) AND \(try compared(.atMost, high)))"
        case .notBetween(let low, let high):
            return "(\(try compared(.less, low)) OR \(try compared(.greater, high)))"
        }
    }

    private func matches(_ column: CheckedColumn, _ pattern: String) -> Fragment {
        terms.dialect == .postgres
            ? "(\(identifier: column.name)::text ~ \(.text(pattern)))"
            : "surety_regexp(\(.text(pattern)), \(identifier: column.name))"
    }

    private func like(_ column: CheckedColumn, _ pattern: String) -> Fragment {
        terms.dialect == .postgres
            ? "(\(identifier: column.name)::text LIKE \(.text(pattern)))"
            : "surety_like(\(.text(pattern)), \(identifier: column.name))"
    }

    private func format(_ column: CheckedColumn, _ format: TextFormat) -> Fragment {
        let name: Fragment = "\(identifier: column.name)"
        guard terms.dialect == .postgres else {
            return format == .json
                ? "json_valid(\(name))" : "surety_format(\(.text(format.rawValue)), \(name))"
        }
        if format == .uuid {
            // The same as the pattern, in steps that are each much faster.
            return """
                (\(name)::text LIKE '________-____-____-____-____________'
                  AND length(replace(\(name)::text, '-', '')) = 32 AND \(name)::text !~ '[^-0-9a-fA-F]')
                """
        }
        if let pattern = format.pattern { return "(\(name)::text ~ \(.text(pattern)))" }
        return switch format {
        case .ipv4: "surety.is_inet(\(name)::text, 4)"
        case .ipv6: "surety.is_inet(\(name)::text, 6)"
        case .json, .email, .uuid, .url, .date, .datetime, .integer, .number:
            "surety.is_json(\(name)::text)"
        }
    }

    private func unique(_ names: [String]) throws(Misfit) -> Asked {
        let groups = DuplicateGroups(
            terms: terms, columns: try terms.columns(names), filter: filter, scope: scope,
            comparesWithTable: comparesWithTable)
        let asked = try groups.plan(showing: shown)
        return Asked(
            questions: asked.questions, further: asked.further,
            measure: { answers throws(Misfit) in
                let found = try groups.read(answers)
                return RowMeasurement(looked: found.complete, violations: found.rows, why: found.why)
            }, offending: try groups.offending(), isLocal: false, shown: asked.shown)
    }

    private func references(
        _ column: CheckedColumn, _ table: AssetName, _ name: String
    ) throws(Misfit) -> Asked {
        guard let other = others[table] else { throw Misfit("there is no table \(table)", "42P01") }
        let target = try terms.terms(for: other, interval: nil).column(name)
        guard
            target.kind == column.kind || target.kind.isNumber && column.kind.isNumber
                || target.kind == .untyped || column.kind == .untyped
        else { throw Misfit("\(column.name) is \(column.type) and \(table).\(name) is \(target.type)") }
        let present: Fragment = "\(identifier: column.name) IS NOT NULL"
        let scoped = try terms.condition(scope)
        let count = try aggregates([.count(of: column.name, filter)])
        let rows: Fragment = .all([scoped, filter, present])
        guard terms.dialect == .postgres else {
            // SQLite would look through the other table for each row.
            let missing: Fragment = """
                SELECT count(*) - count(r.k)
                FROM (SELECT \(terms.key(column)) AS v FROM \(table: terms.table.name) WHERE \(rows)) AS s
                LEFT JOIN (SELECT DISTINCT \(identifier: name) AS k FROM \(table: table)
                  WHERE \(identifier: name) IS NOT NULL) AS r ON r.k = s.v
                """
            return Asked(
                questions: [count, .own(missing)],
                measure: { answers throws(Misfit) in
                    let reader = AnswerReader(answers: answers)
                    return RowMeasurement(
                        looked: try reader.count(0, 0), violations: try reader.count(1, 0))
                },
                offending: """
                    \(present) AND \(identifier: column.name) NOT IN (SELECT \(identifier: name)
                      FROM \(table: table) WHERE \(identifier: name) IS NOT NULL)
                    """, isLocal: false)
        }
        let orphans = Orphans(
            table: terms.table.name, rows: rows, value: terms.key(column), target: table,
            key: terms.key(target))
        return Asked(
            questions: [count, orphans.question(showing: shown)],
            further: { answers throws(Misfit) in
                try AnswerReader(answers: answers).count(1, 0) > Orphans.most ? [.own(orphans.count)] : []
            },
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let broken = try reader.count(answers.count > 2 ? 2 : 1, 0)
                return RowMeasurement(looked: try reader.count(0, 0), violations: broken)
            }, isLocal: false, shown: shown.isEmpty ? nil : ShownRows(answer: 1, after: 2))
    }

    /// Rows ordered by a column and then by their value, each compared with the one before.
    private func ordered(
        _ column: CheckedColumn, _ by: CheckedColumn, _ direction: String, _ breaks: String
    ) throws(Misfit) -> Asked {
        guard column.kind != .opaque, by.kind != .opaque else {
            throw Misfit("\(column.name) by \(by.name) has no order")
        }
        let (value, order) = (terms.expression(column), terms.expression(by))
        let rows: Fragment = .all([
            try terms.condition(scope), filter, "\(identifier: column.name) IS NOT NULL",
            "\(identifier: by.name) IS NOT NULL",
        ])
        let table: Fragment = "\(table: terms.table.name)"
        let sorted: Fragment = """
            \(value) AS v, lag(\(value)) OVER (ORDER BY \(order), \(value)\(unchecked: direction)) AS p
            """
        let query: Fragment = """
            SELECT count(*), count(*) FILTER (WHERE v \(unchecked: breaks) p)
            FROM (SELECT \(sorted) FROM \(table) WHERE \(rows)) AS o
            """
        return Asked(
            questions: [.own(query)],
            measure: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                return RowMeasurement(looked: try reader.count(0, 0), violations: try reader.count(0, 1))
            },
            samples: { names in
                let aliases = names.indices.map { "c\($0)" }
                let inner: Fragment = .joined(
                    zip(names, aliases).map { "\(identifier: $0) AS \(unchecked: $1)" }, by: ", ")
                let outer: Fragment = .joined(aliases.map { "\(unchecked: $0)" }, by: ", ")
                return """
                    SELECT \(outer)
                    FROM (SELECT \(inner), \(sorted) FROM \(table) WHERE \(rows)) AS o
                    WHERE v \(unchecked: breaks) p
                    ORDER BY \(outer) LIMIT 5
                    """
            })
    }
}

extension Comparison {
    /// Whether it is made with another column.
    fileprivate var namesColumn: Bool {
        func isColumn(_ value: CheckValue) -> Bool {
            switch value {
            case .column: true
            case .literal, .percent, .period, .intervalStart, .intervalEnd, .today, .yesterday, .now: false
            }
        }
        return switch self {
        case .compare(_, let value): isColumn(value)
        case .between(let low, let high), .notBetween(let low, let high): isColumn(low) || isColumn(high)
        }
    }
}
