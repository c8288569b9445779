public import SuretyCore

/// Incidents in words.
public enum IncidentText {
    /// A line for each incident, the worst first.
    public static func text(_ incidents: [Incident], in zone: Zone, _ style: Style) -> String {
        guard !incidents.isEmpty else { return "No incident is open.\n" }
        var table = TextTable(["INCIDENT", "SEVERITY", "STATUS", "ROOT", "INTERVALS", "OPENED", "CAUSE"])
        for incident in sorted(incidents) {
            table.add([
                .init(incident.id.rawValue, .strong),
                .init(incident.severity.rawValue, tone(incident.severity)), .init(incident.status.rawValue),
                .init(incident.root.asset.description), .init(RunText.spell(incident.intervals)),
                .init(zone.words(incident.openedAt)), .init(incident.cause.message),
            ])
        }
        return table.text(style)
    }

    /// The document of `incidents`.
    public static func json(_ incidents: [Incident]) -> JSONValue {
        .object(["incidents": .array(sorted(incidents).map(json))])
    }

    /// One incident.
    public static func json(_ incident: Incident) -> JSONValue {
        .object([
            "id": .string(incident.id.rawValue), "status": .string(incident.status.rawValue),
            "severity": .string(incident.severity.rawValue),
            "root": .string(incident.root.asset.description), "cause": RunDocument.json(incident.cause),
            "class": .string(incident.root.causeClass.rawValue),
            "intervals": .strings(incident.intervals), "affects": .strings(incident.affects),
            "promises": .strings(incident.promises.map(\.rawValue)),
            "consumers": .strings(incident.consumers.map(\.rawValue)),
            "opened_at": .string(incident.openedAt.description),
            "acknowledged_by": .optional(incident.acknowledgement?.by),
            "resolved_at": .optional(incident.resolvedAt?.description),
        ])
    }

    private static func sorted(_ incidents: [Incident]) -> [Incident] {
        incidents.sorted {
            ($0.status.isOpen ? 0 : 1, $0.severity, $0.openedAt) < (
                $1.status.isOpen ? 0 : 1, $1.severity, $1.openedAt
            )
        }
    }

    private static func tone(_ severity: Severity) -> Style.Tone {
        switch severity {
        case .critical, .high: .bad
        case .warning: .warning
        case .info: .quiet
        }
    }
}
