/// The tables of the state, in words that PostgreSQL and SQLite both understand, as numbered steps forward.
///
/// Instants are milliseconds since 1970 in UTC; `body` is JSON with sorted keys; a `slice` is an interval as on the
/// command line, empty for the whole table. Facts are only ever appended; every other table follows from them.
enum StateSchema {
    /// The newest version that this program knows.
    static var newest: Int64 { Int64(migrations.count) }

    /// The steps, the first making version 1; each is run in a transaction of its own and never changes again.
    ///
    /// `{number}` stands for a whole number of 64 bits, `{counted}` for one that the database counts up, and `{table}`
    /// for what ends a table.
    static let migrations: [[String]] = [
        [
            "create table facts (id {counted}, at {number} not null, kind text not null, body text not null){table}",
            """
            create table definitions (
              hash text not null primary key, body text not null, first_at {number} not null){table}
            """,
            "create table promises (promise text not null primary key, seen_at {number} not null){table}",
            """
            create table runs (
              id text not null primary key, target text not null, state text not null,
              started_at {number} not null, ended_at {number}, body text not null){table}
            """,
            "create index runs_newest on runs (started_at, id)",
            "create index runs_of_target on runs (target, started_at, id)",
            """
            create table steps (
              run text not null references runs (id), asset text not null, slice text not null,
              position {number} not null, kind text not null, state text not null, is_end {number} not null,
              attempts {number} not null, changed_at {number} not null, changed_by {number} not null,
              body text not null, primary key (run, asset, slice)){table}
            """,
            "create index steps_newest on steps (asset, slice, changed_by)",
            """
            create table logs (
              fact {number} not null primary key, run text not null references runs (id), at {number} not null,
              asset text not null, slice text not null, line text not null){table}
            """,
            "create index logs_of_run on logs (run, fact)",
            """
            create table refreshes (
              consumer text not null, key text not null, intended_by {number} not null,
              intended_at {number} not null, ended_at {number}, failure text, body text not null,
              primary key (consumer, key)){table}
            """,
            """
            create table approvals (
              id text not null primary key, asked_by {number} not null, asked_at {number} not null,
              answered_at {number}, approved {number}, answered_by text, reason text, body text not null){table}
            """,
            """
            create table manual_work (
              asset text not null, slice text not null, done_at {number} not null, done_by text not null,
              primary key (asset, slice)){table}
            """,
            """
            create table acceptances (
              fact {number} not null primary key, asset text not null, at {number} not null,
              body text not null){table}
            """,
            "create index acceptances_of_asset on acceptances (asset, fact)",
            """
            create table waivers (
              promise text not null, slice text not null, at {number} not null, waived_by text not null,
              reason text not null, primary key (promise, slice)){table}
            """,
            """
            create table effects (
              asset text not null, key text not null, intended_by {number} not null,
              intended_at {number} not null, ended_at {number}, failure text, body text not null,
              primary key (asset, key)){table}
            """,
            """
            create table undos (
              fact {number} not null primary key, run text not null references runs (id), at {number} not null,
              asset text not null, slice text not null, failure text){table}
            """,
            """
            create table certificates (
              id text not null primary key, asset text not null, slice text not null, starts_at {number},
              ends_at {number}, certified_at {number} not null, withdrawn_at {number}, body text not null){table}
            """,
            "create index certificates_of_asset on certificates (asset, certified_at)",
            """
            create table gate_answers (
              fact {number} not null primary key, consumer text not null, at {number} not null,
              is_open {number} not null, body text not null){table}
            """,
            "create index gate_answers_newest on gate_answers (consumer, fact)",
            """
            create table occurrences (
              promise text not null, deadline {number} not null, outcome text not null,
              detected_at {number} not null, primary key (promise, deadline)){table}
            """,
        ],
        [
            """
            create table incidents (
              id text not null primary key, root text not null, status text not null, opened_at {number} not null,
              resolved_at {number}, body text not null){table}
            """,
            "create index incidents_newest on incidents (opened_at, id)",
            "create unique index incidents_open on incidents (root) where resolved_at is null",
            """
            create table messages (
              id text not null primary key, incident text not null, channel text not null, state text not null,
              due_at {number} not null, queued_by {number} not null, attempts {number} not null,
              claimed_until {number}, ended_at {number}, failure text, receipt text, body text not null){table}
            """,
            "create index messages_due on messages (state, due_at)",
            "create index messages_of_incident on messages (incident, queued_by)",
        ],
        [
            "alter table incidents add column sequence {number} not null default 0",
            "drop table occurrences",
            """
            create table occurrences (
              promise text not null, deadline {number} not null, outcome text not null,
              is_final {number} not null, body text not null, primary key (promise, deadline)){table}
            """,
            "create index occurrences_due on occurrences (deadline)",
            "create index facts_of_kind on facts (kind, at)",
            """
            create table starts (
              promise text not null, start text not null, due_at {number} not null,
              primary key (promise, start)){table}
            """,
            """
            create table silences (
              id text not null primary key, until {number} not null, body text not null){table}
            """,
            """
            create table gate_tallies (
              consumer text not null, second {number} not null, is_open {number} not null,
              asked {number} not null, primary key (consumer, second, is_open)){table}
            """,
            "create table pulse (id {number} not null primary key, beat_at {number} not null){table}",
            """
            create table check_tallies (
              asset text not null, name text not null, verdict text not null, asked {number} not null,
              primary key (asset, name, verdict)){table}
            """,
            """
            create table report_mails (
              week text not null, recipient text not null, intended_at {number} not null, ended_at {number},
              failure text, primary key (week, recipient)){table}
            """,
        ],
        [
            // A bound is in seconds; 0 stands for what took longer than all of them.
            """
            create table run_durations (
              target text not null, bound {number} not null, runs {number} not null,
              milliseconds {number} not null, primary key (target, bound)){table}
            """,
            """
            insert into run_durations (target, bound, runs, milliseconds)
            select target, bound, count(*), sum(took) from (
              select target, took, case
                when took <= 1000 then 1 when took <= 5000 then 5 when took <= 15000 then 15
                when took <= 30000 then 30 when took <= 60000 then 60 when took <= 120000 then 120
                when took <= 300000 then 300 when took <= 600000 then 600 when took <= 1200000 then 1200
                when took <= 1800000 then 1800 when took <= 3600000 then 3600 when took <= 7200000 then 7200
                when took <= 14400000 then 14400 else 0 end as bound
              from (
                select target, case when ended_at > started_at then ended_at - started_at else 0 end as took
                from runs where ended_at is not null) as ended) as bounded
            group by target, bound
            """,
            // What was observed is a number written in digits.
            """
            create table check_values (
              asset text not null, name text not null, observed text not null,
              primary key (asset, name)){table}
            """,
        ],
    ]

    /// The table of settings, which says the version, and whose clock the facts were made under.
    static let settings =
        "create table surety_store (name text not null primary key, value text not null){table}"

    /// A statement in SQLite's words.
    static func sqlite(_ statement: String) -> String {
        statement.replacing("{counted}", with: "integer primary key autoincrement")
            .replacing("{number}", with: "integer").replacing("{table}", with: " strict")
    }

    /// A statement in PostgreSQL's words.
    static func postgres(_ statement: String) -> String {
        statement.replacing("{counted}", with: "bigint generated always as identity primary key")
            .replacing("{number}", with: "bigint").replacing("{table}", with: "")
    }
}
