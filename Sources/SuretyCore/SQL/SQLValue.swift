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
}
