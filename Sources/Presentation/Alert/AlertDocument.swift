public import SuretyCore

/// The JSON document of an alert: the body of webhooks, and a line of the file.
public enum AlertDocument {
    /// `{"type", "timestamp", "data"}`.
    public static func json(_ message: AlertMessage) -> JSONValue {
        let alert = message.alert
        let incident = alert.incident
        return .object([
            "type": .string(
                message.isTest
                    ? "surety.test" : "incident.\(message.isEscalation ? "escalated" : alert.event.rawValue)"),
            "timestamp": .string(alert.at.description),
            "data": .object([
                "id": .string(message.id),
                "incident": .object([
                    "id": .string(incident.id.rawValue),
                    "sequence": .integer(Int64(incident.sequence)),
                    "status": .string(incident.status.rawValue),
                    "severity": .string(incident.severity.rawValue),
                    "fingerprint": .string(alert.fingerprint),
                    "opened_at": .string(incident.openedAt.description),
                    "acknowledged_at": .optional(incident.acknowledgement?.at.description),
                    "resolved_at": .optional(incident.resolvedAt?.description),
                ]),
                "headline": .string(alert.headline),
                "promise": alert.promises.first.map { json($0, at: alert.at) } ?? .null,
                "promises": .array(alert.promises.map { json($0, at: alert.at) }),
                "cause": cause(alert),
                "affected": affected(alert),
                "owner": alert.owner.map { json($0, route: message.channel) } ?? .null,
                "recovery": .object([
                    "safe_to_rerun": .bool(true), "steps": .strings(alert.recovery),
                ]),
                "done": .strings(alert.done),
                "history": .object([
                    "same_cause_30d": .integer(Int64(alert.earlier.count)),
                    "last_opened_at": .optional(alert.earlier.max()?.description),
                ]),
            ]),
        ])
    }

    private static func json(_ promise: Alert.PromiseAtStake, at now: Instant) -> JSONValue {
        .object([
            "id": .string(promise.id.rawValue), "tier": .integer(Int64(promise.tier.rawValue)),
            "text": .string(promise.sentence), "deadline": .optional(promise.deadline?.description),
            "seconds_to_deadline": .optional(promise.deadline.map { $0.milliseconds(since: now) / 1000 }),
        ])
    }

    private static func cause(_ alert: Alert) -> JSONValue {
        let cause = alert.incident.cause
        return .object([
            "class": .string(alert.incident.root.causeClass.rawValue), "kind": .string(cause.kind.rawValue),
            "asset": .string(cause.asset.description), "interval": .optional(cause.interval),
            "step": .optional(cause.step), "check": .optional(cause.check),
            "run_id": .optional(alert.run?.rawValue), "attempt": .integer(Int64(alert.attempts)),
            "observed": .optional(alert.observed), "expected": .optional(alert.expected),
            "message": .string(cause.message),
        ])
    }

    private static func affected(_ alert: Alert) -> JSONValue {
        let incident = alert.incident
        return .object([
            "from": .optional(incident.intervals.first), "to": .optional(incident.intervals.last),
            "intervals": .strings(incident.intervals), "assets": .strings(incident.affects),
            "consumers": .array(
                alert.readers.map {
                    .object([
                        "id": .string($0.id.rawValue), "name": .string($0.name), "shows": .optional($0.shows),
                    ])
                }),
        ])
    }

    private static func json(_ owner: Alert.Person, route: ChannelID) -> JSONValue {
        .object([
            "id": .string(owner.id.rawValue), "name": .string(owner.name),
            "contact": .optional(owner.email ?? owner.slack), "route": .string(route.rawValue),
        ])
    }
}
