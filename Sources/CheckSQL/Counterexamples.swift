import SuretyCore

/// Shows of failed checks which rows break them and what those have in common; of rules about single rows in one scan.
struct Counterexamples {
    let terms: Terms

    /// The most rows that are read at once; of rules that more rows break only examples are asked for.
    private static let most: Int64 = 10_000

    /// A failed check, and its rows.
    struct Failed {
        /// Where it stands among the checks of the round.
        let index: Int
        let count: Int64
        let rows: BrokenRows
        /// The columns that name an example; none where nothing may be shown.
        let columns: [String]
    }

    /// Failed checks whose rows are read together: those of the same scope and columns, not too many rows.
    static func groups(_ failed: [Failed]) -> [[Failed]] {
        var groups: [[Failed]] = []
        for one in failed where one.count <= most {
            let place = groups.firstIndex { group in
                group[0].rows.scope == one.rows.scope
                    && group[0].columns.elementsEqual(one.columns) { $0.isExactly($1) }
                    && group.reduce(one.count) { $0 + $1.count } <= most
            }
            if let place { groups[place].append(one) } else { groups.append([one]) }
        }
        return groups
    }

    /// Reads the rows of a group and notes for each check up to five of them and what all have in common.
    ///
    /// - Returns: Whether they could be read.
    func explain(
        _ group: [Failed], _ results: inout [CheckResult], on asking: inout Asking<some CheckSession>
    ) throws(QueryFailure) -> Bool {
        let common = CommonValue(terms)
        let columns = group[0].columns
        guard case .success(let rows) = try asking.reply(to: query(group, columns, common)).outcome else {
            return false
        }
        for (place, one) in group.enumerated() {
            let own = rows.filter { $0[place] != nil }.map { $0.dropFirst(group.count) }
            results[one.index].samples = Self.examples(own, columns)
            let found = try common.narrowest(
                of: own.map { $0.dropFirst(columns.count) }, in: one.rows.scope, on: &asking)
            if let found { results[one.index].slice = common.words(found, count: one.count) }
        }
        return true
    }

    /// Up to five rows by the names of their columns; none where no column may be shown.
    static func examples(_ rows: [some Sequence<String?>], _ columns: [String]) -> [[String: String?]] {
        columns.isEmpty ? [] : rows.prefix(5).map { Dictionary(zip(columns, $0)) { first, _ in first } }
    }

    /// Each row that breaks one of the rules: which of them, its examples' columns, and what it may have in common.
    private func query(_ group: [Failed], _ columns: [String], _ common: CommonValue) -> Fragment {
        let table: Fragment = "\(table: terms.table.name)"
        let flags = group.map { "CASE WHEN \($0.rows.condition) THEN 1 END" as Fragment }
        let names = columns.map { "\(table).\(identifier: $0)" as Fragment }
        let any: Fragment = "(\(.joined(group.map { "(\($0.rows.condition))" }, by: " OR ")))"
        let order: Fragment = names.isEmpty ? "" : "\nORDER BY \(.joined(names, by: ", "))"
        return """
            SELECT \(.joined(flags + names + common.values, by: ",\n  "))
            FROM \(table)
            WHERE \(.all([group[0].rows.scope, any]))\(order)
            """
    }
}
