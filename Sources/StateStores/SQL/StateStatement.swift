import Engine

/// One change of a derived table, with placeholders `$1`, `$2`, ….
struct StateStatement: Sendable {
    /// The text.
    let sql: String
    /// The values, the first for `$1`.
    let values: [StateValue]
    /// What is thrown unless exactly one row changed; nil: any number may.
    let unlessOne: PortFailure?

    /// A change that throws `failure` unless it changed exactly one row.
    init(_ sql: String, _ values: [StateValue], unlessOne failure: PortFailure? = nil) {
        self.sql = sql
        self.values = values
        self.unlessOne = failure
    }
}
