import Engine
import Foundation
import GRDBSQLite
import SuretyCore

/// The one connection of a warehouse, seen from the thread that owns it while a piece of work is done.
struct WarehouseConnection {
    /// SQLite's connection.
    let handle: OpaquePointer
    /// How long the work may wait and run.
    let watch: Watch

    /// What is to become of a transaction.
    enum Ending {
        case commit
        case rollBack
    }

    /// The failure that SQLite speaks of at this moment.
    func failure(_ code: Int32) -> PortFailure {
        PortFailure(
            sqlite: sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)),
            stop: watch.stop)
    }

    /// Compiles one statement; refuses an empty text and more than one.
    func prepare(_ sql: String) throws(PortFailure) -> PreparedStatement {
        var statements: [PreparedStatement] = []
        try forEachStatement(of: sql) { statement, _ throws(PortFailure) in
            guard statements.isEmpty else {
                throw PortFailure(
                    .refused, "one statement is expected, and there are more", sqlState: "42601")
            }
            statements.append(statement)
        }
        guard let statement = statements.first else {
            throw PortFailure(.refused, "there is no statement", sqlState: "42601")
        }
        return statement
    }

    /// Compiles the statements of a text one after another, each when the one before has been dealt with.
    func forEachStatement(
        of sql: String, _ body: (PreparedStatement, String) throws(PortFailure) -> Void
    ) throws(PortFailure) {
        guard !sql.utf8.contains(0) else {
            throw PortFailure(.refused, "the SQL holds a NUL character", sqlState: "42601")
        }
        let bytes = Array(sql.utf8CString)
        var start = 0
        while start < bytes.count - 1 {
            var pointer: OpaquePointer?
            let (code, length) = bytes.withUnsafeBufferPointer { buffer -> (Int32, Int) in
                guard let base = buffer.baseAddress else { return (SQLITE_MISUSE, 0) }
                var tail: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v2(handle, base + start, -1, &pointer, &tail)
                return (code, tail.map { $0 - (base + start) } ?? 0)
            }
            guard code == SQLITE_OK else { throw failure(code) }
            let text = String(
                decoding: bytes[start..<start + length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if let pointer { try body(PreparedStatement(pointer, on: self), text) }
            guard length > 0 else { return }
            start += length
        }
    }

    /// All rows of a query of ours, as text.
    func rows(_ sql: String, _ values: [SQLValue] = []) throws(PortFailure) -> [[String?]] {
        let statement = try prepare(sql)
        try statement.bind(values)
        var rows: [[String?]] = []
        while try statement.step() { rows.append(statement.row()) }
        return rows
    }

    /// The first value of the first row; nil when there is none, or it is NULL.
    func value(_ sql: String, _ values: [SQLValue] = []) throws(PortFailure) -> String? {
        try rows(sql, values).first?.first ?? nil
    }

    /// The first value of the first row as a number, 0 when there is none.
    func number(_ sql: String, _ values: [SQLValue] = []) throws(PortFailure) -> Int64 {
        try value(sql, values).flatMap { Int64($0) } ?? 0
    }

    /// Runs a statement of ours; returns the number of rows that it changed.
    @discardableResult
    func run(_ sql: String, _ values: [SQLValue] = []) throws(PortFailure) -> Int64 {
        let statement = try prepare(sql)
        try statement.bind(values)
        let before = sqlite3_total_changes64(handle)
        while try statement.step() {}
        return sqlite3_total_changes64(handle) - before
    }

    /// Rows changed so far on this connection.
    var totalChanges: Int64 { sqlite3_total_changes64(handle) }
    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs a body as the only writer of the warehouse, and commits or rolls back as it says.
    func writing<Answer>(
        waiting: Duration, _ body: () throws(PortFailure) -> (Answer, Ending)
    ) throws(PortFailure) -> Answer {
        watch.wait(waiting)
        try run("BEGIN IMMEDIATE")
        do {
            let (answer, ending) = try body()
            switch ending {
            case .commit:
                // Readers are waited for; whoever is cancelled meanwhile has changed nothing.
                watch.wait(waiting)
                try run("COMMIT")
            case .rollBack: rollBack()
            }
            return answer
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs a body in a snapshot of all files, which the body does not change.
    func reading<Answer>(
        schemas: [String], _ body: () throws(PortFailure) -> Answer
    ) throws(PortFailure) -> Answer {
        try beginSnapshot(of: schemas)
        defer { rollBack() }
        return try body()
    }

    /// Holds every file shared before any row is read: a writer commits them together, so that what is seen then is
    /// one state of all. Whoever meets a writer in the middle of its commit lets go and begins again.
    private func beginSnapshot(of schemas: [String]) throws(PortFailure) {
        while true {
            try run("BEGIN")
            do {
                for schema in schemas {
                    _ = try value("SELECT count(*) FROM \(quoted(schema)).sqlite_schema")
                }
                return
            } catch {
                rollBack()
                guard error.kind == .contention, watch.waitForLock() else { throw error }
            }
        }
    }

    /// Ends the transaction without effect, if it is still open.
    func rollBack() {
        guard isInTransaction else { return }
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }
}

/// A name in SQL.
func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

/// A text in SQL.
func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

extension AssetName {
    /// The table's name in SQL.
    var quoted: String { SQLiteWarehouse.quoted(schema) + "." + SQLiteWarehouse.quoted(table) }
}

extension Period {
    /// The same as a duration.
    var duration: Duration { .seconds(seconds) }
}
