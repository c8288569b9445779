import Engine
import Foundation
import GRDBSQLite
import SuretyCore

/// A compiled statement, released with its last reference; it never leaves the thread of its connection.
final class PreparedStatement {
    private let pointer: OpaquePointer
    private let connection: WarehouseConnection

    /// Takes a statement over.
    init(_ pointer: OpaquePointer, on connection: WarehouseConnection) {
        self.pointer = pointer
        self.connection = connection
    }

    deinit { sqlite3_finalize(pointer) }

    /// Whether it can change nothing.
    var isReadOnly: Bool { sqlite3_stmt_readonly(pointer) != 0 }
    /// The names of its columns; empty when it gives no rows.
    var columnNames: [String] {
        (0..<sqlite3_column_count(pointer)).map { String(cString: sqlite3_column_name(pointer, $0)) }
    }
    /// The types declared for columns that come straight from a table, nil for all others.
    var declaredTypes: [String?] {
        (0..<sqlite3_column_count(pointer)).map { index in
            sqlite3_column_decltype(pointer, index).map { String(cString: $0) }
        }
    }
    /// The names of its parameters as written, `:name`; nil for `?`.
    var parameters: [String?] {
        (0..<sqlite3_bind_parameter_count(pointer)).map { index in
            sqlite3_bind_parameter_name(pointer, index + 1).map { String(cString: $0) }
        }
    }

    /// Binds values by place.
    func bind(_ values: [SQLValue]) throws(PortFailure) {
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
    }

    /// Binds `:name` parameters; a name that has no value is refused.
    func bind(named values: [String: SQLValue]) throws(PortFailure) {
        for (index, name) in parameters.enumerated() {
            guard let name, name.hasPrefix(":"), let value = values[String(name.dropFirst())] else {
                throw PortFailure(
                    .refused, "there is no parameter `\(name ?? "?")`",
                    hint: "There are " + values.keys.sorted().map { ":\($0)" }.joined(separator: ", ") + ".",
                    sqlState: "42P02")
            }
            try bind(value, at: Int32(index + 1))
        }
    }

    /// Binds one value by its place, from 1.
    func bind(_ value: SQLValue, at index: Int32) throws(PortFailure) {
        let code =
            switch value.stored {
            case .null: sqlite3_bind_null(pointer, index)
            case .integer(let number): sqlite3_bind_int64(pointer, index, number)
            case .real(let number): sqlite3_bind_double(pointer, index, number)
            case .text(let text):
                text.withCString { bytes in
                    sqlite3_bind_text(pointer, index, bytes, Int32(text.utf8.count), transient)
                }
            }
        guard code == SQLITE_OK else { throw connection.failure(code) }
    }

    /// Goes on to the next row; false after the last.
    func step() throws(PortFailure) -> Bool {
        let code = sqlite3_step(pointer)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let failure = connection.failure(code)
            sqlite3_reset(pointer)
            throw failure
        }
    }

    /// Runs it again from the start.
    func reset() { sqlite3_reset(pointer) }

    /// A value of the present row as SQLite writes it as text; NULL is nil.
    func text(_ index: Int) -> String? {
        guard let bytes = sqlite3_column_text(pointer, Int32(index)) else { return nil }
        let count = Int(sqlite3_column_bytes(pointer, Int32(index)))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// The present row as text.
    func row() -> [String?] { (0..<Int(sqlite3_column_count(pointer))).map { text($0) } }
}

/// Tells SQLite to copy what it is handed.
let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
