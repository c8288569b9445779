import SuretyCore

/// The values on both sides of a place among ordered values, exact: what percentiles are interpolated between.
///
/// Percentiles of the same values are found in one sort.
struct NearestValues: Hashable {
    let table: AssetName
    let rows: Fragment?
    /// What is ordered; where it is NULL there is nothing.
    let value: Fragment
    /// How many decimal places the values were moved to the left, to be ordered as whole numbers.
    var scale = 0
    /// How many values there are; nil: they have to be counted.
    var count: Int64?

    /// The same of so many values.
    func of(_ count: Int64) -> NearestValues {
        var values = self
        values.count = count
        return values
    }

    private var condition: Fragment { rows.map { " WHERE \($0)" } ?? "" }

    /// The query that gives, in one row, how many values there are and two for each percentile; no row of no values.
    func query(_ percents: [Int]) -> Fragment {
        let shift: Fragment = scale == 0 ? "" : " * 0.\(unchecked: String(repeating: "0", count: scale - 1))1"
        let values: Fragment = .joined(
            (1...2 * percents.count).map { "v[\(unchecked: String($0))]\(shift)" }, by: ", ")
        if let count { return query(percents, count, values) }
        let places: [Fragment] = percents.flatMap { percent in
            [0, 99].map { rest in
                let place = "1 + (\(percent) * (n - 1) + \(rest)) / 100"
                // In the middle of a place, so that no rounding makes it another.
                return "((\(unchecked: place) - 0.5) / n)::double precision"
            }
        }
        return """
            SELECT n, \(values)
            FROM (SELECT n, percentile_disc(ARRAY[\(.joined(places, by: ", "))]) WITHIN GROUP (ORDER BY v) AS v
              FROM (SELECT \(value) AS v FROM \(table: table)\(condition)) AS f,
                (SELECT count(*) AS n FROM \(table: table)\(condition)) AS c
              GROUP BY n) AS o
            """
    }

    /// The same of so many values, without counting them.
    private func query(_ percents: [Int], _ count: Int64, _ values: Fragment) -> Fragment {
        let places = percents.flatMap { percent in
            [0, 99].map { rest in
                let place = 1 + (Int64(percent) * (count - 1) + Int64(rest)) / 100
                return "((\(place) - 0.5) / \(count))::double precision"
            }
        }
        return """
            SELECT \(unchecked: String(count)), \(values)
            FROM (SELECT percentile_disc(ARRAY[\(unchecked: places.joined(separator: ", "))])
                WITHIN GROUP (ORDER BY \(value)) AS v
              FROM \(table: table)\(condition)) AS o
            """
    }

    /// The part of an answer that is about one of the percentiles.
    static func part(_ index: Int, of answer: Answer) -> Answer {
        answer.map { row in [row[0]] + row[(1 + 2 * index)..<(3 + 2 * index)] }
    }
}
