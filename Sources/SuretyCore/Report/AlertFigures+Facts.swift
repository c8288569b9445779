extension WeeklyReport.AlertFigures {
    /// What was told in the week.
    init(_ facts: ReportFacts, _ incidents: [WeeklyReport.IncidentLine]) {
        self.init()
        let told = ToldMessages(facts)
        let lines = incidents.filter { $0.notifications > 0 }
        self.incidents = lines.count
        delivered = told.delivered.count {
            $0.message.alert.event.disturbs && facts.isInWeek($0.at)
        }
        failures = told.dead.count { facts.isInWeek($0.at) }
        for end in told.superseded where facts.isInWeek(end.at) {
            switch end.message.hold {
            case .silenced: suppressed[.silenced, default: 0] += 1
            case .quietHours: suppressed[.quietHours, default: 0] += 1
            case nil where end.message.isEscalation: continue
            case nil: suppressed[.superseded, default: 0] += 1
            }
        }
        let grouped = incidents.filter { facts.isInWeek($0.incident.openedAt) }.reduce(0) { sum, line in
            let root = line.incident.root.asset.description
            return sum + line.incident.affects.count { $0 != root && !$0.hasPrefix(root + " ") }
        }
        if grouped > 0 { suppressed[.rootCause] = grouped }
        actionable = lines.count { $0.rating == .acted }
        noise = lines.count { $0.rating == .noise }
        unrated = lines.count { $0.rating == nil }
        noisiest = Self.noisiest(facts, told)
    }

    /// What made most noise in four weeks, by the messages that disturbed for nothing, at most five.
    private static func noisiest(_ facts: ReportFacts, _ told: ToldMessages) -> [Noisy] {
        struct Place: Hashable {
            let asset: AssetName
            let check: String?
        }
        var counts: [Place: Int] = [:]
        for incident in facts.incidents where !incident.isExperiment {
            let number = told.delivered(about: incident.id).count {
                $0.at >= facts.fourWeeksAgo && $0.at < facts.week.end
            }
            guard number > 0, WeeklyReport.IncidentLine(incident, told, facts).rating == .noise else {
                continue
            }
            counts[Place(asset: incident.root.asset, check: incident.cause.check), default: 0] += number
        }
        return counts.map { place, count in
            Noisy(
                asset: place.asset, check: place.check, count: count,
                suggestion: place.check == nil
                    ? "give it more time or more retries"
                    : "loosen it, make it a warning, or delete it")
        }
        .sorted {
            ($1.count, $0.asset.description, $0.check ?? "") < (
                $0.count, $1.asset.description, $1.check ?? ""
            )
        }
        .prefix(5).map { $0 }
    }
}
