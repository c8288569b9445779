public import SuretyCore

/// Finds the slices that a text such as `2026-11-19` or `2026-11-01..2026-11-19` means for a target.
public struct SliceFinder: Sendable {
    private let catalog: Catalog

    /// A finder over declared assets.
    public init(_ catalog: Catalog) { self.catalog = catalog }

    /// The target with a name: a promise's id, or an asset's name.
    public func target(_ name: String) -> RunTarget? {
        if let promise = catalog.promises[PromiseID(rawValue: name)] { return .promise(promise) }
        return AssetName(name).flatMap { catalog.assets[$0] }.map { .asset($0) }
    }

    /// The slices of each wanted asset; a whole table has just the one.
    public func slices(_ text: String, of assets: [AssetName]) throws(TimeSyntaxError) -> [AssetName: [Slice]]
    {
        var found: [AssetName: [Slice]] = [:]
        for name in assets {
            guard let asset = catalog.assets[name] else { continue }
            guard let rule = asset.interval else {
                found[name] = [.whole]
                continue
            }
            found[name] = try rule.cadence.intervals(labelled: text).map { .interval($0) }
        }
        return found
    }
}
