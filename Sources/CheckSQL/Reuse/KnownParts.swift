import SuretyCore

/// What is known of a table without reading it.
struct KnownParts {
    /// The parts that did not change, with the values that are asked for.
    let parts: [KeptParts.Part]
    /// The days that may have changed.
    let changed: [ClosedRange<Int>]
    let witness: TableChange.Witness
    /// When they were as they are here, for people.
    let at: String
    /// How many rows the changed days have now, where that is known.
    private let rows: Int64?

    /// Nil where what was kept does not tell.
    init?(_ recalled: RecalledParts, _ rule: PartRule, _ keys: [String], today: CivilDate) {
        let kept = recalled.kept
        let places = keys.compactMap { key in kept.columns.firstIndex { $0.isExactly(key) } }
        guard kept.rule.isExactly(rule.name), places.count == keys.count else { return nil }
        var added: Int64?
        switch recalled.change {
        case .unknown: return nil
        case .none(let by): (changed, witness) = ([], by)
        case .days(let days, let by):
            (changed, witness) = (days.map { $0.lowerBound.dayNumber...$0.upperBound.dayNumber }, by)
        case .added(let rows, let by):
            // New rows are looked for from the newest day on that has rows and is not in the future.
            let days = kept.parts.compactMap(\.day).filter { $0 <= today.dayNumber }
            guard let last = days.max() else { return nil }
            (changed, witness, added) = ([last...PartRule.lastDay], by, rows)
        }
        let days = changed
        let again = kept.parts.filter { Self.isChanged($0, days) }
        let same = kept.parts.filter { !Self.isChanged($0, days) }
        parts = same.map { part in
            KeptParts.Part(day: part.day, rows: part.rows, values: places.map { part.values[$0] })
        }
        rows = added.map { again.reduce($0) { $0 + $1.rows } }
        at = rule.terms.zone.words(kept.keptAt)
    }

    /// Whether a part may have changed.
    func isChanged(_ part: KeptParts.Part) -> Bool { Self.isChanged(part, changed) }

    private static func isChanged(_ part: KeptParts.Part, _ days: [ClosedRange<Int>]) -> Bool {
        part.day.map { day in days.contains { $0.contains(day) } } ?? false
    }

    /// Whether so many rows in the changed days leave no change for the others.
    func explains(_ read: Int64) -> Bool { rows.map { $0 == read } ?? true }

    /// `180 of 181 days as they were at 2026-11-20 08:00 +00:00; the table's counters tell that they did not change`.
    func words(of count: Int) -> String {
        "\(parts.count) of \(count) days as they were at \(at); \(witness.words)"
    }
}

extension TableChange.Witness {
    /// What it tells, in words.
    var words: String {
        switch self {
        case .counters: "the table's counters tell that they did not change"
        case .guardians: "the table's guard tells that they did not change"
        }
    }
}
