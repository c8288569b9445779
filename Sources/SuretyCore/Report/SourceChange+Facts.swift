extension WeeklyReport.SourceChange {
    /// How the columns of sources changed in the week, what nobody handled first.
    ///
    /// Changes between two certificates of a source, and those that kept it from being certified.
    static func all(_ facts: ReportFacts) -> [Self] {
        let changes = certified(facts) + refused(facts)
        return changes.sorted {
            ($0.handledBy == nil ? 0 : 1, $0.observedAt, $0.source, $0.detail)
                < ($1.handledBy == nil ? 0 : 1, $1.observedAt, $1.source, $1.detail)
        }
    }

    private static func certified(_ facts: ReportFacts) -> [Self] {
        Dictionary(grouping: facts.sources, by: \.asset).sorted { $0.key < $1.key }.flatMap { asset, all in
            zip(all, all.dropFirst()).flatMap { before, after -> [Self] in
                guard facts.isInWeek(after.certifiedAt) else { return [] }
                let handler =
                    before.definition == after.definition
                    ? acceptance(of: asset, since: before.certifiedAt, facts)
                    : "its declaration was changed"
                return differences(before.columns, after.columns).map { kind, detail in
                    Self(
                        source: asset, kind: kind, detail: detail, observedAt: after.certifiedAt,
                        handledBy: handler)
                }
            }
        }
    }

    /// What checks of columns said of sources.
    private static func refused(_ facts: ReportFacts) -> [Self] {
        facts.incidents.filter { incident in
            facts.isInWeek(incident.openedAt) && incident.root.causeClass == .schema
                && facts.catalog.assets[incident.root.asset]?.isInflow == true
        }.map { incident in
            let words = incident.cause.message
            let kind: Kind =
                words.contains("there is no column") || words.contains("was removed")
                    || words.contains("missing")
                ? .columnDropped
                : words.contains("was not expected") || words.contains("was added")
                    ? .columnAdded : .columnTypeChanged
            let handler =
                acceptance(of: incident.root.asset, since: incident.openedAt, facts)
                ?? (incident.status.isOpen ? nil : "it passes its checks again")
            return Self(
                source: incident.root.asset, kind: kind, detail: words, observedAt: incident.openedAt,
                handledBy: handler)
        }
    }

    private static func differences(_ before: [ColumnInfo], _ after: [ColumnInfo]) -> [(Kind, String)] {
        guard !before.isEmpty, !after.isEmpty else { return [] }
        let old = Dictionary(before.map { ($0.name, $0.type) }) { $1 }
        let new = Dictionary(after.map { ($0.name, $0.type) }) { $1 }
        let dropped = before.filter { new[$0.name] == nil }.map { (Kind.columnDropped, $0.name) }
        let added = after.filter { old[$0.name] == nil }.map { (Kind.columnAdded, "\($0.name) \($0.type)") }
        let changed = after.compactMap { column -> (Kind, String)? in
            guard let type = old[column.name], TypeName(type) != TypeName(column.type) else { return nil }
            return (.columnTypeChanged, "\(column.name) \(type) → \(column.type)")
        }
        return dropped + added + changed
    }

    private static func acceptance(
        of asset: AssetName, since earliest: Instant, _ facts: ReportFacts
    ) -> String? {
        facts.facts.reversed().compactMap { memory -> String? in
            guard memory.at >= earliest, case .checkAccepted(let acceptance) = memory.fact,
                acceptance.asset == asset,
                acceptance.baseline != nil
            else { return nil }
            return "accepted by \(acceptance.by)"
        }.first
    }
}
