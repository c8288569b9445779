/// What one step of a plan is about: one slice of one asset.
public struct StepKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The asset.
    public let asset: AssetName
    /// The slice.
    public let slice: Slice

    /// A slice of an asset.
    public init(_ asset: AssetName, _ slice: Slice) {
        self.asset = asset
        self.slice = slice
    }

    /// `mart.revenue_daily 2026-11-19`, or the asset's name alone for the whole table.
    public var description: String { slice.label.map { "\(asset) \($0)" } ?? asset.description }

    /// Orders by slice, then by asset.
    public static func < (left: Self, right: Self) -> Bool {
        (left.slice, left.asset) < (right.slice, right.asset)
    }
}
