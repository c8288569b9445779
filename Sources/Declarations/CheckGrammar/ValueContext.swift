/// Where a value stands, which decides what it may be.
enum ValueContext {
    /// Beside a number of rows: a number.
    case count
    /// Beside a number of rows that has a whole: a number or a percentage.
    case share
    /// Beside a metric of a column, or the result of a query: any value but a column or a percentage.
    case result
    /// Beside a column of the same row: any value but a percentage.
    case row
    /// Beside the length of a text: a number, or a column of the same row.
    case length

    var allowsPercent: Bool {
        switch self {
        case .share: true
        case .count, .result, .row, .length: false
        }
    }

    var allowsColumn: Bool {
        switch self {
        case .row, .length: true
        case .count, .share, .result: false
        }
    }

    var allowsOnlyNumbers: Bool {
        switch self {
        case .count, .share, .length: true
        case .result, .row: false
        }
    }
}
