/// Where a database is, who connects, and what every session is set to.
///
/// Prints without its password.
public struct PostgresSettings: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The keywords of libpq that were given, and the defaults of `connectDefaults`.
    var parameters: [String: String]

    /// The longest that connecting may take, for each host.
    public var connectTimeout: Duration
    /// The longest that one statement may take; nil leaves it to the server.
    public var statementTimeout: Duration?
    /// The longest that a statement waits for a lock; nil leaves it to the server.
    public var lockTimeout: Duration?
    /// How long a transaction may sit idle before the server ends the connection; nil leaves it to the server.
    public var idleInTransactionTimeout: Duration? = .seconds(60)

    /// Reads `postgres://user:password@host:port/database?keyword=value` or `keyword=value …`, as libpq does.
    ///
    /// What is not said comes from libpq's environment (`PGHOST`, `PGPASSWORD`, `PGSSLMODE`, `~/.pgpass`…). Servers
    /// that are not local must prove who they are (`sslmode=verify-full`) unless the text or `PGSSLMODE` says less.
    ///
    /// - Throws: SQLSTATE 08001 with what is wrong, without quoting the text.
    public init(_ text: String) throws(PostgresError) {
        var given = try ConnectionText.parameters(of: text)
        let seconds = given.removeValue(forKey: "connect_timeout").flatMap { Int64($0) } ?? 10
        connectTimeout = .seconds(seconds > 0 ? seconds : 10)
        parameters = given
        for (keyword, value) in Self.connectDefaults where parameters[keyword] == nil {
            parameters[keyword] = value
        }
        parameters["client_encoding"] = "UTF8"
        requireProofIfRemote()
    }

    private static let connectDefaults = [
        "keepalives": "1", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
        "tcp_user_timeout": "20000",
    ]

    /// How the connection names itself in `pg_stat_activity`: ASCII, at most 63 characters; others become `?`.
    public var applicationName: String {
        get { parameters["application_name"] ?? "" }
        set {
            let ascii = newValue.unicodeScalars.map { (" "..."~").contains($0) ? Character($0) : "?" }
            parameters["application_name"] = String(ascii.prefix(63))
        }
    }

    /// The database; nil for the one named like the user.
    public var database: String? {
        get { parameters["dbname"] }
        set { parameters["dbname"] = newValue }
    }

    /// The role that connects; nil for what libpq finds.
    public var user: String? {
        get { parameters["user"] }
        set { parameters["user"] = newValue }
    }

    /// The password; nil for what libpq finds. Never printed.
    public var password: String? {
        get { parameters["password"] }
        set { parameters["password"] = newValue }
    }

    /// The host or hosts, a path for a Unix socket; nil for what libpq finds.
    public var host: String? { parameters["host"] ?? parameters["hostaddr"] }

    /// The port or ports; nil for what libpq finds.
    public var port: String? { parameters["port"] }

    /// How much TLS is asked for: libpq's `sslmode`; nil for what libpq does, which is local.
    public var tlsMode: String? { parameters["sslmode"] }

    /// The address without the password.
    public var description: String {
        let name = user.map { "\($0)@" } ?? ""
        let place = (host ?? "") + (port.map { ":\($0)" } ?? "")
        return "postgres://\(name)\(place)/\(database ?? "")"
    }

    /// Nothing but the description.
    public var customMirror: Mirror { Mirror(self, children: ["address": description]) }

    /// What libpq is given, in a stable order.
    var connectParameters: [(keyword: String, value: String)] {
        parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// An error without the password.
    func scrubbed(_ error: PostgresError) -> PostgresError {
        // A password that is a name as well, like `postgres`, would only make the message unreadable.
        guard let password, !password.isEmpty, ![user, database, host].contains(password) else {
            return error
        }
        var error = error
        error.message = error.message.replacing(password, with: "***")
        error.detail = error.detail?.replacing(password, with: "***")
        error.hint = error.hint?.replacing(password, with: "***")
        return error
    }
}
