import Foundation

extension PostgresSettings {
    /// Sets `sslmode=verify-full` for servers elsewhere, and lets the system's authorities vouch for them where no
    /// others are named.
    mutating func requireProofIfRemote() {
        let defaults = ConnectionText.defaults()
        // A service file can name host and mode alike; libpq reads it later.
        if parameters["service"] == nil, defaults["service"] == nil, parameters["sslmode"] == nil,
            ProcessInfo.processInfo.environment["PGSSLMODE"] == nil,
            !Self.isLocal(host ?? defaults["host"] ?? defaults["hostaddr"] ?? "")
        {
            parameters["sslmode"] = "verify-full"
        }
        if parameters["sslmode"] == "verify-full", parameters["sslrootcert"] == nil,
            defaults["sslrootcert"] == nil
        {
            parameters["sslrootcert"] = Self.systemAuthorities()
        }
    }

    /// Whether all hosts of a list are this machine: Unix sockets, `localhost`, loopback addresses.
    static func isLocal(_ hosts: String) -> Bool {
        hosts.split(separator: ",").allSatisfy { host in
            let host = host.lowercased()
            return host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
                || host.wholeMatch(of: /127\.\d+\.\d+\.\d+/) != nil
        }
    }

    /// The system's authorities, nil where the person has a file of their own or the system has none.
    private static func systemAuthorities() -> String? {
        let own = NSHomeDirectory() + "/.postgresql/root.crt"
        let files = FileManager.default
        guard !files.fileExists(atPath: own) else { return nil }
        return [
            "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
        ].first(where: files.fileExists(atPath:))
    }
}
