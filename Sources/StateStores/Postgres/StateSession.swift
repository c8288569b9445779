import Engine
import PostgresClient

/// One connection in an open transaction, in the state's words.
struct StateSession {
    let session: PostgresSession
    /// The database, for people.
    let place: String

    /// The rows of a statement.
    func rows(_ statement: StateStatement) throws(PortFailure) -> [StateRow] {
        do {
            return try session.query(statement.postgres).texts.map { texts in
                StateRow(values: texts.map { StateValue.text($0) })
            }
        } catch {
            throw PortFailure(state: error, in: place)
        }
    }

    /// Runs a statement; returns how many rows it changed.
    @discardableResult
    func run(_ statement: StateStatement) throws(PortFailure) -> Int64 {
        do {
            return try session.execute(statement.postgres)
        } catch {
            throw PortFailure(state: error, in: place)
        }
    }

    /// Takes the schema one version further, unless it is there already.
    func migrate(to version: Int64, at place: String) throws(PortFailure) {
        // Nodes that start together upgrade one after another.
        _ = try rows(StateStatement("SELECT pg_advisory_xact_lock(7243390021)", []))
        let isMade =
            try rows(StateStatement("SELECT to_regclass('surety_state.surety_store')", [])).first?.text(0)
            != nil
        if !isMade { try run(StateStatement("CREATE SCHEMA IF NOT EXISTS surety_state", [])) }
        try run(StateStatement("SET LOCAL search_path = surety_state", []))
        if !isMade { try run(StateStatement(StateSchema.postgres(StateSchema.settings), [])) }
        let present = try setting("version").flatMap { Int64($0) } ?? 0
        guard present <= StateSchema.newest else {
            throw PortFailure(
                .storeUnusable,
                "the state in \(place) was written by a newer surety (version \(present), this one knows "
                    + "\(StateSchema.newest))", hint: "Use the newer program, or name another state.")
        }
        guard present < version else { return }
        for statement in StateSchema.migrations[Int(version) - 1] {
            try run(StateStatement(StateSchema.postgres(statement), []))
        }
        try run(
            StateStatement(
                """
                insert into surety_store (name, value) values ('version', $1)
                on conflict (name) do update set value = excluded.value
                """, [.text(String(version))]))
    }

    /// Marks a state with the first fact; throws a conflict if it has the other mark.
    func claim(_ clock: ClockMark, at place: String) throws(PortFailure) {
        try run(
            StateStatement(
                "insert into surety_store (name, value) values ('clock', $1) on conflict (name) do nothing",
                [.text(clock.rawValue)]))
        guard try mark() == clock.rawValue else { throw clock.conflict(at: place) }
    }

    /// Whose clock the facts were made under; nil while there are none.
    func mark() throws(PortFailure) -> String? { try setting("clock") }

    private func setting(_ name: String) throws(PortFailure) -> String? {
        try rows(StateStatement("select value from surety_store where name = $1", [.text(name)])).first?.text(
            0)
    }
}

extension StateStatement {
    /// The statement with its values typed.
    fileprivate var postgres: PostgresStatement {
        PostgresStatement(
            unchecked: sql,
            values: values.map { value in
                switch value {
                case .null: .null
                case .text(let text): .text(text)
                case .number(let number): .int8(number)
                }
            })
    }
}
