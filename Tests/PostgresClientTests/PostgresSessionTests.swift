import Foundation
import PostgresClient
import SuretyTestKit
import Synchronization
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresSessionTests {
    @Test func `more than one statement in a query is refused`() async throws {
        let connection = try await sharedConnection()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT 1; SELECT 2")
        }

        #expect(error?.sqlState == "42601")
        #expect(try await connection.query("SELECT 3").texts == [["3"]])
    }

    @Test func `a script runs all its statements and answers with the last`() async throws {
        let connection = try await sharedConnection()

        let texts = try await connection.perform {
            try $0.script(unchecked: "SELECT 1; SELECT 2 AS two").texts
        }

        #expect(texts == [["2"]])
    }

    @Test func `an error tells state, place and names`() async throws {
        let connection = try await sharedConnection()
        try await connection.execute("CREATE TEMPORARY TABLE item (id int CONSTRAINT item_key PRIMARY KEY)")
        try await connection.execute("INSERT INTO item VALUES (1)")

        let violated = await #expect(throws: PostgresError.self) {
            try await connection.execute("INSERT INTO item VALUES (1)")
        }
        let misspelt = await #expect(throws: PostgresError.self) { try await connection.query("SELEC 1") }

        #expect(violated?.sqlState == "23505")
        #expect(violated?.constraint == "item_key")
        #expect(violated?.table == "item")
        #expect(violated?.detail == "Key (id)=(1) already exists.")
        #expect(violated?.description.contains("(1)") == false)
        #expect(violated?.isRetryable == false)
        #expect(misspelt?.sqlState == "42601")
        #expect(misspelt?.position == 1)
    }

    @Test func `execute counts the rows it touched`() async throws {
        let connection = try await sharedConnection()

        let counts = try await connection.perform { session in
            try session.execute("CREATE TEMPORARY TABLE item (id int)")
            return [
                try session.execute("INSERT INTO item SELECT generate_series(1, 5)"),
                try session.execute("UPDATE item SET id = id + 1 WHERE id > 3"),
                try session.execute("DELETE FROM item"),
            ]
        }

        #expect(counts == [5, 2, 5])
    }

    @Test func `a value of many megabytes makes the round`() async throws {
        let connection = try await sharedConnection()
        let text = String(repeating: "0123456789abcdef", count: 500_000)

        let rows = try await connection.query("SELECT \(text), length(\(text))")

        #expect(rows[0][0] == text)
        #expect(rows[0][1] == "8000000")
    }

    @Test func `two gigabytes of rows stream through little memory`() async throws {
        let connection = try await sharedConnection()
        let before = residentKilobytes()

        let (count, last, grown) = try await connection.perform { session in
            var (count, last) = (0, "")
            try session.stream("SELECT i, repeat('x', 20000) FROM generate_series(1, 100000) AS i") { row in
                count += 1
                last = row[0] ?? ""
            }
            return (count, last, residentKilobytes() - before)
        }

        #expect(count == 100_000)
        #expect(last == "100000")
        // All of it in memory would be more than 2 GB; what other tests take beside this one is far less.
        #expect(grown < 1_000_000 || residentKilobytes() == 0)
    }

    @Test func `a body that throws ends the stream and leaves the connection usable`() async throws {
        struct Enough: Error {}
        let connection = try await sharedConnection()

        await #expect(throws: Enough.self) {
            try await connection.perform { session in
                try session.stream("SELECT generate_series(1, 1000000000)") { row in
                    if row[0] == "3" { throw Enough() }
                }
            }
        }

        #expect(try await connection.query("SELECT 1").texts == [["1"]])
    }

    @Test(arguments: ["COPY pg_class TO STDOUT", "SELECT 1; SELECT 2", "SELEC"])
    func `what cannot be streamed is refused and the connection stays usable`(_ sql: String) async throws {
        let connection = try await sharedConnection()

        await #expect(throws: PostgresError.self) {
            try await connection.perform { session in
                try session.stream(PostgresStatement(unchecked: sql)) { _ in }
            }
        }

        #expect(try await connection.query("SELECT 1").texts == [["1"]])
    }

    @Test func `an error in the middle of a stream comes after the rows before it`() async throws {
        let connection = try await sharedConnection()
        let seen = Mutex(0)

        let error = await #expect(throws: PostgresError.self) {
            try await connection.perform { session in
                try session.stream("SELECT 1 / (5000 - i) FROM generate_series(1, 10000) AS i") { _ in
                    seen.withLock { $0 += 1 }
                }
            }
        }

        #expect(error?.sqlState == "22012")
        #expect(seen.withLock { $0 } == 4_999)
    }

    @Test func `a statement is described without running it`() async throws {
        let connection = try await sharedConnection()

        let columns = try await connection.perform { session in
            try session.execute(
                "CREATE TEMPORARY TABLE item (id bigint, price numeric(12,2), at timestamptz)")
            return try session.describe(
                "SELECT id, price, at, 'x'::varchar(7) AS code, 1/0 AS never FROM item WHERE id = \(1)")
        }
        let none = try await connection.perform { try $0.describe("DELETE FROM item") }

        #expect(columns.map(\.name) == ["id", "price", "at", "code", "never"])
        #expect(
            columns.map(\.typeName) == [
                "bigint", "numeric(12,2)", "timestamp with time zone", "character varying(7)", "integer",
            ])
        #expect(none.isEmpty)
    }

    @Test func `notices reach their listener`() async throws {
        let notices = Mutex<[PostgresNotice]>([])
        let settings = try await PostgresCluster.shared().settings()
        let connection = try await PostgresConnection.open(settings) { notice in
            notices.withLock { $0.append(notice) }
        }

        try await connection.execute("DO $$ BEGIN RAISE NOTICE 'row %', 7; RAISE WARNING 'careful'; END $$")

        #expect(notices.withLock { $0.map(\.message) } == ["row 7", "careful"])
        #expect(notices.withLock { $0.map(\.severity) } == ["NOTICE", "WARNING"])
    }

    @Test func `every session is set up the same way`() async throws {
        var settings = try await PostgresCluster.shared().settings()
        settings.applicationName = "größe:" + String(repeating: "x", count: 80)
        settings.statementTimeout = .seconds(7)
        settings.lockTimeout = .milliseconds(1_500)
        let connection = try await PostgresConnection.open(settings)

        var found: [String: String?] = [:]
        for name in [
            "TimeZone", "DateStyle", "IntervalStyle", "client_encoding", "statement_timeout", "lock_timeout",
            "idle_in_transaction_session_timeout", "client_connection_check_interval", "application_name",
        ] {
            found[name] = try await connection.query("SELECT current_setting(\(name))")[0][0]
        }

        #expect(
            found == [
                "TimeZone": "UTC", "DateStyle": "ISO, YMD", "IntervalStyle": "iso_8601",
                "client_encoding": "UTF8", "statement_timeout": "7s", "lock_timeout": "1500ms",
                "idle_in_transaction_session_timeout": "1min", "client_connection_check_interval": "2s",
                "application_name": "gr??e:" + String(repeating: "x", count: 57),
            ])
    }
}

/// The memory that this process holds, in kilobytes; 0 where the system does not tell.
private func residentKilobytes() -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
    else { return 0 }
    return line.split(separator: " ").compactMap { Int($0) }.first ?? 0
}
