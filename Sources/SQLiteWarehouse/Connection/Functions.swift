import CheckSQL
import GRDBSQLite
import SuretyCore

/// Registers what checks and certificates call on SQLite and it lacks.
enum Functions {
    /// Registers all functions on a connection.
    static func register(on handle: OpaquePointer) {
        for scalar in SQLiteFunctions.scalars {
            register(scalar.name, arguments: Int32(scalar.arguments), on: handle, evaluate: scalar.evaluate)
        }
        for aggregate in SQLiteFunctions.aggregates {
            register(
                aggregate.name, arguments: Int32(aggregate.arguments), on: handle, begin: aggregate.begin)
        }
        register("surety_fingerprint", arguments: -1, on: handle) { Fingerprint() }
        register("surety_stored", arguments: 3, on: handle) { values in
            guard case .text(let text) = values[0], case .text(let type) = values[1],
                case .text(let zone) = values[2]
            else { return values[0] }
            return LoadedValue(text).stored(as: type, in: Zone(zone) ?? .utc)
        }
    }

    private static let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC

    private static func register(
        _ name: String, arguments: Int32, on handle: OpaquePointer, evaluate: @escaping Evaluate
    ) {
        sqlite3_create_function_v2(
            handle, name, arguments, flags, Unmanaged.passRetained(Box(evaluate)).toOpaque(),
            { context, count, values in
                guard let data = sqlite3_user_data(context) else { return }
                let evaluate = Unmanaged<Box<Evaluate>>.fromOpaque(data).takeUnretainedValue().value
                do throws(QueryFailure) {
                    Functions.give(try evaluate(Functions.take(count, values)), to: context)
                } catch {
                    sqlite3_result_error(context, error.message, -1)
                }
            }, nil, nil,
            { data in
                if let data { Unmanaged<Box<Evaluate>>.fromOpaque(data).release() }
            })
    }

    private typealias Evaluate =
        @Sendable ([SQLiteFunctions.Value]) throws(QueryFailure) -> SQLiteFunctions.Value

    private static func register(
        _ name: String, arguments: Int32, on handle: OpaquePointer,
        begin: @escaping @Sendable () -> any SQLiteFunctions.AggregateState
    ) {
        sqlite3_create_function_v2(
            handle, name, arguments, flags, Unmanaged.passRetained(Box(begin)).toOpaque(), nil,
            { context, count, values in
                guard let running = Functions.running(context) else {
                    sqlite3_result_error_nomem(context)
                    return
                }
                do throws(QueryFailure) {
                    try running.value.step(Functions.take(count, values))
                } catch {
                    sqlite3_result_error(context, error.message, -1)
                }
            },
            { context in
                guard let running = Functions.running(context) else { return }
                defer { Functions.end(context) }
                do throws(QueryFailure) {
                    Functions.give(try running.value.finish(), to: context)
                } catch {
                    sqlite3_result_error(context, error.message, -1)
                }
            },
            { data in
                if let data { Unmanaged<Box<Begin>>.fromOpaque(data).release() }
            })
    }

    private typealias Begin = @Sendable () -> any SQLiteFunctions.AggregateState

    /// The aggregate that SQLite is at, begun if this is its first row.
    private static func running(_ context: OpaquePointer?) -> Box<any SQLiteFunctions.AggregateState>? {
        let size = MemoryLayout<UnsafeMutableRawPointer?>.size
        guard let memory = sqlite3_aggregate_context(context, Int32(size)),
            let data = sqlite3_user_data(context)
        else { return nil }
        let place = memory.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        if let pointer = place.pointee {
            return Unmanaged<Box<any SQLiteFunctions.AggregateState>>.fromOpaque(pointer)
                .takeUnretainedValue()
        }
        let begin = Unmanaged<Box<Begin>>.fromOpaque(data).takeUnretainedValue().value
        let running = Box(begin())
        place.pointee = Unmanaged.passRetained(running).toOpaque()
        return running
    }

    /// Lets go of the aggregate that SQLite has finished.
    private static func end(_ context: OpaquePointer?) {
        guard let memory = sqlite3_aggregate_context(context, 0) else { return }
        let place = memory.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
        guard let pointer = place.pointee else { return }
        place.pointee = nil
        Unmanaged<Box<any SQLiteFunctions.AggregateState>>.fromOpaque(pointer).release()
    }

    private static func take(
        _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
    ) -> [SQLiteFunctions.Value] {
        (0..<Int(count)).map { index in
            let value = values?[index]
            switch sqlite3_value_type(value) {
            case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
            case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
            case SQLITE_NULL: return .null
            default:
                let bytes = UnsafeBufferPointer(
                    start: sqlite3_value_text(value), count: Int(sqlite3_value_bytes(value)))
                return .text(String(decoding: bytes, as: UTF8.self))
            }
        }
    }

    private static func give(_ value: SQLiteFunctions.Value, to context: OpaquePointer?) {
        switch value {
        case .null: sqlite3_result_null(context)
        case .integer(let number): sqlite3_result_int64(context, number)
        case .real(let number): sqlite3_result_double(context, number)
        case .text(let text): sqlite3_result_text(context, text, Int32(text.utf8.count), transient)
        }
    }
}

/// A value that C can point at.
private final class Box<Value> {
    var value: Value
    init(_ value: Value) { self.value = value }
}
