import SuretyCore

/// Groups of complete rows with the same values, those in scope and those of all that they are compared with.
struct DuplicateGroups {
    let terms: Terms
    let columns: [CheckedColumn]
    let filter: Fragment?
    let scope: CheckScope
    /// Whether rows in scope are compared with all rows of the table.
    let comparesWithTable: Bool

    private var names: [Fragment] { columns.map { terms.key($0) } }
    private var list: Fragment { .joined(names, by: ", ") }
    /// The key as one value.
    private var row: Fragment { names.count == 1 ? names[0] : "(\(list))" }
    private var complete: [Fragment] { names.map { "\($0) IS NOT NULL" } }
    private var table: Fragment { "\(table: terms.table.name)" }

    /// What is asked, and where examples are shown.
    struct Asked {
        let questions: [Question]
        var further: ([Answer]) throws(Misfit) -> [Question] = { _ throws(Misfit) in [] }
        var shown: ShownRows?
    }

    /// Of one column it is asked first whether there are fewer values than rows, and which ones only then.
    func plan(showing names: [String]) throws(Misfit) -> Asked {
        guard try isSorted else { return Asked(questions: [.own(try query())]) }
        let rows = try scoped
        let count: Fragment =
            "SELECT count(\(list)), count(DISTINCT \(mark)) FROM \(table)\(Fragment.those(rows))"
        return Asked(
            questions: [.own(count)],
            further: { answers throws(Misfit) in
                let reader = AnswerReader(answers: answers)
                let surplus = try reader.count(0, 0) - (try reader.count(0, 1))
                if surplus == 0 { return [] }
                guard !names.isEmpty else { return [.own(twice(surplus, rows, showing: []))] }
                return [
                    .showing(twice(surplus, rows, showing: names), without: twice(surplus, rows, showing: []))
                ]
            }, shown: names.isEmpty ? nil : ShownRows(answer: 1, after: 4))
    }

    /// The conditions of the rows that groups are made of, complete ones or not.
    private var scoped: [Fragment?] {
        get throws(Misfit) { [comparesWithTable ? nil : try terms.condition(scope), filter] }
    }

    /// Whether all rows are in scope, and sorting their values finds out fastest how many there are.
    private var isSorted: Bool {
        get throws(Misfit) {
            let inside = comparesWithTable ? try terms.condition(scope) : nil
            return inside == nil && names.count == 1 && terms.dialect == .postgres
                && columns[0].kind.isSortedFast
        }
    }

    /// What is counted in place of a value: of texts a number that differs only where they do, as numbers are sorted in
    /// half the time.
    private var mark: Fragment {
        switch TypeName(columns[0].baseType).base {
        case "text", "character varying": "hashtextextended(\(list)::text, 0)"
        default: list
        }
    }

    /// The rows that groups are made of.
    private func universe() throws(Misfit) -> Fragment { .all(try scoped + complete) }

    /// Complete rows in scope, and of those that occur more than once: values, rows, surplus.
    private func query() throws(Misfit) -> Fragment {
        let inside = comparesWithTable ? try terms.condition(scope) : nil
        if let inside, isIndexed { return indexedQuery(.all([inside, filter] + complete)) }
        return """
            SELECT sum(inside), count(*) FILTER (WHERE inside > 0 AND n > 1),
              sum(inside) FILTER (WHERE n > 1), sum(inside - CASE WHEN inside = n THEN 1 ELSE 0 END)
            FROM (SELECT count(*) AS n, \(.count([inside])) AS inside
              FROM \(table)
              WHERE \(try universe())\(try touched())
              GROUP BY \(list)) AS g
            WHERE inside > 0
            """
    }

    /// Whether an index finds the rows with a value.
    private var isIndexed: Bool {
        terms.dialect == .postgres && columns.count == 1 && columns[0].kind.isSortedFast
            && terms.table.guarantees.indexed.hasExactly(columns[0].name)
    }

    /// The same, where the values in scope are looked up one by one if they are few of all that there are.
    ///
    /// The server itself would read the whole table, as it reckons with an index that is not in memory.
    private func indexedQuery(_ mine: Fragment) -> Fragment {
        """
        WITH surety_mine AS MATERIALIZED (SELECT \(list) AS v, count(*) AS inside FROM \(table)
          WHERE \(mine) GROUP BY \(list)),
        surety_few AS MATERIALIZED (SELECT (SELECT count(*) FROM surety_mine) * 20 < reltuples AS few
          FROM pg_class WHERE oid = \(.text(terms.table.name.quoted))::regclass)
        SELECT sum(inside), count(*) FILTER (WHERE n > 1), sum(inside) FILTER (WHERE n > 1),
          sum(inside - CASE WHEN inside = n THEN 1 ELSE 0 END)
        FROM (SELECT m.inside, o.n FROM surety_mine AS m
            CROSS JOIN LATERAL (SELECT count(*) AS n FROM \(table) WHERE \(.all(["\(list) = m.v", filter]))) AS o
            WHERE (SELECT few FROM surety_few)
          UNION ALL SELECT m.inside, o.n FROM surety_mine AS m
            JOIN (SELECT \(list) AS v, count(*) AS n FROM \(table)
              WHERE \(.all(["\(list) IN (SELECT v FROM surety_mine)", filter])) GROUP BY \(list)) AS o ON o.v = m.v
            WHERE NOT (SELECT few FROM surety_few)) AS g
        """
    }

    /// Only groups with a row in scope matter, so that the others need not be counted.
    private func touched() throws(Misfit) -> Fragment {
        guard comparesWithTable, let inside = try terms.condition(scope) else { return "" }
        return """
             AND \(row) IN (SELECT \(list) FROM \(table)
                  WHERE \(.all([inside, filter] + complete)))
            """
    }

    /// Values, rows and surplus of one column's values that occur more than once, and up to five of the rows.
    private func twice(_ surplus: Int64, _ rows: [Fragment?], showing names: [String]) -> Fragment {
        let complete: Fragment = .all(rows + self.complete)
        let places = names.indices.map { "c\($0)" }
        let own: Fragment = .joined(
            zip(names, places).map { ", \(identifier: $0) AS \(unchecked: $1)" }, by: "")
        let few: Fragment
        let condition: Fragment
        if surplus <= Self.most {
            // Sorted, because grouping so many values takes longer; and few enough rows to be kept meanwhile.
            few = """
                WITH surety_twice AS MATERIALIZED (SELECT m
                  FROM (SELECT \(mark) AS m FROM \(table) WHERE \(complete) ORDER BY 1 OFFSET 0) AS s
                  GROUP BY m HAVING count(*) > 1),
                surety_few AS MATERIALIZED (SELECT \(list) AS v, count(*) OVER (PARTITION BY \(list)) AS n\(own)
                  FROM \(table) WHERE \(complete) AND \(mark) IN (SELECT m FROM surety_twice)),
                surety_found AS (SELECT count(DISTINCT v) AS k, count(*) AS r, count(*) - count(DISTINCT v) AS s
                  FROM surety_few WHERE n > 1)
                """
            condition = "surety_few WHERE n > 1"
        } else {
            few = """
                WITH surety_twice AS MATERIALIZED (SELECT \(list) AS v, count(*) AS n FROM \(table)
                  WHERE \(complete) GROUP BY \(list) HAVING count(*) > 1),
                surety_found AS (SELECT count(*) AS k, sum(n) AS r, sum(n - 1) AS s FROM surety_twice)
                """
            condition =
                "(SELECT \(list) AS v\(own) FROM \(table) WHERE \(complete)) AS t WHERE v IN (SELECT v FROM surety_twice)"
        }
        guard !names.isEmpty else { return "\(few)\nSELECT k, r, s FROM surety_found" }
        let list: Fragment = .joined(places.map { "\(unchecked: $0)" }, by: ", ")
        return """
            \(few)
            SELECT k, r, s, e.*
            FROM surety_found LEFT JOIN (SELECT true, \(list) FROM \(condition)
              ORDER BY \(list) LIMIT 5) AS e ON true
            ORDER BY \(list)
            """
    }

    /// Of more surplus rows none is kept.
    private static let most: Int64 = 10_000

    /// The condition that a row in scope has values that occur more than once.
    func offending() throws(Misfit) -> Fragment {
        """
        \(row) IN (SELECT \(list) FROM \(table)
          WHERE \(try universe())\(try touched())
          GROUP BY \(list) HAVING count(*) > 1)
        """
    }

    struct Found {
        let complete: Int64
        let values: Int64
        let rows: Int64
        let surplus: Int64

        /// `3 values on 7 rows, 4 surplus`; empty if nothing occurs twice.
        var why: String {
            guard values > 0 else { return "" }
            return
                "\(values) value\(values == 1 ? "" : "s") on \(rows) row\(rows == 1 ? "" : "s"), \(surplus) surplus"
        }
    }

    func read(_ answers: [Answer]) throws(Misfit) -> Found {
        let reader = AnswerReader(answers: answers)
        let complete = try reader.count(0, 0)
        guard try isSorted else {
            return Found(
                complete: complete, values: try reader.count(0, 1), rows: try reader.count(0, 2),
                surplus: try reader.count(0, 3))
        }
        guard answers.count > 1 else { return Found(complete: complete, values: 0, rows: 0, surplus: 0) }
        return Found(
            complete: complete, values: try reader.count(1, 0), rows: try reader.count(1, 1),
            surplus: try reader.count(1, 2))
    }
}
