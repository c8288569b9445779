import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresCopyTests {
    private func table() async throws -> PostgresConnection {
        let connection = try await sharedConnection()
        try await connection.execute("CREATE TEMPORARY TABLE item (a text, b text, n int)")
        return connection
    }

    @Test func `odd texts and NULLs are copied as they are`() async throws {
        let connection = try await table()
        let rows: [[String?]] = [
            ["tab\there", "line\nfeed", "1"], ["return\r\n", "back\\slash", "2"], ["\\N", "\\.", "3"],
            ["", nil, "4"], [nil, "NULL", nil], ["\u{1}\u{8}\u{b}\u{c}\u{7f}", "€ 👩‍👩‍👧", "6"],
            [" padded ", "'\"", "7"],
        ]

        let count = try await connection.perform { session in
            try session.copyIn(into: "COPY item FROM STDIN", rows: rows)
        }

        #expect(count == 7)
        #expect(try await connection.query("SELECT a, b, n FROM item").texts == rows)
    }

    @Test func `many rows are copied`() async throws {
        let connection = try await table()

        let count = try await connection.perform { session in
            try session.copyIn(
                into: "COPY item (n, a) FROM STDIN",
                rows: (1...50_000).lazy.map { ["\($0)", "a text of some length"] })
        }

        #expect(count == 50_000)
        #expect(try await connection.query("SELECT sum(n::bigint) FROM item").texts == [["1250025000"]])
    }

    @Test func `a row that the server refuses leaves nothing`() async throws {
        let connection = try await table()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.perform { session in
                try session.copyIn(
                    into: "COPY item (n) FROM STDIN",
                    rows: (1...100_000).lazy.map { [$0 == 5 ? "five" : "\($0)"] })
            }
        }

        #expect(error?.sqlState == "22P02")
        #expect(try await connection.query("SELECT count(*) FROM item").texts == [["0"]])
    }

    @Test func `a source that throws leaves nothing and its error comes out`() async throws {
        struct BadFile: Error {}
        let connection = try await table()

        await #expect(throws: BadFile.self) {
            try await connection.perform { session in
                var number = 0
                try session.copyIn(into: "COPY item (n) FROM STDIN") {
                    number += 1
                    if number > 1_000 { throw BadFile() }
                    return ["\(number)"]
                }
            }
        }

        #expect(try await connection.query("SELECT count(*) FROM item").texts == [["0"]])
    }

    @Test(arguments: ["SELECT 1", "COPY nothing FROM STDIN", "COPY (SELECT 1) TO STDOUT"])
    func `what is not COPY FROM STDIN is refused and the connection stays usable`(_ sql: String) async throws
    {
        let connection = try await table()

        await #expect(throws: PostgresError.self) {
            try await connection.perform { session in
                try session.copyIn(into: PostgresStatement(unchecked: sql), rows: [["1"]])
            }
        }

        #expect(try await connection.query("SELECT 1").texts == [["1"]])
    }

    @Test(arguments: ["COPY item FROM STDIN", "COPY (SELECT * FROM generate_series(1, 100000)) TO STDOUT"])
    func `COPY by query is refused and the connection stays usable`(_ sql: String) async throws {
        let connection = try await table()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.query(PostgresStatement(unchecked: sql))
        }

        #expect(error?.sqlState == "0A000")
        #expect(try await connection.query("SELECT 1").texts == [["1"]])
    }
}
