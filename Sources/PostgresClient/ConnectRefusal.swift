/// Reads why libpq could not connect: its verbose message is the only place where it tells the SQLSTATE.
struct ConnectRefusal {
    let error: PostgresError

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        let told = lines.filter {
            !$0.hasPrefix("LOCATION:") && !$0.hasPrefix("HINT:") && !$0.hasPrefix("DETAIL:")
        }
        var message = told.joined(separator: " ").trimmingWhitespace()
        var sqlState: String?
        // "… failed: FATAL:  28P01: password authentication failed …"
        if let match = message.firstMatch(of: #/[^ :]+:  ([0-9A-Z]{5}): /#) {
            sqlState = String(match.output.1)
            message.replaceSubrange(match.range, with: "")
        }
        let hint = lines.first { $0.hasPrefix("HINT:") }.map { String($0.dropFirst(5)).trimmingWhitespace() }
        error = PostgresError(
            sqlState: sqlState ?? "08001",
            message: message.isEmpty ? "PostgreSQL cannot be reached" : message,
            hint: Self.hint(message, sqlState) ?? hint, severity: "FATAL")
    }

    static func timedOut(_ host: String, after patience: Duration) -> PostgresError {
        PostgresError(
            sqlState: "08001",
            message: "connection to server at \"\(host)\" failed: no answer within "
                + "\(patience.components.seconds) s",
            hint: "Check the host, the port and the firewall.", severity: "FATAL")
    }

    private static func hint(_ message: String, _ sqlState: String?) -> String? {
        let message = message.lowercased()
        switch sqlState {
        case "28P01", "28000": return "Check the user and the password."
        case "3D000": return "Check the name of the database."
        case "57P03": return "The server is starting or stopping; it takes connections soon."
        case "53300":
            return "The server has no connection left; lower `connections` or raise max_connections."
        default: break
        }
        if message.contains("root certificate") || message.contains("certificate verify failed") {
            return "Servers that are not local must prove who they are (sslmode=verify-full): give their "
                + "authority as sslrootcert=FILE, or say sslmode=require to encrypt without proof."
        }
        if message.contains("does not support ssl") {
            return "Servers that are not local must speak TLS (sslmode=verify-full) unless the address says "
                + "otherwise: add sslmode=disable on a network that you trust."
        }
        if message.contains("does not match host name") {
            return "Use the name in the server's certificate as the host, or say sslmode=verify-ca."
        }
        if message.contains("could not translate host name") { return "Check the name of the host." }
        if message.contains("connection refused") || message.contains("no such file or directory") {
            return "Check that the server runs, and its host and port."
        }
        return nil
    }
}
