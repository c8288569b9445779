import SuretyCore

/// Rows of a table whose value another table does not have.
struct Orphans {
    let table: AssetName
    /// The rows that are looked at; their value is not NULL.
    let rows: Fragment
    let value: Fragment
    /// The other table, and the column that has the values.
    let target: AssetName
    let key: Fragment

    /// Of more rows examples are shown, and their number is counted apart.
    static let most: Int64 = 10_000

    /// How many there are.
    var count: Fragment { "SELECT count(*) FROM \(found([], as: []))" }

    /// How many there are, counted up to one more than `most`; then, behind a mark, up to five of them. One pass, in which
    /// no more rows than that are kept.
    func question(showing names: [String]) -> Question {
        guard !names.isEmpty else { return .own(count) }
        let places: [Fragment] = names.indices.map { "\(unchecked: "c\($0)")" }
        let list: Fragment = .joined(places, by: ", ")
        let shown: Fragment = """
            WITH surety_few AS MATERIALIZED (SELECT \(list) FROM \(found(names, as: places)) ORDER BY \(list)
              LIMIT \(unchecked: String(Self.most + 1)))
            SELECT n, e.*
            FROM (SELECT count(*) AS n FROM surety_few) AS c
            LEFT JOIN (SELECT true, \(list) FROM surety_few ORDER BY \(list) LIMIT 5) AS e ON true
            ORDER BY \(list)
            """
        return .showing(shown, without: count)
    }

    /// The rows with some of their columns. OFFSET keeps PostgreSQL from looking them up one by one in the hope of finding
    /// the first ones soon.
    private func found(_ names: [String], as places: [Fragment]) -> Fragment {
        let own = zip(names, places).map { "\(identifier: $0) AS \($1)" as Fragment }
        return """
            (SELECT \(.joined(places, by: ", "))
              FROM (SELECT \(.joined(["\(value) AS v"] + own, by: ", ")) FROM \(table: table) WHERE \(rows)) AS s
              WHERE NOT EXISTS (SELECT FROM \(table: target) AS r WHERE r.\(key) = s.v) OFFSET 0) AS o
            """
    }
}
