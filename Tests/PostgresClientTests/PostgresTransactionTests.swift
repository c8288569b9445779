import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresTransactionTests {
    @Test func `a transaction commits what its body did`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        let connection = try await PostgresConnection.open(settings)
        let other = try await PostgresConnection.open(settings)
        try await connection.execute("CREATE TABLE item (id int)")

        let id = try await connection.perform { session in
            try session.transaction {
                try session.execute("INSERT INTO item VALUES (1)")
                return try session.currentTransactionID()
            }
        }

        #expect(try await other.query("SELECT id FROM item").texts == [["1"]])
        #expect(try await other.perform { try $0.status(ofTransaction: id) } == .committed)
    }

    @Test func `a body that throws leaves no trace`() async throws {
        struct Refused: Error {}
        let connection = try await PostgresConnection.open(try await PostgresCluster.shared().freshDatabase())
        try await connection.execute("CREATE TABLE item (id int)")

        let (id, status) = await connection.perform { session in
            var id = ""
            #expect(throws: Refused.self) {
                try session.transaction {
                    try session.execute("INSERT INTO item VALUES (1)")
                    id = try session.currentTransactionID()
                    #expect(session.transactionStatus == .inTransaction)
                    #expect(try session.status(ofTransaction: id) == .inProgress)
                    throw Refused()
                }
            }
            return (id, session.transactionStatus)
        }

        #expect(status == .idle)
        #expect(try await connection.query("SELECT id FROM item").isEmpty)
        #expect(try await connection.perform { try $0.status(ofTransaction: id) } == .aborted)
    }

    @Test func `what became of a lost commit can be asked on another connection`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        let connection = try await PostgresConnection.open(settings)
        let other = try await PostgresConnection.open(settings)
        try await connection.execute("CREATE TABLE item (id int)")
        let pid = await connection.backendPID

        let id = try await connection.perform { session in
            try session.execute("BEGIN")
            try session.execute("INSERT INTO item VALUES (1)")
            return try session.currentTransactionID()
        }
        try await other.execute("SELECT pg_terminate_backend(\(Int(pid))::int, 600000)")
        let lost = await #expect(throws: PostgresError.self) { try await connection.execute("COMMIT") }

        #expect(lost?.isConnectionLost == true)
        #expect(try await other.perform { try $0.status(ofTransaction: id) } == .aborted)
    }

    @Test func `a failed statement that was swallowed does not pass for a commit`() async throws {
        let connection = try await sharedConnection()

        let error = await #expect(throws: PostgresError.self) {
            try await connection.perform { session in
                try session.transaction {
                    _ = try? session.execute("SELECT 1/0")
                    #expect(session.transactionStatus == .failed)
                }
            }
        }

        #expect(error?.sqlState == "25P02")
    }
}
