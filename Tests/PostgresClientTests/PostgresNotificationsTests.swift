import PostgresClient
import SuretyTestKit
import Testing

@Suite(.enabled(if: PostgresCluster.isAvailable))
struct PostgresNotificationsTests {
    @Test func `notifications arrive in order`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        let sender = try await PostgresConnection.open(settings)
        let notifications = try await PostgresNotifications(to: ["billing loaded", "other"], settings)

        try await sender.execute("SELECT pg_notify('billing loaded', '2026-11-19')")
        try await sender.execute("NOTIFY other")
        try await sender.execute("NOTIFY third")
        try await sender.execute("SELECT pg_notify('billing loaded', 'last')")
        var heard: [[String]] = []
        for try await notification in notifications {
            heard.append([notification.channel, notification.payload])
            if notification.payload == "last" { break }
        }

        #expect(heard == [["billing loaded", "2026-11-19"], ["other", ""], ["billing loaded", "last"]])
    }

    @Test func `a waiting listener hears what comes later and ends with its task`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        let sender = try await PostgresConnection.open(settings)
        let (heard, ear) = AsyncStream.makeStream(of: String.self)
        let listening = try await PostgresNotifications(to: ["a"], settings)
        let listener = Task {
            for try await notification in listening { ear.yield(notification.payload) }
            ear.finish()
        }

        try await sender.execute("NOTIFY a, 'one'")
        var payloads = heard.makeAsyncIterator()
        #expect(await payloads.next() == "one")
        try await sender.execute("NOTIFY a, 'two'")
        #expect(await payloads.next() == "two")
        listener.cancel()

        #expect(await payloads.next() == nil)
        try await listener.value
    }

    @Test func `a listener whose connection is lost says so`() async throws {
        let settings = try await PostgresCluster.shared().freshDatabase()
        let sender = try await PostgresConnection.open(settings)
        let notifications = try await PostgresNotifications(to: ["a"], settings)
        try await sender.execute(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)

        let error = await #expect(throws: PostgresError.self) {
            for try await _ in notifications {}
        }

        #expect(error?.isConnectionLost == true)
    }
}
