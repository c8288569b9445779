import Engine
import SuretyCore

/// The questions of the state port about incidents and what is told of them.
enum IncidentQuestions {
    static func incidents(endedSince instant: Instant) -> StateQuestion<[Incident]> {
        .list(
            """
            select body from incidents where resolved_at is null or resolved_at >= $1 order by opened_at, id
            """, [.instant(instant)]
        ) { row throws(PortFailure) in try row.record(Incident.self, 0) }
    }

    static func incident(_ id: IncidentID) -> StateQuestion<Incident?> {
        StateQuestion("select body from incidents where id = $1", [.text(id.rawValue)]) {
            rows throws(PortFailure) in try rows.first?.record(Incident.self, 0)
        }
    }

    static func messages(dueAt now: Instant, limit: Int) -> StateQuestion<[MessageMemory]> {
        memories(
            """
            where state = 'pending' and due_at <= $1 and (claimed_until is null or claimed_until <= $1)
            order by queued_by, id limit $2
            """, [.instant(now), .number(Int64(max(0, limit)))])
    }

    static func messages(about incident: IncidentID) -> StateQuestion<[MessageMemory]> {
        memories("where incident = $1 order by queued_by, id", [.text(incident.rawValue)])
    }

    static func silences(at now: Instant) -> StateQuestion<[Silence]> {
        .list("select body, until from silences where until > $1 order by until, id", [.instant(now)]) {
            row throws(PortFailure) in
            var silence = try row.record(Silence.self, 0)
            silence.until = try row.moment(1)
            return silence
        }
    }

    static func recipientsResting(at now: Instant) -> StateQuestion<Set<AlertRecipient>> {
        StateQuestion(
            "select body from messages where state = 'pending' and failure is not null and due_at > $1",
            [.instant(now)]
        ) { rows throws(PortFailure) in
            var recipients: Set<AlertRecipient> = []
            for row in rows { recipients.insert(try row.record(AlertMessage.self, 0).recipient) }
            return recipients
        }
    }

    static func backlog() -> StateQuestion<Int> {
        StateQuestion("select count(*) from messages where state = 'pending'", []) {
            rows throws(PortFailure) in Int(try rows.first?.number(0) ?? 0)
        }
    }

    private static func memories(
        _ condition: String, _ values: [StateValue]
    ) -> StateQuestion<[MessageMemory]> {
        .list("select body, state, attempts, failure, receipt from messages \(condition)", values) {
            row throws(PortFailure) in
            MessageMemory(
                message: try row.record(AlertMessage.self, 0),
                state: MessageMemory.State(rawValue: try row.word(1)) ?? .pending,
                attempts: Int(try row.number(2) ?? 0), failure: try row.text(3), receipt: try row.text(4))
        }
    }
}
