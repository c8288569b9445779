extension Certificate.Withdrawal {
    private static let movedWords = "after it was certified"
    private static let countedWords = "than were certified"
    private static let anewWords = "was made anew by someone else"
    private static let goneWords = "is not there any more"

    /// The words for a warehouse that is not the one in which something was certified.
    public static let anotherWarehouse = "the warehouse is another one than when it was certified"
    /// The words for a warehouse that was restored from an older state.
    public static let setBack = "the warehouse was set back to an earlier timeline"

    /// The words for rows that came, went or changed: `12 rows more than were certified`.
    public static func rowsMoved(from certified: ContentMark, to present: ContentMark) -> String {
        let difference = present.rows - certified.rows
        guard difference != 0 else { return "rows changed \(movedWords)" }
        let rows = abs(difference) == 1 ? "row" : "rows"
        return "\(abs(difference)) \(rows) \(difference > 0 ? "more" : "fewer") \(countedWords)"
    }

    /// The words for rows that came, went or changed, and that a stop check refuses as they are now.
    public static func rowsRefused(_ refusal: String) -> String { "rows changed \(movedWords): \(refusal)" }

    /// The words for a table that somebody else made anew.
    public static func madeAnew(_ asset: AssetName) -> String { "\(asset) \(anewWords)" }

    /// The words for a table that is gone.
    public static func gone(_ asset: AssetName) -> String { "\(asset) \(goneWords)" }

    /// Whether the table was gone: checked again once it is back, its rows may be certified again.
    public var isOfGoneTable: Bool { why.hasSuffix(Self.goneWords) }

    /// Whether Surety took back itself what it had certified, because a person asked for it.
    public var isUndone: Bool { why.hasPrefix("undone by run ") }

    /// Whether rows came, went or changed, or somebody made their table anew: checked again, they may be certified again.
    public var isOfMovedRows: Bool {
        why.hasSuffix(Self.countedWords) || why.hasSuffix(Self.anewWords)
            || why.contains("rows changed \(Self.movedWords)")
    }
}
