import PostgresClient
import SuretyTestKit
import Testing

/// A value, the type that the server sees and the text that comes back.
struct RoundTrip: Sendable, CustomTestStringConvertible {
    let value: PostgresValue
    let type: String
    let text: String?

    init(_ value: PostgresValue, _ type: String, _ text: String?) {
        self.value = value
        self.type = type
        self.text = text
    }

    var testDescription: String { "\(type) \(text ?? "NULL")" }

    static let all = [
        RoundTrip(.text("it's \"odd\" \\ \t\n€ 👩‍👩‍👧"), "text", "it's \"odd\" \\ \t\n€ 👩‍👩‍👧"),
        RoundTrip(.text(""), "text", ""),
        RoundTrip(.null(.text), "text", nil),
        RoundTrip(.int8(.min), "bigint", "-9223372036854775808"),
        RoundTrip(.int8(.max), "bigint", "9223372036854775807"),
        RoundTrip(.null(.int8), "bigint", nil),
        RoundTrip(.float8(0.1), "double precision", "0.1"),
        RoundTrip(.float8(-.infinity), "double precision", "-Infinity"),
        RoundTrip(.float8(.nan), "double precision", "NaN"),
        RoundTrip(.numeric("12345678901234567890.1200"), "numeric", "12345678901234567890.1200"),
        RoundTrip(.numeric("NaN"), "numeric", "NaN"),
        RoundTrip(.bool(true), "boolean", "t"),
        RoundTrip(.bool(false), "boolean", "f"),
        RoundTrip(.date("2026-11-19"), "date", "2026-11-19"),
        RoundTrip(.date("infinity"), "date", "infinity"),
        RoundTrip(.date("0044-03-15 BC"), "date", "0044-03-15 BC"),
        RoundTrip(
            .timestamp("2026-11-19 05:30:00.25"), "timestamp without time zone", "2026-11-19 05:30:00.25"),
        RoundTrip(
            .timestamptz("2026-11-19T05:30:00+05:30"), "timestamp with time zone", "2026-11-19 00:00:00+00"),
        RoundTrip(
            .uuid("6f1c2e8a-0000-4000-8000-00000000002a"), "uuid", "6f1c2e8a-0000-4000-8000-00000000002a"),
        RoundTrip(.jsonb(#"{"a": [1, null]}"#), "jsonb", #"{"a": [1, null]}"#),
        RoundTrip(.bytea([0, 1, 254, 255]), "bytea", "\\x0001feff"),
        RoundTrip(.bytea([]), "bytea", "\\x"),
        RoundTrip(
            .textArray(["a,b", "c\"d", "\\", "NULL", "", nil]), "text[]",
            #"{"a,b","c\"d","\\","NULL","",NULL}"#),
        RoundTrip(.textArray([]), "text[]", "{}"),
        RoundTrip(.int8Array([1, -2]), "bigint[]", "{1,-2}"),
    ]
}

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresValueTests {
    @Test(arguments: RoundTrip.all)
    func `a bound value arrives with its type and comes back unchanged`(_ trip: RoundTrip) async throws {
        let connection = try await sharedConnection()

        let rows = try await connection.query(
            "SELECT \(trip.value), pg_catalog.pg_typeof(\(trip.value))::text")

        #expect(rows.texts == [[trip.text, trip.type]])
    }

    @Test func `Swift values are bound and read back`() async throws {
        let connection = try await sharedConnection()
        let bytes: [UInt8] = [0, 127, 128, 255]

        let row = try await connection.query(
            "SELECT \(7), \(Int64.min), \(2.5), \(true), \("x"), \(PostgresValue.bytea(bytes)), \(Int?.none)")[
                0]

        #expect(try row.get(0, as: Int.self) == 7)
        #expect(try row.get(1, as: Int64.self) == .min)
        #expect(try row.get(2, as: Double.self) == 2.5)
        #expect(try row.get(3, as: Bool.self))
        #expect(try row.get(4, as: String.self) == "x")
        #expect(try row.get(5, as: [UInt8].self) == bytes)
        #expect(try row.getIfPresent(6, as: Int.self) == nil)
        #expect(throws: PostgresError.self) { try row.get(6, as: Int.self) }
        #expect(throws: PostgresError.self) { try row.get(4, as: Int.self) }
    }

    @Test func `texts bind as an array`() async throws {
        let connection = try await sharedConnection()

        let rows = try await connection.query("SELECT unnest(\(["b", "a"])) AS name")

        #expect(rows.map { $0["name"] } == ["b", "a"])
    }

    @Test func `a NULL without a type takes that of its place`() async throws {
        let connection = try await sharedConnection()

        let rows = try await connection.query("SELECT coalesce(\(PostgresValue.null), 5::int)")

        #expect(rows.texts == [["5"]])
    }

    @Test func `a value with a NUL character is refused before it is cut short`() async throws {
        let connection = try await sharedConnection()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT \("before\u{0}after")")
        }

        #expect(error?.message.contains("$1") == true)
    }
}

/// A connection to a database of its own on the cluster of all tests.
func sharedConnection() async throws -> PostgresConnection {
    try await PostgresConnection.open(try await PostgresCluster.shared().settings())
}
