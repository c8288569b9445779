import SuretyCore

/// The values on both sides of a place among ordered values, exact: what percentiles are interpolated between.
///
/// Percentiles of the same values are found in one sort.
struct NearestValues: Hashable {
    let table: AssetName
    let rows: Fragment
    /// What is ordered.
    let value: Fragment

    /// The query that gives, in one row, how many values there are and two for each percentile; no row of no values.
    func query(_ percents: [Int]) -> Fragment {
        let places: [Fragment] = percents.flatMap { percent in
            [0, 99].map { rest in
                let place = "1 + (\(percent) * (n - 1) + \(rest)) / 100"
                // In the middle of a place, so that no rounding makes it another.
                return "((\(unchecked: place) - 0.5) / n)::double precision"
            }
        }
        let values: Fragment = .joined(places.indices.map { "v[\(unchecked: String($0 + 1))]" }, by: ", ")
        return """
            SELECT n, \(values)
            FROM (SELECT n, percentile_disc(ARRAY[\(.joined(places, by: ", "))]) WITHIN GROUP (ORDER BY v) AS v
              FROM (SELECT \(value) AS v FROM \(table: table) WHERE \(rows)) AS f,
                (SELECT count(*) AS n FROM \(table: table) WHERE \(rows)) AS c
              GROUP BY n) AS o
            """
    }

    /// The part of an answer that is about one of the percentiles.
    static func part(_ index: Int, of answer: Answer) -> Answer {
        answer.map { row in [row[0]] + row[(1 + 2 * index)..<(3 + 2 * index)] }
    }
}
