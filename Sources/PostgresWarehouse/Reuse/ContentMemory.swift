import Engine
import SuretyCore
import Synchronization

/// What slices of tables held when they were last read, and how to tell whether they still do.
final class ContentMemory: Sendable {
    /// What one asset's slices held.
    struct Entry: Sendable {
        /// How the table was before they were read.
        var mark: TableMark
        /// The interval by which rows fell into them.
        var rule: IntervalRule?
        var content: [Slice: ContentMark]
    }

    private let entries = Mutex<[AssetName: Entry]>([:])

    func entry(of asset: Asset) -> Entry? {
        entries.withLock { $0[asset.name] }.flatMap { $0.rule == asset.interval ? $0 : nil }
    }

    func remember(_ entry: Entry, of asset: AssetName) {
        entries.withLock { $0[asset] = entry }
    }
}
