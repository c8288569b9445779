import CheckSQL
import Engine
import SuretyCore

/// Recalls and keeps the parts of one asset's table, for one round of checks.
///
/// Used by one thread at a time.
final class RoundKeeper: PartKeeper {
    let readsAll: Bool
    private let asset: AssetName
    private let before: Before
    private let questions: SnapshotSession
    private var isSame = false
    private var parts: KeptParts?

    /// How the table of a round is before the round's snapshot is taken, so that no change since that snapshot is missed.
    struct Before: Sendable {
        let table: AssetName
        /// The day of a row, in SQL.
        let day: String
        let mark: TableMark
    }

    /// Smaller tables are read faster than anything is recalled of them.
    private static let smallest: Int64 = 1 << 20

    /// How the table of a round is; nil where nothing would tell whether its rows change, or they have no days.
    static func before(
        _ round: QuestionRound, in table: TableInfo, session: WarehouseSession
    ) throws(PortFailure) -> Before? {
        guard let rule = round.asset.interval else { return nil }
        do throws(PortFailure) {
            guard let day = IntervalDay.sql(rule, in: table),
                let look = try TableMarkQuery(session).look(at: table.name, day: day), look.size >= smallest,
                look.mark.counters != nil || look.mark.guardians != nil
            else { return nil }
            return Before(table: table.name, day: day, mark: look.mark)
        } catch {
            guard !error.isFatal else { throw error }
            return nil
        }
    }

    /// A keeper for questions that are asked in the round's snapshot.
    init(_ round: QuestionRound, _ before: Before, asking questions: SnapshotSession) {
        readsAll = round.readsAll
        asset = round.asset.name
        self.before = before
        self.questions = questions
    }

    func recall() throws(QueryFailure) -> RecalledParts? {
        do throws(PortFailure) {
            return try questions.guarded { () throws(PortFailure) in try recalled(in: questions.session) }
        } catch {
            guard !error.isFatal else { throw QueryFailure(error) }
            return nil
        }
    }

    private func recalled(in session: WarehouseSession) throws(PortFailure) -> RecalledParts? {
        let query = TableMarkQuery(session)
        guard let look = try query.look(at: before.table, day: before.day) else { return nil }
        let now = look.mark
        let mark = before.mark
        isSame =
            (now.server, now.relations) == (mark.server, mark.relations) && now.shape.isExactly(mark.shape)
        guard let entry = try KeptPartsTable(session).entry(of: asset) else { return nil }
        let notes = now.guardians == nil ? nil : try query.notes(on: look.relations, since: entry.mark)
        return RecalledParts(kept: entry.parts, change: now.change(since: entry.mark, notes: notes))
    }

    func keep(_ parts: KeptParts) { self.parts = parts }

    /// What is to be kept of the asset after the round.
    var entry: KeptPartsTable.Entry? {
        guard isSame, let parts else { return nil }
        return KeptPartsTable.Entry(mark: before.mark, parts: parts)
    }
}
