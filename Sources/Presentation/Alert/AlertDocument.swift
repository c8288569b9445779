public import SuretyCore

/// The JSON document of an alert: the body of webhooks, and a line of the file.
public enum AlertDocument {
    /// How many entries of each list a shortened document has.
    private static let fewest = 5
    /// How many characters of each text it has, the first that make it short enough.
    private static let longest = [1000, 300, 100, 40]

    /// `{"type", "timestamp", "data"}` on one line, shortened where it would be longer than so many bytes.
    public static func line(_ message: AlertMessage, within limit: Int) -> String {
        let whole = json(message).line
        guard whole.utf8.count > limit else { return whole }
        let short = json(message, isShort: true)
        let lines = longest.lazy.map { short.shortened(to: $0).line }
        return lines.first { $0.utf8.count <= limit } ?? short.shortened(to: 40).line
    }

    /// `{"type", "timestamp", "data"}`; a short one has the first of each list and says how many more there are.
    public static func json(_ message: AlertMessage, isShort: Bool = false) -> JSONValue {
        let whole = message.alert
        let alert = isShort ? shortened(whole) : whole
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
                    // The project declares no address under which people find it.
                    "url": .null,
                ]),
                "headline": .string(alert.headline),
                "promise": alert.promises.first.map { json($0, at: message.toldAt) } ?? .null,
                "promises": .array(alert.promises.map { json($0, at: message.toldAt) }),
                "cause": cause(alert),
                "affected": affected(alert, of: whole),
                "owner": alert.owner.map { json($0, route: message.channel) } ?? .null,
                "recovery": .object([
                    "safe_to_rerun": .bool(true), "steps": .strings(alert.recovery),
                ]),
                "done": .strings(alert.done),
                "history": .object([
                    "same_cause_30d": .integer(Int64(alert.earlier.count)),
                    "last_opened_at": .optional(alert.earlier.max()?.description),
                    "last_resolved_by": .optional(alert.lastResolvedBy),
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
            "max_attempts": alert.mostAttempts.map { .integer(Int64($0)) } ?? .null,
            "observed": .optional(alert.observed), "expected": .optional(alert.expected),
            "message": .string(cause.message),
        ])
    }

    /// What is affected; `more_…` says how many were left out of a list, where any were.
    private static func affected(_ alert: Alert, of whole: Alert) -> JSONValue {
        let incident = alert.incident
        let intervals = whole.incident.intervals
        var members: [String: JSONValue] = [
            "from": .optional(intervals.first), "to": .optional(intervals.last),
            "grain": .optional(alert.grain),
            "serving_certified_through": .optional(alert.certifiedThrough),
            "intervals": .strings(incident.intervals), "assets": .strings(incident.affects),
            "consumers": .array(
                alert.readers.map {
                    .object([
                        "id": .string($0.id.rawValue), "name": .string($0.name), "shows": .optional($0.shows),
                    ])
                }),
        ]
        let left = [
            "more_intervals": intervals.count - incident.intervals.count,
            "more_assets": whole.incident.affects.count - incident.affects.count,
            "more_consumers": whole.readers.count - alert.readers.count,
        ]
        for (name, count) in left where count > 0 { members[name] = .integer(Int64(count)) }
        return .object(members)
    }

    /// The first of every list.
    private static func shortened(_ alert: Alert) -> Alert {
        var short = alert
        short.incident.intervals = Array(alert.incident.intervals.prefix(fewest))
        short.incident.affects = Array(alert.incident.affects.prefix(fewest))
        short.promises = Array(alert.promises.prefix(fewest))
        short.readers = Array(alert.readers.prefix(fewest))
        short.recovery = Array(alert.recovery.prefix(fewest))
        short.done = Array(alert.done.prefix(fewest))
        return short
    }

    private static func json(_ owner: Alert.Person, route: ChannelID) -> JSONValue {
        .object([
            "id": .string(owner.id.rawValue), "name": .string(owner.name),
            "contact": .optional(owner.email ?? owner.slack), "route": .string(route.rawValue),
        ])
    }
}

extension JSONValue {
    /// The same with every text cut to so many characters.
    fileprivate func shortened(to limit: Int) -> JSONValue {
        switch self {
        case .string(let text): .string(Alert.cut(text, to: limit))
        case .array(let values): .array(values.map { $0.shortened(to: limit) })
        case .object(let members): .object(members.mapValues { $0.shortened(to: limit) })
        case .null, .bool, .integer, .number: self
        }
    }
}
