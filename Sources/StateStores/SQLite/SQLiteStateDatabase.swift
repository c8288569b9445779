import Engine
import GRDB
import SuretyCore

/// The state's tables in a SQLite file.
///
/// Statements run on GRDB's own threads and are not ended by the cancellation of a task: that something was cancelled
/// is a fact too.
struct SQLiteStateDatabase: StateDatabase {
    private let pool: DatabasePool
    private let path: String
    private let clock: ClockMark

    /// The database behind a pool; throws a conflict if its facts were made under the other kind of clock.
    init(pool: DatabasePool, path: String, clock: ClockMark) throws {
        self.pool = pool
        self.path = path
        self.clock = clock
        let present = try pool.read { try SQLiteStateDatabase.mark(of: $0) }
        guard present == nil || present == clock.rawValue else { throw clock.conflict(at: path) }
    }

    func append(_ facts: [Fact], at now: Instant) async throws(PortFailure) {
        let path = self.path
        let clock = self.clock
        try await onWriter { database in
            try database.inTransaction(.immediate) {
                try SQLiteStateDatabase.claim(database, for: clock, at: path)
                for fact in facts {
                    let statements = FactStatements(fact: fact, at: now)
                    let number = try Int64.fetchOne(database, statements.appending().request)
                    for statement in try statements.following(number ?? 0) {
                        try statement.execute(in: database)
                        if let failure = statement.unlessOne, database.changesCount != 1 { throw failure }
                    }
                }
                return .commit
            }
        }
    }

    func change(_ statements: [StateStatement]) async throws(PortFailure) {
        try await onWriter { database in
            try database.inTransaction(.immediate) {
                for statement in statements { try statement.execute(in: database) }
                return .commit
            }
        }
    }

    func answer<Answer: Sendable>(
        _ question: StateQuestion<Answer>
    ) async throws(PortFailure) -> Answer {
        let rows = try await onReader { database in
            try GRDB.Row.fetchAll(
                database, sql: question.sql.inSQLite,
                arguments: StatementArguments(question.values.map(\.databaseValue))
            ).map { row in StateRow(values: try row.databaseValues.map { try StateValue($0) }) }
        }
        return try question.read(rows)
    }

    /// Marks a state with the first fact; throws a conflict if it has the other mark.
    private static func claim(_ database: Database, for clock: ClockMark, at path: String) throws {
        switch try mark(of: database) {
        case nil:
            try database.execute(
                sql: "insert into surety_store (name, value) values ('clock', ?)", arguments: [clock.rawValue]
            )
        case clock.rawValue: return
        case .some: throw clock.conflict(at: path)
        }
    }

    private static func mark(of database: Database) throws -> String? {
        try String.fetchOne(database, sql: "select value from surety_store where name = 'clock'")
    }

    private func onWriter<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(PortFailure) -> Answer {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncWriteWithoutTransaction { database in
                    continuation.resume(with: Swift.Result { try body(database) })
                }
            }
        } catch {
            throw PortFailure(state: error, at: path)
        }
    }

    private func onReader<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer
    ) async throws(PortFailure) -> Answer {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                pool.asyncRead { access in
                    continuation.resume(with: Swift.Result { try body(access.get()) })
                }
            }
        } catch {
            throw PortFailure(state: error, at: path)
        }
    }
}

extension StateStatement {
    /// The text in SQLite's words.
    fileprivate var sqlite: String { sql.inSQLite }
    /// The values to bind.
    fileprivate var arguments: StatementArguments { StatementArguments(values.map(\.databaseValue)) }
    /// Executes the statement, which the connection keeps prepared.
    fileprivate func execute(in database: Database) throws {
        try database.cachedStatement(sql: sqlite).execute(arguments: arguments)
    }
    /// The statement as a query.
    fileprivate var request: SQLRequest<Int64> { SQLRequest(sql: sqlite, arguments: arguments, cached: true) }
}

extension StateValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .text(let text): text.databaseValue
        case .number(let number): number.databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) throws(PortFailure) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .double, .blob:
            throw PortFailure(.storeUnusable, "the state holds a value of a kind that it never writes")
        }
    }
}

extension String {
    /// A statement with SQLite's numbered placeholders, `?1` for `$1`.
    fileprivate var inSQLite: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
    }
}
