public import SuretyCore

/// What was found out about one slice of a table, kept between rounds.
public struct KeptAnswers: Hashable, Codable, Sendable {
    /// What wall times meant in the queries.
    public var zone: String
    /// Answers that follow from the slice's rows alone, by what was asked.
    public var ofSlice: [String: [[String?]]]
    /// Answers that follow from the rows of the whole table.
    public var ofTable: [String: [[String?]]]
    /// When the first of them was read.
    public var readAt: Instant
    /// When they were as they are here.
    public var keptAt: Instant

    /// Answers about a slice.
    public init(
        zone: String, ofSlice: [String: [[String?]]], ofTable: [String: [[String?]]], readAt: Instant,
        keptAt: Instant
    ) {
        self.zone = zone
        self.ofSlice = ofSlice
        self.ofTable = ofTable
        self.readAt = readAt
        self.keptAt = keptAt
    }
}

/// What was kept of a slice, and what became of the table's rows since.
public struct RecalledAnswers: Sendable {
    /// What was kept.
    public var kept: KeptAnswers
    /// What became of the rows since.
    public var change: TableChange

    /// What was kept.
    public init(kept: KeptAnswers, change: TableChange) {
        self.kept = kept
        self.change = change
    }
}
