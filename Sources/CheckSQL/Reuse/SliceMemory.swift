import SuretyCore

/// Answers about a slice that need no asking, because the rows from which they follow did not change.
struct SliceMemory {
    private let terms: Terms
    private let keeper: (any TableKeeper)?
    private let recalled: RecalledAnswers?
    /// What of the table did not change, and what tells it; nil where nobody knows.
    private let same: (basis: Basis, by: TableChange.Witness)?
    /// Asks how many rows the slice has; nil for a whole table.
    private let rows: Question?

    /// What is kept of the slice. Throws only what is fatal.
    init(
        _ keeper: (any TableKeeper)?, _ terms: Terms, _ asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) {
        self.terms = terms
        self.keeper = keeper
        rows = try? terms.condition(.interval).map {
            .aggregates(of: terms.table.name, rows: $0, [.count([])])
        }
        let now = terms.context.now
        guard let recalled = try keeper?.recallAnswers(), recalled.kept.zone.isExactly(terms.zone.identifier),
            recalled.kept.keptAt <= now
        else {
            self.recalled = nil
            same = nil
            return
        }
        self.recalled = recalled
        switch recalled.change {
        case .unknown: same = nil
        case .none(let by): same = (.table, by)
        case .days(let days, let by): same = terms.slice.touches(days, in: terms.zone) ? nil : (.slice, by)
        case .added(_, let by):
            // Where rows were only added, those of as many as before are the same.
            guard let rows, let before = recalled.kept.ofSlice[terms.key(of: rows)],
                case .success(let answer) = try asking.answers(to: [[rows]])[0][0].outcome
            else {
                same = nil
                return
            }
            same = answer == before ? (.slice, by) : nil
        }
    }

    /// How many rows the slice has, asked beside checks of them, so that it can be told later whether some were added.
    func beside(_ plans: [Plan], known: [Question: Reply]) -> [Question] {
        guard keeper != nil, let rows,
            plans.contains(where: { $0.basis == .slice && $0.questions.contains { known[$0] == nil } })
        else { return [] }
        return [rows]
    }

    /// The replies to those questions of each plan that need no asking. What the database would not answer now is asked, so
    /// that it says why. Throws only what is fatal.
    func replies(
        to questions: [[Question]], of plans: [Plan], _ asking: Asking<some CheckSession>
    ) throws(QueryFailure) -> [Question: Reply] {
        let replies = known(questions, plans)
        guard !replies.isEmpty else { return [:] }
        let accepted = Set(try asking.accepted(questions.flatMap(\.self).filter { replies[$0] != nil }))
        return replies.filter { accepted.contains($0.key) }
    }

    private func known(_ questions: [[Question]], _ plans: [Plan]) -> [Question: Reply] {
        guard let keeper, let recalled, keeper.trusts(recalled.kept.readAt, at: terms.context.now) else {
            return [:]
        }
        var replies: [Question: Reply] = [:]
        for (questions, plan) in zip(questions, plans) {
            for question in questions {
                guard let answer = known(question, plan.basis) else { continue }
                replies[question] = Reply(outcome: .success(answer), milliseconds: 0)
            }
        }
        return replies
    }

    /// How an answer was known, for people.
    var words: String? {
        guard let recalled, let same else { return nil }
        return "rows as they were at \(terms.zone.words(recalled.kept.keptAt)); \(same.by.words)"
    }

    /// What is said where rows are others than was kept, though nothing told.
    private var reproach: String? {
        guard let recalled, let same else { return nil }
        let at = terms.zone.words(recalled.kept.keptAt)
        return "rows are others than at \(at), though \(same.by.words); all were read again"
    }

    /// Keeps what was asked for each plan, whether it was read or known, beside what was kept and still holds.
    ///
    /// - Parameter known: What was known; all else was read.
    /// - Returns: For each plan what is said of an answer that was kept otherwise than it was read now, though nothing told
    ///   that rows changed.
    func keep(_ asked: [[(Question, Reply)]], of bases: [Basis], known: [Question: Reply]) -> [String?] {
        guard let keeper else { return bases.map { _ in nil } }
        var kept = holding
        var isNew = false
        var mistakes: [String?] = []
        for (replies, basis) in zip(asked, bases) {
            var isMistaken = false
            for (question, reply) in replies where basis != .elsewhere {
                guard case .success(let answer) = reply.outcome else { continue }
                let before = self.known(question, basis)
                if known[question] == nil {
                    if let before, before != answer { isMistaken = true }
                    isNew = true
                } else if before == nil {
                    // What follows from parts is kept with them.
                    continue
                }
                let key = terms.key(of: question)
                if basis == .slice { kept.ofSlice[key] = answer } else { kept.ofTable[key] = answer }
            }
            mistakes.append(isMistaken ? reproach : nil)
        }
        if isNew || isLess(kept) { keeper.keep(kept) }
        return mistakes
    }

    /// What was kept and holds, but for what is about columns that are private now.
    private var holding: KeptAnswers {
        let now = terms.context.now
        var kept = KeptAnswers(
            zone: terms.zone.identifier, ofSlice: [:], ofTable: [:], readAt: now, keptAt: now)
        guard let keeper, let recalled, let same, keeper.trusts(recalled.kept.readAt, at: now) else {
            return kept
        }
        let hidden = terms.asset.privateColumns
        kept.readAt = recalled.kept.readAt
        kept.ofSlice = recalled.kept.ofSlice.filter { !$0.key.isKey(about: hidden) }
        if same.basis == .table {
            kept.ofTable = recalled.kept.ofTable.filter { !$0.key.isKey(about: hidden) }
        }
        return kept
    }

    /// Whether something is left out of what is kept already.
    private func isLess(_ kept: KeptAnswers) -> Bool {
        guard let recalled, same?.basis == .table else { return false }
        return !Set(recalled.kept.ofSlice.keys).isSubset(of: kept.ofSlice.keys)
            || !Set(recalled.kept.ofTable.keys).isSubset(of: kept.ofTable.keys)
    }

    /// The answer to a question as it was, where the rows from which it follows are the same.
    private func known(_ question: Question, _ basis: Basis) -> Answer? {
        guard let recalled, let same else { return nil }
        let answer: Answer?
        switch (basis, same.basis) {
        case (.slice, _): answer = recalled.kept.ofSlice[terms.key(of: question)]
        case (.table, .table): answer = recalled.kept.ofTable[terms.key(of: question)]
        default: answer = nil
        }
        return answer.flatMap { question.stillHolds($0) ? $0 : nil }
    }
}

extension Terms {
    /// Under what the answer to a question is kept: what is asked, with all values in it, whatever the moment is where that
    /// makes no difference.
    fileprivate func key(of question: Question) -> String {
        let query: Fragment
        switch question.form {
        case .aggregates(let table, let rows, let select):
            query = Question.scan(table, rows, select.map { $0.greatest.map { "later: \($0)" } ?? $0.sql })
        case .nearest(let values, let percent): query = values.query([percent])
        case .own(let sql), .showing(let sql, _): query = sql
        }
        return query.query(for: dialect).key
    }
}

extension Question {
    /// Whether an answer of before holds of the same rows now: how many values are later than a moment only where none was.
    fileprivate func stillHolds(_ answer: Answer) -> Bool {
        guard case .aggregates(_, _, let select) = form, select.contains(where: { $0.greatest != nil }) else {
            return true
        }
        return zip(select, answer.first ?? []).allSatisfy { $0.greatest == nil || $1 == "0" }
    }
}

extension Aggregate {
    /// Of what it counts values later than a moment that moves on; nil where it does not.
    fileprivate var greatest: Fragment? {
        guard case .noneAbove? = merge?.outcome else { return nil }
        return merge?.columns.first?.sql
    }
}
