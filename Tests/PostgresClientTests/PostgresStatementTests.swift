import PostgresClient
import SuretyTestKit
import Testing

struct PostgresStatementTests {
    @Test func `values are numbered in order and names are quoted`() {
        let statement: PostgresStatement =
            "SELECT \(identifier: "Odd \"name\"") FROM \(identifier: ["s", "t"]) WHERE a = \(1) AND b = \("x")\(unchecked: " LIMIT 1")"

        #expect(
            statement.sql
                == #"SELECT "Odd ""name""" FROM "s"."t" WHERE a = $1 AND b = $2 LIMIT 1"#)
        #expect(statement.values == [.int8(1), .text("x")])
    }

    @Test(arguments: [
        ("it's", "'it''s'"), ("", "''"), ("a\\b", " E'a\\\\b'"), ("\\'; DROP", " E'\\\\''; DROP'"),
    ])
    func `a literal is quoted`(_ text: String, _ quoted: String) {
        #expect(PostgresStatement.quoted(literal: text) == quoted)
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "é", count: 32)])
    func `a name that PostgreSQL would not take as it is, is refused`(_ name: String) async throws {
        guard PostgresCluster.isAvailable else { return }
        let connection = try await sharedConnection()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT 1 AS \(identifier: name)")
        }

        #expect(error?.sqlState == "22023")
        #expect(error?.message.contains("name") == true)
    }

    @Test func `literals and names come back as they were written`() async throws {
        guard PostgresCluster.isAvailable else { return }
        let connection = try await sharedConnection()
        let text = "back\\slash 'quote' \"double\" $1 :name %s"

        let rows = try await connection.query("SELECT \(literal: text) AS \(identifier: "a\"b' c")")

        #expect(rows.texts == [[text]])
        #expect(rows.columns == ["a\"b' c"])
    }
}
