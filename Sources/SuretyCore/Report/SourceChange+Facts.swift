extension WeeklyReport.SourceChange {
    /// How the tables of sources changed, what nobody handled first.
    ///
    /// Changes between two certificates of a source, and those that kept it from being certified: those that were seen in
    /// the week, and those of the last four that nobody has handled.
    static func all(_ facts: ReportFacts) -> [Self] {
        let changes = (certified(facts) + refused(facts)).filter { change in
            facts.isInWeek(change.observedAt)
                || change.handledBy == nil && change.observedAt >= facts.fourWeeksAgo
                    && change.observedAt < facts.week.end
        }
        return changes.sorted {
            ($0.handledBy == nil ? 0 : 1, $0.observedAt, $0.source, $0.detail)
                < ($1.handledBy == nil ? 0 : 1, $1.observedAt, $1.source, $1.detail)
        }
    }

    private static func certified(_ facts: ReportFacts) -> [Self] {
        Dictionary(grouping: facts.sources, by: \.asset).sorted { $0.key < $1.key }.flatMap { asset, all in
            zip(all, all.dropFirst()).enumerated().flatMap { index, pair -> [Self] in
                let (before, after) = pair
                guard after.certifiedAt >= facts.fourWeeksAgo else { return [] }
                let differences = before.differences(to: after)
                guard !differences.isEmpty else { return [] }
                let isRedeclared = all[(index + 1)...].contains { $0.definition != before.definition }
                let handler =
                    isRedeclared
                    ? "its declaration was changed"
                    : acceptance(of: asset, since: before.certifiedAt, facts)
                return differences.map { difference in
                    Self(
                        asset, Kind(difference), difference.words, at: after.certifiedAt, handledBy: handler,
                        facts)
                }
            }
        }
    }

    /// What checks of columns said of sources, each thing on its own.
    private static func refused(_ facts: ReportFacts) -> [Self] {
        facts.incidents.filter { incident in
            incident.root.causeClass == .schema && facts.catalog.assets[incident.root.asset]?.isInflow == true
        }.flatMap { incident in
            let handler =
                acceptance(of: incident.root.asset, since: incident.openedAt, facts)
                ?? (incident.status.isOpen ? nil : "it passes its checks again")
            return problems(in: incident.cause.message).map { problem in
                Self(
                    incident.root.asset, Kind(said: problem), problem, at: incident.openedAt,
                    handledBy: handler, facts)
            }
        }
    }

    /// What stands in brackets at the end of a result's sentence, one after another; all of it where there are none.
    private static func problems(in sentence: String) -> [String] {
        guard sentence.hasSuffix(")"), let verdict = sentence.firstRange(of: "`: fail"),
            let bracket = sentence[verdict.upperBound...].firstRange(of: " (")
        else { return [sentence] }
        return sentence[bracket.upperBound...].dropLast().split(separator: "; ").map(String.init)
    }

    private init(
        _ source: AssetName, _ kind: Kind, _ detail: String, at instant: Instant, handledBy handler: String?,
        _ facts: ReportFacts
    ) {
        self.init(
            source: source, kind: kind, detail: detail,
            promises: facts.catalog.promises(madeFrom: source).filter { !$0.experiment }.map(\.id),
            observedAt: instant, handledBy: handler)
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

extension Certificate {
    /// What became different of the table until a later certificate.
    ///
    /// Numbers of another warehouse mean other tables. A table that is made again with every load is no news as long as
    /// all else stays as it was.
    fileprivate func differences(to later: Certificate) -> [TableDifference] {
        guard !columns.isEmpty, !later.columns.isEmpty else { return [] }
        let isSameWarehouse = snapshot.system == later.snapshot.system
        let differences = (isSameWarehouse ? shape : shape.byName).differences(to: later.shape)
        return differences == [.tableRecreated] ? [] : differences
    }
}

extension WeeklyReport.SourceChange.Kind {
    fileprivate init(_ difference: TableDifference) {
        self =
            switch difference {
            case .tableRecreated: .tableRecreated
            case .columnRenamed: .columnRenamed
            case .columnRetyped: .columnTypeChanged
            case .columnDropped: .columnDropped
            case .columnAdded: .columnAdded
            case .columnRecreated: .columnRecreated
            case .nullability: .nullabilityChanged
            case .fillingChanged: .defaultChanged
            case .labelsAdded: .labelsAdded
            case .labelsRemoved: .labelsRemoved
            case .labelsReordered: .labelsReordered
            case .constraintAdded: .constraintAdded
            case .constraintDropped: .constraintDropped
            case .constraintChanged: .constraintChanged
            case .constraintValidity: .constraintValidityChanged
            }
    }

    /// The kind of what a check of columns said.
    fileprivate init(said words: String) {
        let signs: [(String, Self)] = [
            ("was renamed", .columnRenamed), ("there is no column", .columnDropped),
            ("was removed", .columnDropped), ("added again", .columnRecreated),
            ("was dropped", .columnDropped), ("was not expected", .columnAdded), ("was added", .columnAdded),
            ("nullable", .nullabilityChanged),
        ]
        self = signs.first { words.contains($0.0) }?.1 ?? .columnTypeChanged
    }
}
