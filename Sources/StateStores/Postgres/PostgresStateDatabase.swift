import Engine
import PostgresClient
import SuretyCore

/// The state's tables in a PostgreSQL schema.
struct PostgresStateDatabase: StateDatabase {
    private let pool: PostgresPool
    private let place: String
    private let clock: ClockMark

    /// The database behind a pool; `place` names it for people.
    init(pool: PostgresPool, place: String, clock: ClockMark) {
        self.pool = pool
        self.place = place
        self.clock = clock
    }

    /// Makes or upgrades the tables; refuses a newer version and facts under the other kind of clock.
    func prepare() async throws(PortFailure) {
        for version in 1...StateSchema.newest {
            try await transaction("BEGIN", within: false) { session throws(PortFailure) in
                try session.migrate(to: version, at: place)
            }
        }
        try await transaction("BEGIN READ ONLY") { session throws(PortFailure) in
            guard let present = try session.mark(), present != clock.rawValue else { return }
            throw clock.conflict(at: place)
        }
    }

    func append(_ facts: [Fact], at now: Instant) async throws(PortFailure) {
        try await transaction("BEGIN") { session throws(PortFailure) in
            try session.claim(clock, at: place)
            for fact in facts {
                let statements = FactStatements(fact: fact, at: now)
                let number = try session.rows(statements.appending()).first?.number(0)
                for statement in try statements.following(number ?? 0) {
                    let changed = try session.run(statement)
                    if let failure = statement.unlessOne, changed != 1 { throw failure }
                }
            }
        }
    }

    func change(_ statements: [StateStatement]) async throws(PortFailure) {
        try await transaction("BEGIN") { session throws(PortFailure) in
            for statement in statements { _ = try session.run(statement) }
        }
    }

    func answer<Answer: Sendable>(
        _ question: StateQuestion<Answer>
    ) async throws(PortFailure) -> Answer {
        let rows = try await transaction("BEGIN READ ONLY") { session throws(PortFailure) in
            try session.rows(StateStatement(question.sql, question.values))
        }
        return try question.read(rows)
    }

    /// Runs a body in a transaction, which is finished although the task is cancelled: that is a fact too.
    private func transaction<Answer: Sendable>(
        _ begin: PostgresStatement, within schema: Bool = true,
        _ body: @escaping @Sendable (StateSession) throws(PortFailure) -> Answer
    ) async throws(PortFailure) -> Answer {
        let (pool, place) = (self.pool, self.place)
        let work = Task { () -> Swift.Result<Answer, PortFailure> in
            do {
                return try await pool.perform { session in
                    _ = try session.execute(begin)
                    do {
                        if schema { _ = try session.execute("SET LOCAL search_path = surety_state") }
                        let answer = try body(StateSession(session: session, place: place))
                        _ = try session.execute("COMMIT")
                        return .success(answer)
                    } catch {
                        _ = try? session.execute("ROLLBACK")
                        return .failure(PortFailure(state: error, in: place))
                    }
                }
            } catch {
                return .failure(PortFailure(state: error, in: place))
            }
        }
        return try await work.value.get()
    }
}
