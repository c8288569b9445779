public import SuretyCore

/// A snapshot of a warehouse in which checks are asked.
///
/// Synchronous, because whoever holds a transaction asks from the thread that owns its connection.
public protocol CheckSession {
    /// The SQL that is spoken.
    var dialect: Dialect { get }
    /// A table or view as this snapshot has it; nil if there is none.
    func table(_ name: AssetName) throws(QueryFailure) -> TableInfo?
    /// Runs one query, read-only and in a savepoint of its own, and returns its rows as text, NULL being nil.
    func rows(_ query: CheckQuery) throws(QueryFailure) -> [[String?]]
    /// The replies to queries of which none needs another's, in their order. Throws only what is fatal.
    ///
    /// They are asked one after another, unless the session can ask several at a time.
    func replies(to queries: [CheckQuery]) throws(QueryFailure) -> [Reply]
    /// What the database has against a query before it runs it; nil where that is nothing. Throws only what is fatal.
    func refusal(of query: CheckQuery) throws(QueryFailure) -> QueryFailure?
    /// Milliseconds on a clock that never goes back, from any beginning; 0 throughout where time is not measured.
    func elapsedMilliseconds() -> Double
    /// What keeps the parts of the round's table; nil where all rows are read each time.
    var keeper: (any TableKeeper)? { get }
}

extension CheckSession {
    /// All rows are read each time.
    public var keeper: (any TableKeeper)? { nil }

    /// Time is not measured.
    public func elapsedMilliseconds() -> Double { 0 }

    /// One after another.
    public func replies(to queries: [CheckQuery]) throws(QueryFailure) -> [Reply] {
        try queries.map { query throws(QueryFailure) in try reply(to: query) }
    }

    /// The reply to one query. Throws only what is fatal.
    public func reply(to query: CheckQuery) throws(QueryFailure) -> Reply {
        let start = elapsedMilliseconds()
        let outcome: Result<[[String?]], QueryFailure>
        do { outcome = .success(try rows(query)) } catch {
            guard !error.isFatal else { throw error }
            outcome = .failure(error)
        }
        return Reply(outcome: outcome, milliseconds: elapsedMilliseconds() - start)
    }
}

/// What the warehouse said to one query, and how long it took.
public struct Reply: Sendable {
    /// The rows as text, NULL being nil, or why there are none.
    public let outcome: Result<[[String?]], QueryFailure>
    /// How long it took; 0 where time is not measured.
    public let milliseconds: Double

    /// A reply.
    public init(outcome: Result<[[String?]], QueryFailure>, milliseconds: Double) {
        self.outcome = outcome
        self.milliseconds = milliseconds
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds since then, with decimals.
    public var elapsedMilliseconds: Double { (ContinuousClock.now - self) / .milliseconds(1) }
}

/// The SQL of a warehouse.
public enum Dialect: Hashable, Sendable {
    /// PostgreSQL: placeholders `$1`.
    case postgres
    /// SQLite, the embedded warehouse: placeholders `?1`.
    case sqlite
}

/// One query that serves one or more checks.
public struct CheckQuery: Hashable, Sendable {
    /// The text, with numbered placeholders.
    public var sql: String
    /// Their values, the first for placeholder 1.
    public var parameters: [SQLValue]

    /// A query.
    public init(sql: String, parameters: [SQLValue]) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// Why a query could not be answered.
public struct QueryFailure: Error, Hashable, Sendable {
    /// SQLSTATE; nil where there is none.
    public var sqlState: String?
    /// What the database said.
    public var message: String
    /// Whether the connection or transaction is lost, so that no further query can be asked.
    public var isFatal: Bool

    /// A failure.
    public init(sqlState: String?, message: String, isFatal: Bool = false) {
        self.sqlState = sqlState
        self.message = message
        self.isFatal = isFatal
    }
}
