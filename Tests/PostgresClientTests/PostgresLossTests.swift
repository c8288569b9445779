import Foundation
import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable), .timeLimit(.minutes(30)))
struct PostgresLossTests {
    @Test func `a connection that is ended while it works is lost`() async throws {
        let connection = try await sharedConnection()
        let other = try await sharedConnection()
        let pid = await connection.backendPID

        let running = Task { try await connection.query("SELECT pg_sleep(3600)") }
        try await other.untilActive(pid)
        try await other.execute("SELECT pg_terminate_backend(\(Int(pid))::int)")
        let error = await #expect(throws: PostgresError.self) { try await running.value }
        let next = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }

        #expect(error?.sqlState == "57P01")
        #expect(error?.isConnectionLost == true)
        #expect(error?.isRetryable == true)
        #expect(await connection.isLost)
        #expect(next?.isConnectionLost == true)
    }

    @Test func `a COMMIT that is never answered is given up, and what became of it can be asked`()
        async throws
    {
        let connection = try await sharedConnection()
        let other = try await sharedConnection()
        let pid = await connection.backendPID
        defer { kill(pid, SIGCONT) }

        let (transaction, error) = try await connection.perform { session in
            session.endPatience = .milliseconds(300)
            try session.execute("BEGIN")
            let transaction = try session.currentTransactionID()
            kill(pid, SIGSTOP)
            do {
                try session.execute("COMMIT")
                return (transaction, PostgresError?.none)
            } catch let error as PostgresError {
                return (transaction, error)
            }
        }
        #expect(error?.isConnectionLost == true)
        #expect(await connection.isLost)
        let fate = try await other.perform { session in try session.status(ofTransaction: transaction) }
        #expect(fate == .inProgress)
    }

    @Test func `a connection that is ended while idle is lost`() async throws {
        let connection = try await sharedConnection()
        let other = try await sharedConnection()
        let pid = await connection.backendPID
        try await other.execute("SELECT pg_terminate_backend(\(Int(pid))::int, 600000)")

        let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }

        #expect(error?.isConnectionLost == true)
        #expect(error?.isUnreachable == true)
    }

    @Test func `a closed connection refuses`() async throws {
        let connection = try await sharedConnection()
        await connection.close()

        let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }

        #expect(error?.sqlState == "08003")
    }

    @Test(arguments: [
        "postgres://nobody@127.0.0.1:1/x", "host=/nowhere dbname=x", "postgres://u@no.such.host.invalid/x",
    ])
    func `a server that is not there is told, and never waited for without end`(_ address: String)
        async throws
    {
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.open(try PostgresSettings(address))
        }

        #expect(error?.sqlState == "08001")
        #expect(error?.isUnreachable == true)
        #expect(error?.hint != nil)
    }

    @Test func `a database that does not exist is told by its state`() async throws {
        let settings = try await PostgresCluster.shared().settings(database: "no such")

        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.open(settings) }

        #expect(error?.sqlState == "3D000")
        #expect(error?.message.contains("database \"no such\" does not exist") == true)
    }
}
