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

    /// The rows that groups are made of.
    private func universe() throws(Misfit) -> Fragment {
        .all([comparesWithTable ? nil : try terms.condition(scope), filter] + complete)
    }

    /// Complete rows in scope, and of those that occur more than once: values, rows, surplus.
    func query() throws(Misfit) -> Fragment {
        let inside = comparesWithTable ? try terms.condition(scope) : nil
        if inside == nil, names.count == 1, terms.dialect == .postgres, columns[0].kind.isSortedFast {
            return sortedQuery(try universe())
        }
        // Only groups with a row in scope matter, so that the others need not be counted.
        let touched: Fragment =
            try inside.map { inside throws(Misfit) in
                """
                 AND \(row) IN (SELECT \(list) FROM \(table: terms.table.name)
                      WHERE \(.all([inside, filter] + complete)))
                """
            } ?? ""
        return """
            SELECT sum(inside), count(*) FILTER (WHERE inside > 0 AND n > 1),
              sum(inside) FILTER (WHERE n > 1), sum(inside - CASE WHEN inside = n THEN 1 ELSE 0 END)
            FROM (SELECT count(*) AS n, \(.count([inside])) AS inside
              FROM \(table: terms.table.name)
              WHERE \(try universe())\(touched)
              GROUP BY \(list)) AS g
            WHERE inside > 0
            """
    }

    /// The same for one column: values are only grouped where sorting them finds fewer than there are rows.
    private func sortedQuery(_ universe: Fragment) -> Fragment {
        """
        SELECT q.c, g.k, g.r, g.s
        FROM (SELECT count(*) AS c, count(DISTINCT \(list)) AS d FROM \(table: terms.table.name)
          WHERE \(universe)) AS q
        LEFT JOIN LATERAL (SELECT count(*) AS k, sum(n) AS r, sum(n - 1) AS s
          FROM (SELECT count(*) AS n FROM \(table: terms.table.name)
            WHERE \(universe) GROUP BY \(list) HAVING count(*) > 1) AS m
          WHERE q.c <> q.d) AS g ON true
        """
    }

    /// The condition that a row in scope has values that occur more than once.
    func offending() throws(Misfit) -> Fragment {
        """
        \(row) IN (SELECT \(list) FROM \(table: terms.table.name)
          WHERE \(try universe())
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
        return Found(
            complete: try reader.count(0, 0), values: try reader.count(0, 1), rows: try reader.count(0, 2),
            surplus: try reader.count(0, 3))
    }
}
