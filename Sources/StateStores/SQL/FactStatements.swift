import Engine
import SuretyCore

/// A fact as it is appended, and what follows from it.
struct FactStatements: Sendable {
    /// The fact.
    let fact: Fact
    /// When it is recorded.
    let at: Instant

    /// Appends the fact and returns its number.
    func appending() throws(PortFailure) -> StateStatement {
        StateStatement(
            "insert into facts (at, kind, body) values ($1, $2, $3) returning id",
            [.instant(at), .text(fact.kind.rawValue), .text(try StateJSON.text(fact))])
    }

    /// The changes of the derived tables, the fact having been given a number.
    func following(_ number: Int64) throws(PortFailure) -> [StateStatement] {
        let id = StateValue.number(number)
        let at = StateValue.instant(self.at)
        switch fact {
        case .definitionSeen(let hash, let text):
            return [
                StateStatement(
                    """
                    insert into definitions (hash, body, first_at) values ($1, $2, $3)
                    on conflict (hash) do nothing
                    """, [.text(hash), .text(text), at])
            ]
        case .promiseSeen(let promise):
            return [
                StateStatement(
                    "insert into promises (promise, seen_at) values ($1, $2) on conflict (promise) do nothing",
                    [.text(promise.rawValue), at])
            ]
        case .runStarted(let run):
            return try start(run, id: id, at: at)
        case .stepChanged(let run, let step):
            return try [change(step, of: run, position: nil, id: id, at: at)] + tallies(of: step)
                + values(of: step)
        case .runEnded(let run, let state):
            return [
                StateStatement(
                    "update runs set state = $1, ended_at = $2 where id = $3 and ended_at is null",
                    [.text(state.rawValue), at, .text(run.rawValue)],
                    unlessOne: PortFailure(.conflict, "run \(run) has ended already, or was never begun")),
                duration(of: run),
            ]
        case .stepSaid(let run, let asset, let interval, let text):
            return [
                StateStatement(
                    "insert into logs (fact, run, at, asset, slice, line) values ($1, $2, $3, $4, $5, $6)",
                    [id, .text(run.rawValue), at, .asset(asset), .slice(interval), .text(text)])
            ]
        case .gateAnswered(let answer):
            return [
                StateStatement(
                    "insert into gate_answers (fact, consumer, at, is_open, body) values ($1, $2, $3, $4, $5)",
                    [
                        id, .text(answer.consumer.rawValue), at, .flag(answer.isOpen),
                        .text(try StateJSON.text(answer)),
                    ])
            ]
        case .refreshIntended(let mark):
            return [
                StateStatement(
                    """
                    insert into refreshes (consumer, key, intended_by, intended_at, body)
                    values ($1, $2, $3, $4, $5)
                    on conflict (consumer, key) do update set intended_by = excluded.intended_by,
                      intended_at = excluded.intended_at, ended_at = null, failure = null, body = excluded.body
                    """,
                    [
                        .text(mark.consumer.rawValue), .text(mark.key), id, at,
                        .text(try StateJSON.text(mark)),
                    ])
            ]
        case .refreshEnded(let mark, let failure):
            return [
                StateStatement(
                    "update refreshes set ended_at = $1, failure = $2 where consumer = $3 and key = $4",
                    [at, .text(failure), .text(mark.consumer.rawValue), .text(mark.key)],
                    unlessOne: PortFailure(
                        .conflict, "a refresh of \(mark.consumer) ended that was never intended"))
            ]
        case .approvalAsked(let request):
            return [
                StateStatement(
                    "insert into approvals (id, asked_by, asked_at, body) values ($1, $2, $3, $4)",
                    [.text(request.id), id, .instant(request.askedAt), .text(try StateJSON.text(request))])
            ]
        case .approvalAnswered(let request, let person, let approved, let reason):
            return [
                StateStatement(
                    """
                    update approvals set answered_at = $1, approved = $2, answered_by = $3, reason = $4
                    where id = $5 and answered_at is null
                    """, [at, .flag(approved), .text(person), .text(reason), .text(request)],
                    unlessOne: PortFailure(
                        .conflict, "there is no approval `\(request)`, or it is answered already"))
            ]
        case .manualDone(let asset, let interval, let person):
            return [
                StateStatement(
                    """
                    insert into manual_work (asset, slice, done_at, done_by) values ($1, $2, $3, $4)
                    on conflict (asset, slice) do update
                    set done_at = excluded.done_at, done_by = excluded.done_by
                    """, [.asset(asset), .slice(interval), at, .text(person)])
            ]
        case .checkAccepted(let acceptance):
            return [
                StateStatement(
                    "insert into acceptances (fact, asset, at, body) values ($1, $2, $3, $4)",
                    [id, .asset(acceptance.asset), at, .text(try StateJSON.text(acceptance))])
            ]
        case .occurrenceWaived(let promise, let interval, let person, let reason):
            return [
                StateStatement(
                    """
                    insert into waivers (promise, slice, at, waived_by, reason) values ($1, $2, $3, $4, $5)
                    on conflict (promise, slice) do update
                    set waived_by = excluded.waived_by, reason = excluded.reason
                    """, [.text(promise.rawValue), .text(interval), at, .text(person), .text(reason)])
            ]
        case .effectIntended(let mark):
            return [
                StateStatement(
                    """
                    insert into effects (asset, key, intended_by, intended_at, body) values ($1, $2, $3, $4, $5)
                    on conflict (asset, key) do update set intended_by = excluded.intended_by,
                      intended_at = excluded.intended_at, ended_at = null, failure = null, body = excluded.body
                      where effects.ended_at is not null and effects.failure is not null
                    """, [.asset(mark.asset), .text(mark.key), id, at, .text(try StateJSON.text(mark))],
                    unlessOne: PortFailure(.conflict, "another run is at \(mark.asset), or has just done it"))
            ]
        case .effectEnded(let mark, let failure):
            return [
                StateStatement(
                    "update effects set ended_at = $1, failure = $2 where asset = $3 and key = $4",
                    [at, .text(failure), .asset(mark.asset), .text(mark.key)],
                    unlessOne: PortFailure(
                        .conflict, "an effect on \(mark.asset) ended that was never intended"))
            ]
        case .effectUndone(let run, let asset, let interval, let failure):
            return [
                StateStatement(
                    "insert into undos (fact, run, at, asset, slice, failure) values ($1, $2, $3, $4, $5, $6)",
                    [id, .text(run.rawValue), at, .asset(asset), .slice(interval), .text(failure)])
            ]
        case .certificateSeen(let certificate):
            return [try mirror(certificate)]
        case .occurrenceJudged(let record):
            return [
                StateStatement(
                    """
                    insert into occurrences (promise, deadline, outcome, is_final, body)
                    values ($1, $2, $3, $4, $5)
                    on conflict (promise, deadline) do update set outcome = excluded.outcome,
                      is_final = excluded.is_final, body = excluded.body
                    """,
                    [
                        .text(record.promise.rawValue), .instant(record.deadline),
                        .text(record.outcome.rawValue), .flag(record.isFinal),
                        .text(try StateJSON.text(record)),
                    ])
            ]
        case .startFired(let firing):
            return [
                StateStatement(
                    """
                    insert into starts (promise, start, due_at) values ($1, $2, $3)
                    on conflict (promise, start) do update set due_at = excluded.due_at
                      where starts.due_at < excluded.due_at
                    """,
                    [.text(firing.promise.rawValue), .text(firing.start), .instant(firing.dueAt)])
            ]
        case .consumerViewed: return []
        case .incidentChanged(let incident):
            return [
                StateStatement(
                    """
                    insert into incidents (id, root, status, opened_at, resolved_at, body, sequence)
                    values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (id) do update set root = excluded.root, status = excluded.status,
                      resolved_at = excluded.resolved_at, body = excluded.body, sequence = excluded.sequence
                      where incidents.sequence < excluded.sequence or incidents.body = excluded.body
                    """,
                    [
                        .text(incident.id.rawValue), .text(incident.root.description),
                        .text(incident.status.rawValue), .instant(incident.openedAt),
                        .instant(incident.resolvedAt), .text(try StateJSON.text(incident)),
                        .number(Int64(incident.sequence)),
                    ],
                    unlessOne: PortFailure(.conflict, "\(incident.id) was changed by another process"))
            ]
        case .messageQueued(let message): return [try MessageStatements.queue(message, id: id)]
        case .messageClaimed(let message, let until):
            return [MessageStatements.claim(message, until: until, at: at)]
        case .messageFailed(let message, let why, let again):
            return [MessageStatements.fail(message, why: why, again: again, at: at)]
        case .messageDelivered(let message, let receipt):
            return [MessageStatements.deliver(message, receipt: receipt, at: at)]
        case .messageSuperseded(let message): return [MessageStatements.supersede(message, at: at)]
        case .messageReleased(let message): return [MessageStatements.release(message, at: at)]
        case .silenced(let silence):
            return [
                StateStatement(
                    "insert into silences (id, until, body) values ($1, $2, $3)",
                    [.text(silence.id), .instant(silence.until), .text(try StateJSON.text(silence))])
            ]
        case .silenceEnded(let silence, _):
            return [
                StateStatement(
                    "update silences set until = $1 where id = $2 and until > $1", [at, .text(silence)],
                    unlessOne: PortFailure(.conflict, "there is no silence \(silence), or it is over"))
            ]
        case .reportIntended(let mark):
            // Whoever intended it and did not come back within two minutes has died.
            return [
                StateStatement(
                    """
                    insert into report_mails (week, recipient, intended_at) values ($1, $2, $3)
                    on conflict (week, recipient) do update set intended_at = excluded.intended_at,
                      ended_at = null, failure = null
                      where report_mails.failure is not null
                        and report_mails.intended_at < excluded.intended_at - 300000
                        or report_mails.ended_at is null and report_mails.intended_at < excluded.intended_at - 120000
                    """, [.text(mark.week), .text(mark.recipient), at],
                    unlessOne: PortFailure(.conflict, "\(mark.recipient) has the report of \(mark.week)"))
            ]
        case .reportEnded(let mark, let failure):
            return [
                StateStatement(
                    """
                    update report_mails set ended_at = $1, failure = $2 where week = $3 and recipient = $4
                    """, [at, .text(failure), .text(mark.week), .text(mark.recipient)])
            ]
        }
    }

    private func start(
        _ run: RunRecord, id: StateValue, at: StateValue
    ) throws(PortFailure) -> [StateStatement] {
        var withoutSteps = run
        withoutSteps.steps = []
        var statements = [
            StateStatement(
                """
                insert into runs (id, target, state, started_at, ended_at, body)
                values ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .text(run.id.rawValue), .text(run.target), .text(run.state.rawValue),
                    .instant(run.startedAt), .instant(run.endedAt), .text(try StateJSON.text(withoutSteps)),
                ])
        ]
        for (position, step) in run.steps.enumerated() {
            statements.append(try change(step, of: run.id, position: position, id: id, at: at))
        }
        return statements
    }

    private func change(
        _ step: StepRecord, of run: RunID, position: Int?, id: StateValue, at: StateValue
    ) throws(PortFailure) -> StateStatement {
        // A step that the plan did not name comes after those that it did.
        let place = position.map(String.init) ?? "(select count(*) from steps where run = $1)"
        return StateStatement(
            """
            insert into steps (run, asset, slice, kind, state, is_end, attempts, changed_at, changed_by, body,
              position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \(place))
            on conflict (run, asset, slice) do update set kind = excluded.kind, state = excluded.state,
              is_end = excluded.is_end, attempts = excluded.attempts, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by, body = excluded.body
            """,
            [
                .text(run.rawValue), .asset(step.asset), .slice(step.interval), .text(step.kind.rawValue),
                .text(step.state.rawValue), .flag(step.state.isEnd), .number(Int64(step.attempts)), at, id,
                .text(try StateJSON.text(step)),
            ])
    }

    private func mirror(_ certificate: Certificate) throws(PortFailure) -> StateStatement {
        StateStatement(
            """
            insert into certificates (id, asset, slice, starts_at, ends_at, certified_at, withdrawn_at, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do update set withdrawn_at = excluded.withdrawn_at, body = excluded.body
            """,
            [
                .text(certificate.id.rawValue), .asset(certificate.asset), .slice(certificate.interval),
                .instant(certificate.start), .instant(certificate.end), .instant(certificate.certifiedAt),
                .instant(certificate.withdrawal?.at), .text(try StateJSON.text(certificate)),
            ])
    }
}
