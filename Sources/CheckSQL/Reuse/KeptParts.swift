public import SuretyCore

/// Values of the parts of a table, each a calendar day of its interval column.
public struct KeptParts: Hashable, Codable, Sendable {
    /// How rows fall into days: the column and the zone.
    public var rule: String
    /// What the values are, in SQL.
    public var columns: [String]
    /// The parts that have rows; together all rows of the table.
    public var parts: [Part]
    /// When all of them were read at once.
    public var readAt: Instant
    /// When they were as they are here.
    public var keptAt: Instant

    /// One part.
    public struct Part: Hashable, Codable, Sendable {
        /// The day, counted from 1970-01-01; nil for rows without one.
        public var day: Int?
        /// How many rows there are.
        public var rows: Int64
        /// The values, NULL being nil.
        public var values: [String?]

        /// A part.
        public init(day: Int?, rows: Int64, values: [String?]) {
            self.day = day
            self.rows = rows
            self.values = values
        }
    }

    /// Whether each part has a value for each column, and as many rows as a table can have.
    public var isWhole: Bool {
        parts.allSatisfy { $0.values.count == columns.count && (0..<1 << 48).contains($0.rows) }
    }

    /// The same without some columns; nil where there are none of these.
    func without(_ isUnwanted: (String) -> Bool) -> KeptParts? {
        let places = columns.indices.filter { !isUnwanted(columns[$0]) }
        guard places.count < columns.count else { return nil }
        var less = self
        less.columns = places.map { columns[$0] }
        for index in parts.indices { less.parts[index].values = places.map { parts[index].values[$0] } }
        return less
    }

    /// Parts of a table.
    public init(rule: String, columns: [String], parts: [Part], readAt: Instant, keptAt: Instant) {
        self.rule = rule
        self.columns = columns
        self.parts = parts
        self.readAt = readAt
        self.keptAt = keptAt
    }
}

/// What was kept of a table, and what became of its rows since.
public struct RecalledParts: Sendable {
    /// What was kept.
    public var kept: KeptParts
    /// What became of the rows since.
    public var change: TableChange

    /// What was kept.
    public init(kept: KeptParts, change: TableChange) {
        self.kept = kept
        self.change = change
    }
}
