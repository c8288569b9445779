/// What tells, beside the rows themselves, whether the rows of a table are still those of another look.
public struct TableMark: Hashable, Codable, Sendable {
    /// When the look was, by the server's clock.
    public var at: Instant
    /// PostgreSQL's system identifier, timeline and version.
    public var server: String
    /// The table and all parts that hold rows of it, with the files that they are in.
    public var relations: String
    /// Its columns with their types, and what their values are made of.
    public var shape: String
    /// The snapshot of the look.
    public var snapshot: String
    /// What the server has counted; nil where it does not count all changes of such a table.
    public var counters: Counters?
    /// The triggers that note every change, as they were made; nil where there are none, or changes that they do not see.
    public var guardians: String?

    /// Rows inserted, updated and deleted since the server began to count.
    public struct Counters: Hashable, Codable, Sendable {
        /// Rows inserted, those of transactions that were rolled back too.
        public var inserted: Int64
        /// Rows updated.
        public var updated: Int64
        /// Rows deleted.
        public var deleted: Int64
        /// When the server began to count.
        public var epoch: String
        /// Whether all that was committed before the look is counted.
        public var isSettled: Bool

        /// What was counted.
        public init(inserted: Int64, updated: Int64, deleted: Int64, epoch: String, isSettled: Bool) {
            self.inserted = inserted
            self.updated = updated
            self.deleted = deleted
            self.epoch = epoch
            self.isSettled = isSettled
        }
    }

    /// A mark.
    public init(
        at: Instant, server: String, relations: String, shape: String, snapshot: String,
        counters: Counters? = nil, guardians: String? = nil
    ) {
        self.at = at
        self.server = server
        self.relations = relations
        self.shape = shape
        self.snapshot = snapshot
        self.counters = counters
        self.guardians = guardians
    }
}

/// A transaction that changed rows of a guarded table, as the guard noted it.
public struct ChangeNote: Hashable, Sendable {
    /// The first and the last day that the interval column of changed rows had, before and after; nil: all rows may have
    /// changed, or there is no such column.
    public var days: ClosedRange<CivilDate>?

    /// A note.
    public init(days: ClosedRange<CivilDate>?) { self.days = days }
}

/// What became of a table's rows between two looks.
public enum TableChange: Hashable, Sendable {
    /// None changed.
    case none(by: Witness)
    /// So many were added, and none changed.
    case added(Int64, by: Witness)
    /// Only rows of these days changed, in ascending order.
    case days([ClosedRange<CivilDate>], by: Witness)
    /// Nobody knows, and why.
    case unknown(String)

    /// What tells it.
    public enum Witness: String, Hashable, Sendable {
        /// The server's counters of inserted, updated and deleted rows.
        case counters
        /// The triggers of `guard: trigger`.
        case guardians = "guard"
    }
}

extension TableMark {
    /// How long notes of changes are surely there: half as long as they are kept.
    public static let secondsOfNotes: Int64 = 7 * 86400

    /// What became of the rows since an earlier look.
    ///
    /// - Parameter notes: What the guard noted since; nil where it was not asked.
    public func change(since earlier: TableMark, notes: [ChangeNote]?) -> TableChange {
        guard server == earlier.server else { return .unknown("the warehouse is another one") }
        guard relations == earlier.relations else { return .unknown("the table was made anew") }
        guard shape.isExactly(earlier.shape) else { return .unknown("its columns changed") }
        if let notes, let guardians, guardians == earlier.guardians,
            at < earlier.at.adding(seconds: Self.secondsOfNotes)
        {
            guard !notes.isEmpty else {
                return hasCountedMore(than: earlier)
                    ? .unknown("its counters moved, and its guard noted nothing") : .none(by: .guardians)
            }
            var days: [ClosedRange<CivilDate>] = []
            for note in notes {
                guard let range = note.days else { return .unknown("its guard noted a change of any row") }
                days.append(range)
            }
            return .days(days.joined(), by: .guardians)
        }
        guard let counters, let before = earlier.counters else {
            return .unknown("changes of its rows are not counted")
        }
        guard counters.epoch == before.epoch else { return .unknown("its counters were reset") }
        guard counters.isSettled else { return .unknown("other sessions may have changes not counted yet") }
        guard counters.updated == before.updated, counters.deleted == before.deleted,
            before.inserted >= 0, counters.inserted >= before.inserted
        else { return .unknown("rows were updated or deleted") }
        let added = counters.inserted - before.inserted
        return added == 0 ? .none(by: .counters) : .added(added, by: .counters)
    }
}

extension TableMark {
    /// Whether the server surely counted changes since an earlier look, those that were rolled back included.
    private func hasCountedMore(than earlier: TableMark) -> Bool {
        guard let counters, let before = earlier.counters, counters.isSettled, counters.epoch == before.epoch
        else { return false }
        return (counters.inserted, counters.updated, counters.deleted)
            != (before.inserted, before.updated, before.deleted)
    }
}

extension [ClosedRange<CivilDate>] {
    /// The same days in ranges that neither overlap nor touch, ascending.
    fileprivate func joined() -> Self {
        sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { ranges, range in
            if let last = ranges.last, range.lowerBound <= last.upperBound.adding(days: 1) {
                ranges[ranges.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
    }
}
