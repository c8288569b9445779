import Engine
import SuretyCore

/// What follows from facts about messages in the outbox.
enum MessageStatements {
    /// It is to be sent; one that is there already stays as it is.
    static func queue(_ message: AlertMessage, id: StateValue) throws(PortFailure) -> StateStatement {
        StateStatement(
            """
            insert into messages (id, incident, channel, state, due_at, queued_by, attempts, body)
            values ($1, $2, $3, 'pending', $4, $5, 0, $6) on conflict (id) do nothing
            """,
            [
                .text(message.id), .text(message.alert.incident.id.rawValue),
                .text(message.channel.rawValue), .instant(message.dueAt), id,
                .text(try StateJSON.text(message)),
            ])
    }

    /// It is ours until then; a conflict if it is another's.
    static func claim(_ message: String, until: Instant, at: StateValue) -> StateStatement {
        StateStatement(
            """
            update messages set claimed_until = $1, attempts = attempts + 1
            where id = $2 and state = 'pending' and (claimed_until is null or claimed_until <= $3)
            """, [.instant(until), .text(message), at],
            unlessOne: PortFailure(.conflict, "another process sends message \(message)"))
    }

    /// It is tried again then, or never where that is nil.
    static func fail(_ message: String, why: String, again: Instant?, at: StateValue) -> StateStatement {
        StateStatement(
            """
            update messages set failure = $1, claimed_until = null, due_at = coalesce($2, due_at),
              state = case when $2 is null then 'dead' else state end,
              ended_at = case when $2 is null then $3 else null end
            where id = $4 and state = 'pending'
            """, [.text(why), .instant(again), at, .text(message)])
    }

    /// The channel took it.
    static func deliver(_ message: String, receipt: String?, at: StateValue) -> StateStatement {
        StateStatement(
            """
            update messages set state = 'delivered', ended_at = $1, receipt = $2, claimed_until = null,
              failure = null
            where id = $3
            """, [at, .text(receipt), .text(message)])
    }

    /// It is not sent any more.
    static func supersede(_ message: String, at: StateValue) -> StateStatement {
        StateStatement(
            """
            update messages set state = 'superseded', ended_at = $1, claimed_until = null
            where id = $2 and state = 'pending'
            """, [at, .text(message)])
    }

    /// It is due now.
    static func release(_ message: String, at: StateValue) -> StateStatement {
        StateStatement(
            "update messages set due_at = $1 where id = $2 and state = 'pending' and due_at > $1",
            [at, .text(message)])
    }
}
