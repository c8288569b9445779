import Engine
import PostgresClient
import SuretyCore

/// One connection on its own thread, in the core's words: rows as text, failures as `PortFailure`.
struct WarehouseSession {
    let session: PostgresSession
    /// How fast checks were lately.
    var pace = Pace()
    /// The role that checks are asked as; nil: the session's own.
    var checksRole: String?

    /// All rows of a statement, NULL being nil. Its own SQL begins after `lines` lines of ours, if it is a user's.
    func rows(_ statement: PostgresStatement, after lines: Int? = nil) throws(PortFailure) -> [[String?]] {
        try answer(statement, after: lines).texts
    }

    /// The first row; nil if there is none.
    func row(_ statement: PostgresStatement) throws(PortFailure) -> [String?]? {
        try answer(statement).first?.texts
    }

    /// Runs a statement; returns the number of rows that it affected.
    @discardableResult
    func run(_ statement: PostgresStatement, after lines: Int? = nil) throws(PortFailure) -> Int64 {
        try answer(statement, after: lines).affectedRows
    }

    /// The names of the columns that a query gives, without running it through.
    func columns(of statement: PostgresStatement, after lines: Int? = nil) throws(PortFailure) -> [String] {
        try answer(statement, after: lines).columns
    }

    /// Runs statements of ours, without values, in one round trip.
    func script(_ statements: String) throws(PortFailure) {
        do {
            try session.script(unchecked: statements)
        } catch {
            throw PortFailure(error)
        }
    }

    /// Ends the transaction without effect; a connection that is gone has done so by itself.
    func rollBack() {
        if !session.isLost { _ = try? session.execute("ROLLBACK") }
    }

    /// Lets the server count what this transaction changed as soon as it is committed, before anybody hears of it.
    func countAtOnce() throws(PortFailure) { _ = try row("SELECT pg_stat_force_next_flush()") }

    /// Ends the transaction with effect, or throws.
    func commit() throws(PortFailure) {
        guard try answer("COMMIT").command == "COMMIT" else {
            throw PortFailure(.refused, "the transaction had failed and was rolled back", sqlState: "25P02")
        }
    }

    /// Takes back what a user's script may have left in the session: a role, a search path, temporary tables.
    func tidy() throws(PortFailure) {
        try script("RESET SESSION AUTHORIZATION; RESET search_path; DISCARD TEMP")
    }

    /// Runs a body in a transaction that begins with a statement such as `BEGIN READ ONLY`, and commits.
    func transaction<Value>(
        _ begin: PostgresStatement = "BEGIN", _ body: (WarehouseSession) throws(PortFailure) -> Value
    ) throws(PortFailure) -> Value {
        try run(begin)
        do {
            let value = try body(self)
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    private func answer(
        _ statement: PostgresStatement, after lines: Int? = nil
    ) throws(PortFailure) -> PostgresRows {
        do {
            return try session.query(statement)
        } catch {
            let failure = PortFailure(error)
            guard let lines, let position = error.position else { throw failure }
            let line = statement.sql.prefix(max(0, position - 1)).count { $0.isNewline } + 1 - lines
            throw failure.saying("\(failure.message) (line \(max(1, line)) of the SQL)")
        }
    }
}
