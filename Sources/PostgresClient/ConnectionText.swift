import CLibPQ

/// Reads connection texts as libpq does.
enum ConnectionText {
    /// The keywords of a URL or of `keyword=value …`.
    static func parameters(of text: String) throws(PostgresError) -> [String: String] {
        var reason: UnsafeMutablePointer<CChar>?
        defer { PQfreemem(reason) }
        guard !text.holdsNUL, let options = PQconninfoParse(text, &reason) else {
            let told = reason.map { String(cString: $0) }?.trimmingWhitespace() ?? "it holds a NUL character"
            throw PostgresError(
                sqlState: "08001",
                message: "the address of the database cannot be read: \(withoutQuotes(told))",
                hint: "Write postgres://user@host:5432/database; special characters as %XX.")
        }
        defer { PQconninfoFree(options) }
        let values = values(of: options)
        for port in (values["port"] ?? "").split(separator: ",") where UInt16(port).map({ $0 > 0 }) != true {
            throw PostgresError(
                sqlState: "08001",
                message: "the address of the database cannot be read: its port is no number",
                hint: "A port is a number from 1 to 65535.")
        }
        return values
    }

    /// What libpq takes from its environment and its own defaults.
    static func defaults() -> [String: String] {
        guard let options = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(options) }
        return values(of: options)
    }

    private static func values(of options: UnsafeMutablePointer<PQconninfoOption>) -> [String: String] {
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return values
    }

    /// A reason without what it quotes, which can be a part of the password.
    private static func withoutQuotes(_ reason: String) -> String {
        if reason.contains("URI query parameter") { return reason }
        return reason.replacing(/"[^"]*"?/, with: "\"…\"")
    }
}
