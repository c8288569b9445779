import SuretyCore

/// What `surety_moments` gives: how many numbers, their sum, and the sum of their squares, all exact.
struct Moments {
    let count: Int64
    let sum: ExactNumber
    let squares: ExactNumber

    /// Nothing yet.
    init() {
        count = 0
        sum = .zero
        squares = .zero
    }

    private init(count: Int64, sum: ExactNumber, squares: ExactNumber) {
        self.count = count
        self.sum = sum
        self.squares = squares
    }

    /// Reads what `description` writes.
    init(_ text: String) throws(Misfit) {
        let parts = text.split(separator: " ")
        guard parts.count == 3, let count = Int64(parts[0]), let sum = ExactNumber(parts[1]),
            let squares = ExactNumber(parts[2])
        else { throw Misfit("the warehouse gave \(text) for sums", "22P02") }
        self.init(count: count, sum: sum, squares: squares)
    }

    /// The same with one number more.
    func adding(_ number: ExactNumber) -> Moments {
        Moments(count: count + 1, sum: sum + number, squares: squares + number * number)
    }

    var description: String { "\(count) \(sum) \(squares)" }

    /// The sum, the mean or the sample's standard deviation; nil if there are too few numbers.
    func measured(_ function: ValueFunction, _ kind: ColumnKind) -> Measured? {
        guard count > 0 else { return nil }
        let number = ExactNumber(count)
        switch function {
        case .sum: return .number(sum, text: print(sum, kind, places: sum.scale) { sum.rounded(to: $0) })
        case .avg:
            let text = print(sum, kind, places: sum.placesOfQuotient(by: number)) {
                sum.divided(by: number, places: $0)
            }
            return .quotient(sum, of: number, text: text)
        case .stddev:
            guard count > 1 else { return nil }
            let above = number * squares - sum * sum
            let below = number * ExactNumber(count - 1)
            let text = print(sum, kind, places: above.placesOfQuotient(by: below)) { places in
                above.divided(by: below, places: 2 * places + 10).squareRoot(places: places)
            }
            return .root(above, of: below, text: text)
        case .min, .max, .percentile: return nil
        }
    }

    /// With the declared scale, as PostgreSQL prints it without one, or as a floating-point number.
    private func print(
        _ number: ExactNumber, _ kind: ColumnKind, places: Int, _ rounded: (Int) -> ExactNumber
    ) -> String {
        switch kind {
        case .numeric(let scale?): return rounded(scale).description
        case .real, .double:
            let text = rounded(max(places, 20)).double.description
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        case .integer, .numeric, .untyped, .text, .boolean, .date, .timestamp, .timestamptz, .time, .length,
            .uuid, .other, .opaque:
            return rounded(places).description
        }
    }
}
