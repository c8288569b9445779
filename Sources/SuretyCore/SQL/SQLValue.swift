/// A value that is bound as a typed parameter, never pasted.
public enum SQLValue: Hashable, Codable, Sendable {
    /// NULL, as text.
    case null
    /// `text`.
    case text(String)
    /// `bigint`.
    case integer(Int64)
    /// `numeric`, by its decimal digits.
    case decimal(String)
    /// `boolean`.
    case boolean(Bool)
    /// `date`.
    case date(CivilDate)
    /// `timestamptz`.
    case instant(Instant)
    /// `timestamp`, a wall time.
    case civil(CivilDateTime)

    /// Whether both are bound alike: texts byte by byte.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.text(let one), .text(let other)), (.decimal(let one), .decimal(let other)):
            one.isExactly(other)
        case (.integer(let one), .integer(let other)): one == other
        case (.boolean(let one), .boolean(let other)): one == other
        case (.date(let one), .date(let other)): one == other
        case (.instant(let one), .instant(let other)): one == other
        case (.civil(let one), .civil(let other)): one == other
        case (.null, _), (.text, _), (.decimal, _), (.integer, _), (.boolean, _), (.date, _), (.instant, _),
            (.civil, _):
            false
        }
    }
}
