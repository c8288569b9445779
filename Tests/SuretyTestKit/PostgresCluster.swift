import Foundation
public import PostgresClient
import Synchronization

/// A throw-away PostgreSQL server in a temporary folder, with `fsync` off, reached by a Unix socket or by TCP.
///
/// It goes away when nobody holds it any more, and with the process, however that ends: its keeper reads from a pipe
/// that this process holds open, and removes the server when the pipe breaks.
public final class PostgresCluster: Sendable {
    /// What a cluster is like.
    public struct Options: Sendable {
        /// Whether it listens on a free port of 127.0.0.1 besides its Unix socket.
        public var listensOnTCP = false
        /// The password that TCP connections need, by SCRAM; nil trusts everybody.
        public var password: String?
        /// Whether TCP connections must speak TLS, with a self-signed certificate for `localhost`.
        public var requiresTLS = false
        /// Further lines for `postgresql.conf`.
        public var configuration: [String] = []

        /// A cluster that trusts everybody and is reached by its Unix socket only.
        public init() {}
    }

    private let home: String
    private let port: Int
    private let keeper: PostgresClusterKeeper
    private let databases = Atomic<Int>(0)

    private init(home: String, port: Int) throws {
        self.home = home
        self.port = port
        keeper = try PostgresClusterKeeper(home: home)
    }

    /// Makes a cluster and returns once it takes connections.
    public static func start(_ options: Options = Options()) async throws -> PostgresCluster {
        let port = options.listensOnTCP ? try PostgresClusterTools.freePort() : 5432
        let home = try await PostgresClusterTools.run(PostgresClusterScripts.makeHome, [])
        let cluster = try PostgresCluster(home: home, port: port)
        let kind = options.requiresTLS ? "hostssl" : "host"
        _ = try await PostgresClusterTools.run(
            PostgresClusterScripts.prepare,
            [home, configuration(options, port: port), options.password ?? "", kind])
        try await cluster.start()
        return cluster
    }

    /// The cluster that the tests of this process share, started when it is first asked for.
    public static func shared() async throws -> PostgresCluster {
        try await SharedCluster.instance.cluster()
    }

    /// Whether tests that need a server can run. Without one they are skipped, and the reason printed; where `CI`
    /// is set they run and fail.
    public static let isAvailable: Bool = {
        if PostgresClusterTools.binaries != nil { return true }
        print("Tests on PostgreSQL are skipped: no server under /usr/lib/postgresql. Run .ci/setup.")
        return ProcessInfo.processInfo.environment["CI"] != nil
    }()

    // MARK: Databases

    /// Makes an empty database that nobody else has.
    public func freshDatabase() async throws -> PostgresSettings {
        try PostgresSettings(try await freshAddress())
    }

    /// Makes an empty database that nobody else has, and returns its URL.
    public func freshAddress() async throws -> String { address(database: try await freshName()) }

    /// Makes an empty database that nobody else has, and returns its URL and the options by which `postgres_fdw` on
    /// another cluster reaches it.
    public func freshForeignDatabase() async throws -> (address: String, options: String) {
        let name = try await freshName()
        return (address(database: name), "host '\(home)', port '\(port)', dbname '\(name)'")
    }

    private func freshName() async throws -> String {
        let number = databases.add(1, ordering: .relaxed).newValue
        let name = "test_\(number)"
        let connection = try await PostgresConnection.open(try settings())
        try await connection.execute("CREATE DATABASE \(identifier: name)")
        await connection.close()
        return name
    }

    /// The URL of a database by the Unix socket, as the superuser `postgres`.
    public func address(database: String = "postgres") -> String {
        // A busy machine may need long to begin a session; the client's own patience is ten seconds.
        "postgres:///\(database)?host=\(home)&port=\(port)&user=postgres&connect_timeout=300"
    }

    /// A database by the Unix socket, as the superuser `postgres`.
    public func settings(database: String = "postgres") throws -> PostgresSettings {
        try PostgresSettings(address(database: database))
    }

    /// The URL of a database by TCP, as the superuser `postgres`, without a password.
    public func tcpAddress(host: String = "127.0.0.1", database: String = "postgres") -> String {
        "postgres://postgres@\(host):\(port)/\(database)"
    }

    /// The certificate that the server proves itself with, which is its own authority.
    public var certificate: String { "\(home)/data/server.crt" }

    // MARK: Life

    /// How a server is told to stop.
    public enum Stop: String, Sendable {
        /// Ends all sessions in order.
        case fast
        /// Drops everything, as in a crash.
        case immediate
    }

    /// Stops the server; its data stays until `start`, or until the cluster is let go.
    public func stop(_ mode: Stop = .fast) async throws {
        _ = try await PostgresClusterTools.run(PostgresClusterScripts.stop, [home, mode.rawValue])
    }

    /// Starts the server again.
    public func start() async throws {
        _ = try await PostgresClusterTools.run(PostgresClusterScripts.start, [home])
    }

    /// Stops the server and starts it again.
    public func restart(_ mode: Stop = .fast) async throws {
        try await stop(mode)
        try await start()
    }

    private static func configuration(_ options: Options, port: Int) -> String {
        var lines = [
            "port = \(port)", "listen_addresses = '\(options.listensOnTCP ? "127.0.0.1" : "")'",
            "fsync = off", "full_page_writes = off", "max_connections = 800", "shared_buffers = 64MB",
            "max_wal_size = 256MB", "lc_messages = 'C'", "log_statement = none", "timezone = 'UTC'",
            // Its workers would only hold locks, and template1, at times of their own.
            "autovacuum = off",
        ]
        if options.requiresTLS { lines.append("ssl = on") }
        return (lines + options.configuration).joined(separator: "\n")
    }
}

/// The cluster that the tests of one process share.
private actor SharedCluster {
    static let instance = SharedCluster()

    private var starting: Task<PostgresCluster, any Error>?

    func cluster() async throws -> PostgresCluster {
        if let starting { return try await starting.value }
        // Owned by this actor; ends when the server takes connections.
        let task = Task { try await PostgresCluster.start() }
        starting = task
        return try await task.value
    }
}
