/// One due time of a promise, and what it owes.
///
/// It owes every interval that ends after the boundary of the occurrence before it, up to its own.
public struct Occurrence: Hashable, Sendable {
    /// What tells occurrences apart.
    public struct Key: Hashable, Comparable, Sendable {
        /// The promise.
        public let promise: PromiseID
        /// The nominal deadline.
        public let deadline: Instant

        /// The occurrence of a promise that is nominally due at an instant.
        public init(promise: PromiseID, deadline: Instant) {
            self.promise = promise
            self.deadline = deadline
        }

        /// Orders by deadline, then by promise.
        public static func < (left: Self, right: Self) -> Bool {
            (left.deadline, left.promise) < (right.deadline, right.promise)
        }
    }

    /// The promise.
    public let promise: PromiseID
    /// The nominal deadline.
    public let deadline: Instant
    /// The instant up to which the data must be complete: the end of the `through` interval.
    public let boundary: Instant
    /// The boundary of the occurrence before.
    public let previousBoundary: Instant
    /// The intervals that it owes, ascending, of each asset that has any.
    public let cover: [AssetName: [DataInterval]]
    /// The assets that it owes as a whole, in order of name.
    public let wholeTables: [AssetName]
    /// The instant at which the last owed interval has ended: from then on all that it owes can be complete.
    public let closesAt: Instant

    /// An occurrence that owes a cover; only an `OccurrenceCalendar` makes them.
    init(
        promise: PromiseID, deadline: Instant, boundary: Instant, previousBoundary: Instant,
        cover: [AssetName: [DataInterval]], wholeTables: [AssetName]
    ) {
        self.promise = promise
        self.deadline = deadline
        self.boundary = boundary
        self.previousBoundary = previousBoundary
        self.cover = cover
        self.wholeTables = wholeTables
        closesAt = cover.values.compactMap { $0.last?.end }.max() ?? boundary
    }

    /// What tells it apart.
    public var key: Key { Key(promise: promise, deadline: deadline) }

    /// Everything that it owes, by asset in order of name and then by time.
    public var owed: [(asset: AssetName, slice: Slice)] {
        let names = Set(cover.keys).union(wholeTables).sorted()
        return names.flatMap { name in
            (cover[name]?.map(Slice.interval) ?? [.whole]).map { (name, $0) }
        }
    }

    /// The interval that it owes last; nil when it only owes whole tables.
    public var lastInterval: DataInterval? {
        cover.values.compactMap(\.last).max { ($0.end, $0.start) < ($1.end, $1.start) }
    }

    /// Whether it owes nothing at all.
    public var isEmpty: Bool { cover.isEmpty && wholeTables.isEmpty }

    /// The slices of one asset that it owes, ascending; none if it is no asset of the promise.
    public func slices(of asset: AssetName) -> [Slice] {
        if let intervals = cover[asset] { return intervals.map(Slice.interval) }
        return wholeTables.contains(asset) ? [.whole] : []
    }

    /// Whether the last owed interval has ended.
    public func hasClosed(at now: Instant) -> Bool { closesAt <= now }
}
