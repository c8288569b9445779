import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresAuthenticationTests {
    @Test func `passwords and certificates are checked`() async throws {
        var options = PostgresCluster.Options()
        options.listensOnTCP = true
        options.password = "correct horse"
        options.requiresTLS = true
        let cluster = try await PostgresCluster.start(options)
        let (local, byNumber) = (Self.patient(cluster, "localhost"), Self.patient(cluster, "127.0.0.1"))

        // The right password, with and without proof of the server.
        for query in ["sslmode=require", "sslmode=verify-full&sslrootcert=\(cluster.certificate)"] {
            var settings = try PostgresSettings("\(local)&\(query)")
            settings.password = "correct horse"
            let connection = try await PostgresConnection.open(settings)
            let rows = try await connection.query(
                "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            #expect(rows.texts == [["t"]])
        }

        // A wrong one.
        var settings = try PostgresSettings("\(local)&sslmode=require")
        settings.password = "battery staple"
        let refused = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.open(settings)
        }
        #expect(refused?.sqlState == "28P01")
        #expect(refused?.isRetryable == false)
        #expect(refused?.message.contains("password authentication failed for user \"postgres\"") == true)
        #expect(refused?.description.contains("battery") == false)

        // A pool does not try it again.
        let pool = PostgresPool(settings, clock: NoWaiting())
        let again = await #expect(throws: PostgresError.self) { try await pool.perform { _ in } }
        #expect(again?.sqlState == "28P01")

        // No TLS where it is needed, no proof where it is asked for, a name that is not in the certificate.
        for (address, hint) in [
            ("\(local)&sslmode=disable", "password"), ("\(local)&sslmode=verify-full", "sslrootcert"),
            ("\(byNumber)&sslmode=verify-full&sslrootcert=\(cluster.certificate)", "verify-ca"),
        ] {
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresConnection.open(try PostgresSettings(address))
            }
            #expect(error?.hint?.contains(hint) == true, "\(address): \(String(describing: error))")
        }
    }

    /// The URL by a name of this machine, with time for a session to begin on a busy one.
    private static func patient(_ cluster: PostgresCluster, _ host: String) -> String {
        cluster.tcpAddress(host: host) + "?connect_timeout=300"
    }
}

/// A clock on which nobody may wait; the pool takes that for a cancellation.
private struct NoWaiting: Clock {
    struct Waited: Error {}

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws { throw Waited() }
}
