/// A host and a port as they stand in a `Host` header or an address: `127.0.0.1:7433`, `localhost`, `[::1]:7433`.
struct Authority: Hashable {
    /// The host, lower case, without brackets.
    let host: String
    /// The port; nil where none is written.
    let port: Int?

    /// Reads one; nil if it is none.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text.lowercased())
        let host: Substring
        if rest.first == "[" {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<end]
            guard host.contains(":") else { return nil }
            rest = rest[rest.index(after: end)...]
        } else {
            host = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(host.count)
        }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        guard rest.first == ":" else {
            guard rest.isEmpty else { return nil }
            self.port = nil
            return
        }
        let digits = rest.dropFirst()
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = Int(digits), port <= 65_535
        else { return nil }
        self.port = port
    }

    /// Whether it names this machine and no other: `localhost`, `::1`, `127.0.0.0/8` in full.
    var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (48...57).contains($0) }
                && UInt8(part) != nil
        }
    }
}
