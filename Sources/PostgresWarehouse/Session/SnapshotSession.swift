import CheckSQL
import Engine
import PostgresClient
import SuretyCore

/// The snapshot of an open transaction, in which checks are asked.
///
/// Each query runs in a savepoint that is read-only, where row-level security raises instead of hiding rows, and where
/// a statement may take only so long; the savepoint is always rolled back to.
struct SnapshotSession: CheckSession {
    let session: WarehouseSession
    /// What wall times mean in its queries.
    let zone: Zone
    let statementTimeout: Period
    /// A table that was read from the catalogue in this transaction already.
    let known: TableInfo?
    /// What all of its queries may take together; nil: as long as they need.
    let budget: CheckBudget?
    /// How old the snapshot may become; nil inside a step.
    let age: SnapshotAge?
    /// Who helps with it; nil where nobody does.
    let helpers: Helpers?
    /// What is kept of the round's table between rounds.
    let keeper: (any TableKeeper)?
    private let began = ContinuousClock.now

    init(
        _ session: WarehouseSession, zone: Zone, statementTimeout: Period, known: TableInfo? = nil,
        budget: CheckBudget? = nil, age: SnapshotAge? = nil, helpers: Helpers? = nil,
        keeper: (any TableKeeper)? = nil
    ) {
        self.helpers = helpers
        self.budget = budget
        self.keeper = keeper
        self.age = age
        self.session = session
        self.zone = zone
        self.statementTimeout = statementTimeout
        self.known = known
    }

    var dialect: Dialect { .postgres }

    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo? {
        if let known, known.name == name { return known }
        do {
            return try TableQuery(session).table(name)
        } catch {
            throw QueryFailure(error)
        }
    }

    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]] {
        do { return try texts(of: query) } catch { throw QueryFailure(error) }
    }

    /// The rows of a query, or why they could not be had.
    func texts(of query: CheckQuery) throws(PortFailure) -> [[String?]] {
        try age?.check()
        if let budget, budget.millisecondsLeft <= 0 {
            throw PortFailure(
                .timeout, "the budget of the checks, \(budget.limit), is used up", sqlState: "57014")
        }
        let statement = PostgresStatement(unchecked: query.sql, values: query.parameters.map(\.postgres))
        return try guarded(as: session.checksRole) { () throws(PortFailure) in
            guard let budget else { return try session.rows(statement) }
            return try budget.rows(statement, in: session)
        }
    }

    func refusal(of query: CheckQuery) throws(QueryFailure) -> QueryFailure? {
        do throws(PortFailure) {
            _ = try plan(of: query)
            return nil
        } catch {
            let failure = QueryFailure(error)
            guard !failure.isFatal else { throw failure }
            return failure
        }
    }

    /// How the server would run a query, which it does not. It tells here what it refuses: expressions that mean nothing,
    /// columns that are not there, rights that are missing, constants that cannot be.
    func plan(of query: CheckQuery) throws(PortFailure) -> StatementPlan {
        let statement = PostgresStatement(unchecked: query.sql, values: query.parameters.map(\.postgres))
        return try guarded(as: session.checksRole) { () throws(PortFailure) in
            try StatementPlan(of: statement, in: session)
        }
    }

    func elapsedMilliseconds() -> Double { began.elapsedMilliseconds }

    /// What a sort or a hash of a question may hold in memory, unless the server allows more by itself. Below, those of
    /// a million rows go to disk, which takes longer than all else about them.
    private static let memory = "256MB"

    /// How long the next statement may take.
    private var millisecondsLeft: Int64 {
        let limits = [statementTimeout.seconds * 1000, budget?.millisecondsLeft, age?.millisecondsLeft]
        return limits.compactMap(\.self).min() ?? 0
    }

    /// Runs a body in a read-only savepoint, as another role where one is named, and rolls back to it.
    func guarded<Value>(
        as role: String? = nil, _ body: () throws(PortFailure) -> Value
    ) throws(PortFailure) -> Value {
        do {
            try open(as: role)
            let value = try body()
            try close()
            return value
        } catch {
            guard error.isFatal else {
                try close()
                throw age?.explaining(error) ?? error
            }
            // A server behind a foreign table that cannot be reached leaves this session as it is.
            guard error.kind == .unreachable, (try? close()) != nil else { throw error }
            throw PortFailure(
                .refused, error.message, hint: error.hint, sqlState: error.sqlState,
                isRetryable: error.isRetryable)
        }
    }

    private func open(as role: String?) throws(PortFailure) {
        let asRole = role.map { ", set_config('role', \(literal($0)), true)" } ?? ""
        do throws(PortFailure) {
            try session.script(
                """
                SAVEPOINT surety_question;
                SELECT set_config('row_security', 'off', true), set_config('TimeZone', \(literal(zone.identifier)), true),
                    set_config('statement_timeout', '\(max(1, millisecondsLeft))ms', true), set_config('jit', 'off', true),
                    set_config('transform_null_equals', 'off', true),
                    CASE WHEN pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('\(Self.memory)')
                        THEN set_config('work_mem', '\(Self.memory)', true) END,
                    set_config('transaction_read_only', 'on', true)\(asRole)
                """)
        } catch {
            guard let role, ["22023", "42501"].contains(error.sqlState) else { throw error }
            throw PortFailure(
                .permission,
                "checks are asked as \(role), their `checks_role`, which is not there or which this role may not become",
                sqlState: "42501")
        }
    }

    private func close() throws(PortFailure) {
        try session.script("ROLLBACK TO SAVEPOINT surety_question; RELEASE SAVEPOINT surety_question")
    }
}

extension QueryFailure {
    /// What a check hears of a failure; a lost connection or a cancelled task ends the round.
    init(_ failure: PortFailure) {
        self.init(sqlState: failure.sqlState, message: failure.message, isFatal: failure.isFatal)
    }
}

extension PortFailure {
    /// A question that could not be asked because nothing more can be.
    init(_ failure: QueryFailure) {
        let cancelled = failure.sqlState == "57014"
        self.init(
            cancelled ? .cancelled : .unreachable, failure.message, sqlState: failure.sqlState,
            isRetryable: !cancelled)
    }
}
