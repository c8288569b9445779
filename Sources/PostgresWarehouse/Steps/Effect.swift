import SuretyCore

/// What a step's statements did.
struct Effect {
    /// Rows written.
    var rows: Int64 = 0
    /// Of the rows written, how many lie outside the interval; nil where that is not known.
    var outside: Int64?
    /// Values of the interval column of rows that do.
    var examples: [String] = []
    /// The table that was written, where it cannot have changed since it was read.
    var table: TableInfo?
}

extension Effect {
    /// An effect by a row of counts: all, those outside, and two values of the latter.
    init(judged row: [String?]) {
        let counts = row.prefix(2).map { $0.flatMap { Int64($0) } ?? 0 }
        let values = row.dropFirst(2).prefix(2).compactMap { $0 }
        self.init(
            rows: counts.first ?? 0, outside: counts.last ?? 0,
            examples: values.first == values.last ? Array(values.prefix(1)) : values)
    }
}
