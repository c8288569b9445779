import Engine
import Foundation
import SuretyCore

/// Where mail is sent through, as far as messages may tell.
struct MailPlace {
    /// The host, without brackets.
    let host: String
    /// The port.
    let port: Int
    /// Whether the connection is encrypted from its first byte.
    let isEncryptedAtOnce: Bool
    /// The server, for people: `smtp://localhost:25`.
    let shown: String
    /// Texts that no message tells.
    let hidden: [String]

    /// Reads the address of a server; throws `refused` if it is not `smtp` or `smtps` with a host, or if secrets lack.
    init(_ server: MailServer) throws(PortFailure) {
        let isSecret = server.server.isSecret
        func refused(_ what: String, _ hint: String = "") -> PortFailure {
            PortFailure(.refused, "no mail can be sent: \(what)", hint: hint)
        }
        for (name, secret) in [
            ("server", server.server), ("user", server.user), ("password", server.password),
        ] {
            guard let unset = secret?.unset, !unset.isEmpty else { continue }
            throw refused("`\(name)` needs \(unset.joined(separator: ", ")), not set in the environment")
        }
        guard (server.user == nil) == (server.password == nil) else {
            throw refused("a `user` needs a `password`, and a `password` a `user`")
        }
        let form = "Write `smtp://HOST:25` or `smtps://HOST:465`."
        guard let url = URL(string: server.server.reveal()), let host = url.host, !host.isEmpty,
            let scheme = url.scheme?.lowercased(), ["smtp", "smtps"].contains(scheme),
            ["", "/"].contains(url.path), url.query == nil, url.fragment == nil
        else { throw refused("its `server` is no address of a mail server", form) }
        guard url.user == nil, url.password == nil else {
            throw refused("its `server` holds a user", "Write `user` and `password` beside it.")
        }
        isEncryptedAtOnce = scheme == "smtps"
        port = url.port ?? (isEncryptedAtOnce ? 465 : 25)
        guard (1...65_535).contains(port) else { throw refused("its `server` has no port of a server", form) }
        guard !(isEncryptedAtOnce && server.tls == .off) else {
            throw refused("`tls: off` contradicts smtps", "Write `smtp://`, or leave `tls` out.")
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        shown =
            isSecret
            ? "***" : "\(scheme)://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)"
        hidden = Self.traces(of: server)
    }

    /// What a server might quote of a user's secrets, as they are and as they are sent.
    private static func traces(of server: MailServer) -> [String] {
        let user = server.user?.reveal() ?? ""
        let password = server.password?.reveal() ?? ""
        let secrets = [SMTPSecret.plain(user, password), SMTPSecret.encoded(password), password]
        let names = server.user?.isSecret == true ? [SMTPSecret.encoded(user), user] : []
        return server.user == nil ? [] : secrets + names
    }
}
