import CheckSQL
import Engine
import SuretyCore

/// Recalls and keeps what is known of one asset's table and slice, for one round of checks.
///
/// Used by one thread at a time.
final class RoundKeeper: TableKeeper {
    let readsAll: Bool
    private let asset: Asset
    private let slice: Slice
    private let now: Instant
    private let table: TableInfo
    /// The day of a row, in SQL; empty where rows have none.
    private let day: String
    /// How the table was before the round's snapshot; nil where nothing is to be kept.
    private let before: TableMark?
    private let questions: SnapshotSession
    private var looked: TableMarkQuery.Look??
    private var recalled: (entry: KeptAnswersTable.Entry, change: TableChange)??
    private var parts: KeptParts?
    private var answers: KeptAnswers?
    private var content: ContentMark?

    /// Smaller tables are read faster than anything is recalled of them.
    private static let smallest: Int64 = 1 << 20

    /// How the table of a round is; nil where nothing would tell whether its rows change.
    ///
    /// To be asked before the round's snapshot is taken, so that no change since that snapshot is missed.
    static func mark(
        of round: QuestionRound, in table: TableInfo, session: WarehouseSession
    ) throws(PortFailure) -> TableMark? {
        do throws(PortFailure) {
            guard try TableMarkQuery(session).size(of: table.name) >= smallest,
                let look = try TableMarkQuery(session).look(
                    at: table.name, day: day(of: round.asset, in: table)),
                look.mark.counters != nil || look.mark.guardians != nil
            else { return nil }
            return look.mark
        } catch {
            guard !error.isFatal else { throw error }
            return nil
        }
    }

    /// A keeper for questions that are asked in the round's snapshot.
    init(_ round: QuestionRound, in table: TableInfo, before: TableMark?, asking questions: SnapshotSession) {
        readsAll = round.readsAll
        asset = round.asset
        slice = round.slice
        now = round.context.now
        day = Self.day(of: round.asset, in: table)
        self.table = table
        self.before = before
        self.questions = questions
    }

    private static func day(of asset: Asset, in table: TableInfo) -> String {
        asset.interval.flatMap { IntervalDay.sql($0, in: table) } ?? ""
    }

    /// By what rows fall into slices; the bounds of a slice and the column's type are compared by themselves.
    private var rule: String { asset.interval.map { "\($0.column) \($0.cadence.zone.identifier)" } ?? "" }

    // MARK: - Recalling

    func recallParts() throws(QueryFailure) -> RecalledParts? {
        try guarded { session throws(PortFailure) in
            try lookBeforeKeeping(session)
            guard let entry = try KeptPartsTable(session).entry(of: asset.name) else { return nil }
            return RecalledParts(kept: entry.parts, change: try change(since: entry.mark, session))
        }
    }

    func recallAnswers() throws(QueryFailure) -> RecalledAnswers? {
        try guarded { session throws(PortFailure) in
            guard let (entry, change) = try recalled(session), let answers = entry.answers else { return nil }
            return RecalledAnswers(kept: answers, change: change)
        }
    }

    /// The slice's rows as they were counted and fingerprinted before, where they are surely the same; nil where they are
    /// to be read.
    func recallContent() throws(QueryFailure) -> ContentMark? {
        try guarded { session throws(PortFailure) in
            guard let (entry, change) = try recalled(session), let content = entry.content,
                content.rule.isExactly(rule), trusts(content.readAt, at: now)
            else { return nil }
            let isSame: Bool
            switch change {
            case .none: isSame = true
            case .days(let days, _): isSame = !slice.touches(days, in: asset.interval?.cadence.zone)
            case .added:
                // Where rows were only added, those of as many as before are the same.
                let counts = try ContentReader(session).content(
                    of: asset, in: table, slices: [slice], .nothing)
                isSame = counts[slice]?.rows == content.mark.rows
            case .unknown: isSame = false
            }
            return isSame ? content.mark : nil
        }
    }

    private func recalled(
        _ session: WarehouseSession
    ) throws(PortFailure) -> (entry: KeptAnswersTable.Entry, change: TableChange)? {
        if let recalled { return recalled }
        try lookBeforeKeeping(session)
        var found: (entry: KeptAnswersTable.Entry, change: TableChange)?
        if let entry = try KeptAnswersTable(session).entry(of: asset.name, slice) {
            found = (entry, try change(since: entry.mark, session))
        }
        recalled = .some(found)
        return found
    }

    private func change(
        since earlier: TableMark, _ session: WarehouseSession
    ) throws(PortFailure) -> TableChange {
        guard let look = try look(session) else { return .unknown("the table is not there") }
        let notes =
            look.mark.guardians == nil
            ? nil : try TableMarkQuery(session).notes(on: look.relations, since: earlier)
        return look.mark.change(since: earlier, notes: notes)
    }

    private func look(_ session: WarehouseSession) throws(PortFailure) -> TableMarkQuery.Look? {
        if let looked { return looked }
        let look = try TableMarkQuery(session).look(at: table.name, day: day)
        looked = .some(look)
        return look
    }

    /// What is kept after the round rests on a look within its snapshot too.
    private func lookBeforeKeeping(_ session: WarehouseSession) throws(PortFailure) {
        if before != nil { _ = try look(session) }
    }

    /// What a body finds out in a savepoint; nil where it cannot. Throws only what is fatal.
    private func guarded<Value>(
        _ body: (WarehouseSession) throws(PortFailure) -> Value?
    ) throws(QueryFailure) -> Value? {
        do throws(PortFailure) {
            return try questions.guarded { () throws(PortFailure) in try body(questions.session) }
        } catch {
            guard !error.isFatal else { throw QueryFailure(error) }
            return nil
        }
    }

    // MARK: - Keeping

    func keep(_ parts: KeptParts) { self.parts = parts }

    func keep(_ answers: KeptAnswers) { self.answers = answers }

    func keep(_ content: ContentMark) { self.content = content }

    /// What a round leaves to be kept.
    struct Kept: Sendable {
        let parts: KeptPartsTable.Entry?
        let answers: KeptAnswersTable.Entry?
    }

    /// What is to be kept after the round; nil where that is nothing.
    var kept: Kept? {
        guard let before, let now = looked??.mark, now.isOfSameTable(as: before) else { return nil }
        let parts = parts.map { KeptPartsTable.Entry(mark: before, parts: $0) }
        var entry: KeptAnswersTable.Entry?
        if answers != nil || content != nil {
            let content = content.map {
                KeptAnswersTable.Entry.Content(rule: rule, mark: $0, readAt: self.now)
            }
            entry = KeptAnswersTable.Entry(
                mark: before, answers: answers ?? known?.answers, content: content ?? known?.content)
        }
        return parts == nil && entry == nil ? nil : Kept(parts: parts, answers: entry)
    }

    /// What is kept already, where all of it still holds.
    private var known: KeptAnswersTable.Entry? {
        guard let recalled = recalled ?? nil, case .none = recalled.change else { return nil }
        return recalled.entry
    }
}

extension TableMark {
    /// Whether both are marks of one table whose columns are the same.
    fileprivate func isOfSameTable(as other: TableMark) -> Bool {
        (server, relations) == (other.server, other.relations) && shape.isExactly(other.shape)
    }
}
