import Engine
import SuretyCore
import Synchronization

/// What slices of tables held when they were last read, and how to tell whether they still do.
final class ContentMemory: Sendable {
    /// What one asset's slices held.
    struct Entry: Sendable {
        /// How the table was before they were read.
        var mark: TableMark
        /// When the first of them was read, by the server's clock.
        var readAt: Instant
        /// The interval by which rows fell into them.
        var rule: IntervalRule?
        var content: [Slice: ContentMark]
    }

    private let entries = Mutex<[AssetName: Entry]>([:])

    /// Whatever nothing tells to have changed is read again after so long.
    private static let secondsOfTrust: Int64 = 3600

    /// What is known of an asset at an instant.
    func entry(of asset: Asset, at now: Instant) -> Entry? {
        let entry = entries.withLock { $0[asset.name] }
        guard let entry, entry.rule == asset.interval,
            now < entry.readAt.adding(seconds: Self.secondsOfTrust)
        else { return nil }
        return entry
    }

    /// Forgets what is known of an asset.
    func forget(_ asset: AssetName) { entries.withLock { $0[asset] = nil } }

    func remember(_ entry: Entry, of asset: AssetName) {
        entries.withLock { $0[asset] = entry }
    }
}
