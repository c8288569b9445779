/// What a step's statements did.
struct Effect {
    /// Rows written.
    var rows: Int64 = 0
    /// Of the rows written, how many lie outside the interval; nil where that is not known.
    var outside: Int64?
    /// Values of the interval column of rows that do.
    var examples: [String] = []
}
