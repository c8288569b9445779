/// An input of an asset, and which of its intervals.
public struct Need: Hashable, Sendable {
    /// Which intervals of the input.
    public enum Reach: Hashable, Sendable {
        /// Every interval that overlaps mine; of a whole-table input: its certificate, not older than `within`.
        case overlapping(within: Period?)
        /// The newest certified interval that ends at or before my end, not further back than `within`.
        case latest(within: Period?)
        /// All intervals that overlap the period before my end.
        case last(Period)
    }

    /// The input.
    public let asset: AssetName
    /// Which of its intervals.
    public let reach: Reach

    /// An input with a reach.
    public init(_ asset: AssetName, _ reach: Reach = .overlapping(within: nil)) {
        self.asset = asset
        self.reach = reach
    }
}
