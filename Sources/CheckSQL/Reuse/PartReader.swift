import SuretyCore

/// Answers questions about all rows of a table from its parts, of which only those are read that changed.
struct PartReader {
    private let rule: PartRule
    private let keeper: any TableKeeper
    /// The questions, and the columns that they share.
    private let questions: [Question]
    private let columns: [Merge.Column]
    private let keys: [String]
    private let now: Instant

    /// Of more parts nothing is kept.
    private static let most = 20_000

    /// What came out.
    struct Outcome {
        var replies: [Question: Reply] = [:]
        /// How much was not read, in words; nil where all was read.
        var reuse: String?
        /// What was kept otherwise than it is, in words.
        var mistake: String?
    }

    /// Nil where no question can be answered from parts.
    init?(_ asked: [Question], _ terms: Terms, _ keeper: (any TableKeeper)?) {
        guard let keeper, let rule = PartRule(terms) else { return nil }
        var columns: [Merge.Column] = []
        var questions: [Question] = []
        for question in asked {
            guard case .aggregates(terms.table.name, nil, let select) = question.form else { continue }
            let merges = select.compactMap(\.merge)
            guard merges.count == select.count, !questions.contains(question) else { continue }
            questions.append(question)
            for column in merges.flatMap(\.columns) where !columns.contains(column) { columns.append(column) }
        }
        guard !questions.isEmpty else { return nil }
        self.rule = rule
        self.keeper = keeper
        self.questions = questions
        self.columns = columns
        keys = columns.map { $0.sql.query(for: .postgres).key }
        now = terms.context.now
    }

    /// The replies to those questions that can be answered; the others have to be asked as if nothing were kept.
    func replies(_ asking: inout Asking<some CheckSession>) throws(QueryFailure) -> Outcome {
        guard let recalled = try keeper.recallParts() else { return try readAll(nil, &asking) }
        if keeper.trusts(recalled.kept.readAt, at: now), let outcome = try readChanged(recalled, &asking) {
            return outcome
        }
        return try readAll(recalled, &asking)
    }

    private func readAll(
        _ recalled: RecalledParts?, _ asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) -> Outcome {
        let reply = try asking.reply(to: rule.query(columns.map(\.sql), days: nil))
        guard case .success(let answer) = reply.outcome, let parts = try? rule.parts(answer, days: nil) else {
            return Outcome()
        }
        if parts.count <= Self.most {
            keeper.keep(KeptParts(rule: rule.name, columns: keys, parts: parts, readAt: now, keptAt: now))
        }
        var outcome = outcome(parts, nil, reply.milliseconds)
        outcome.mistake = recalled.flatMap { mistake(in: $0, read: parts) }
        return outcome
    }

    /// The replies after reading only what changed; nil where that is not enough.
    private func readChanged(
        _ recalled: RecalledParts, _ asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) -> Outcome? {
        guard let known = KnownParts(recalled, rule, keys, today: rule.terms.today) else { return nil }
        guard !known.changed.isEmpty else {
            // What may not be read any more is not told either.
            guard try asking.refusal(of: rule.query(columns.map(\.sql), days: nil)) == nil else { return nil }
            let hidden = rule.terms.asset.privateColumns
            if let less = recalled.kept.without({ !keys.contains($0) && $0.isKey(about: hidden) }) {
                keeper.keep(less)
            }
            return outcome(known.parts, known, 0)
        }
        let reply = try asking.reply(to: rule.query(columns.map(\.sql), days: known.changed))
        guard case .success(let answer) = reply.outcome,
            let read = try? rule.parts(answer, days: known.changed),
            known.explains(read.reduce(0) { $0 + $1.rows })
        else { return nil }
        let parts = known.parts + read
        keeper.keep(
            KeptParts(
                rule: rule.name, columns: keys, parts: parts, readAt: recalled.kept.readAt, keptAt: now))
        return outcome(parts, known, reply.milliseconds)
    }

    private func outcome(_ parts: [KeptParts.Part], _ known: KnownParts?, _ milliseconds: Double) -> Outcome {
        var outcome = Outcome(reuse: known?.words(of: parts.count))
        var whole: [Merge.Column: String?] = [:]
        do throws(Misfit) {
            for (place, column) in columns.enumerated() {
                var merged: String?
                for part in parts { merged = try column.rule.merged(merged, part.values[place]) }
                // Nothing is counted of no rows.
                if merged == nil, column.isCount { merged = "0" }
                whole[column] = merged
            }
            for question in questions {
                guard case .aggregates(_, _, let select) = question.form else { continue }
                var row: [String?] = []
                for merge in select.compactMap(\.merge) {
                    guard case .known(let text) = try merge.value(merge.columns.map { whole[$0] ?? nil })
                    else {
                        break
                    }
                    row.append(text)
                }
                guard row.count == select.count else { continue }
                outcome.replies[question] = Reply(outcome: .success([row]), milliseconds: milliseconds)
            }
        } catch {
            return Outcome()
        }
        return outcome
    }

    /// What is said of a part that was kept otherwise than it was read now, though nothing told that it changed.
    private func mistake(in recalled: RecalledParts, read: [KeptParts.Part]) -> String? {
        guard let known = KnownParts(recalled, rule, keys, today: rule.terms.today),
            known.explains(read.filter { known.isChanged($0) }.reduce(0) { $0 + $1.rows })
        else { return nil }
        let now = Dictionary(read.map { ($0.day, $0.values) }) { first, _ in first }
        guard let part = known.parts.first(where: { now[$0.day] != $0.values }) else { return nil }
        let day = part.day.map { CivilDate(dayNumber: $0).description } ?? "no day"
        return
            "rows of \(day) are others than at \(known.at), though \(known.witness.words); all were read again"
    }
}

extension Merge.Column {
    /// Whether it counts rows, so that it is 0 where there are none.
    fileprivate var isCount: Bool {
        guard case .text(let text)? = sql.parts.first else { return false }
        return text.wrappedValue.hasPrefix("count(")
    }
}
